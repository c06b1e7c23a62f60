"""The only code that talks to the internet."""
