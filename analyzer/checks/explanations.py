"""What a rule's findings mean, in the words of its check's own docstring."""

from __future__ import annotations

import ast
import importlib.resources

from analyzer.model.rules import Rule

SECTIONS = ("What it does", "Why it matters", "Example", "How to mend")
"""The headings that each explanation has, in this order; `Options` follows where there are any."""


def load_explanation(rule: Rule) -> str:
    """The explanation of a rule as Markdown: its sections, without the first line.

    Read from the source: the check is not loaded for it, and `python -OO` has no docstrings.
    """
    return load_docstring(rule).partition("\n")[2].strip() + "\n"


def load_docstring(rule: Rule) -> str:
    """The docstring of a rule's check, from `CODE name: summary.` to the end."""
    file = importlib.resources.files("analyzer.checks") / f"{rule.module}.py"
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
