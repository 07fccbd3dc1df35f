"""Searches the registry by id, type or product."""

import sys
from pathlib import Path


def find(word: str) -> list:
    """Records in which the word occurs."""
    return sorted(p.name for p in Path("docs").rglob("*.yaml") if word in p.read_text())


if __name__ == "__main__":
    print(find(sys.argv[1]))
