"""Layout and wiring of one address each."""
