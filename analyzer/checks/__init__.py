"""One finding code a file."""
