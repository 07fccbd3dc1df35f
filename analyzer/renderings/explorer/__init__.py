"""The explorer: one HTML page that holds its data, its program and its libraries."""
