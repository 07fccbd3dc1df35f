"""Events; where they go is chosen at run time."""

from .publisher import BasePublisher, LoggingPublisher, get_publisher

__all__ = ["BasePublisher", "LoggingPublisher", "get_publisher"]
