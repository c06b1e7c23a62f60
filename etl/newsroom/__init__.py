"""Fictional sources, events, texts and their truth, and the server that publishes them."""
