"""People's Markdown documents, as the commands that keep them up to date read them."""

from __future__ import annotations

from pathlib import Path

from analyzer.model.errors import AnalyzerError


def read_document(document: Path, *, option: str) -> str:
    """The text of a document, with the ends of its lines as they are.

    Raises:
        AnalyzerError: it cannot be read; the message names the option that the user gave.
    """
    try:
        return document.read_bytes().decode("utf-8")
    except OSError as error:
        raise AnalyzerError(
            f"{document}: cannot be read: {error.strerror}; check {option}"
        ) from error
    except UnicodeDecodeError as error:
        raise AnalyzerError(f"{document}: is no UTF-8 text; save it as such") from error
