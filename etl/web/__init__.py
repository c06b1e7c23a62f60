"""All that talks to the internet."""
