"""The other prediction plane; not the service of a similar name."""
