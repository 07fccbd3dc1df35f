"""Keeps secrets out of places where they should not be."""

from .sanitize import sanitize, sanitize_error_message, sanitize_for_embedding

__all__ = ["sanitize", "sanitize_error_message", "sanitize_for_embedding"]
