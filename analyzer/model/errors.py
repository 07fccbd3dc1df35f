"""The one exception that users see."""

from __future__ import annotations


class AnalyzerError(Exception):
    """The request, the configuration or the registry is wrong; the command ends with exit code 2.

    The message is one line that says where, what is wrong and what to do.
    """
