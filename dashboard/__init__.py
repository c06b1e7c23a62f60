"""From the published dataset to the screen."""
