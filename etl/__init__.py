"""From feeds to the published dataset."""
