"""What web applications answer to: one file for each framework."""
