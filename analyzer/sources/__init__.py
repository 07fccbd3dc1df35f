"""What the code says: one file a source of facts."""
