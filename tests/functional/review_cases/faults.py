"""Where `review` does not yet say what its case says, and what is wrong.

Each of these tests has to fail: the line goes with the mend, or the suite says so.
"""

from __future__ import annotations

FAULTS: dict[str, str] = {}
"""Name of a case -> what is wrong."""
