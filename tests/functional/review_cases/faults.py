"""Where `review` does not yet say what its case says, and what is wrong.

Each of these tests has to fail: the line goes with the mend, or the suite says so.
"""

from __future__ import annotations

FAULTS = {
    "submodule_removed": "the files of a submodule that is gone are not said to be removed",
}
"""Name of a case -> what is wrong."""
