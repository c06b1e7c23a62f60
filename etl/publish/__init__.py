"""Build a publication from the store: rows, word index, questions; check it, and switch to it."""
