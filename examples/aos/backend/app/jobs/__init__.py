"""Jobs that a timer starts."""
