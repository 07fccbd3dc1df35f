"""Where `review` does not yet say what its case says, and what is wrong.

Each of these tests has to fail: the line goes with the mend, or the suite says so.
"""

from __future__ import annotations

_NOT_READ = "what cannot be seen in a file that cannot be read is said to be mended or removed"
_ADDED = "of the modules that a change adds only those that are new files in git give errors"
_NOT_ADDED = "a submodule without a work tree is said to count as added, which is not so"
_ELSEWHERE = "an artifact's debt in another file is new and mended, not the same"

FAULTS = {
    "broken_file": _NOT_READ,
    "conflict_in_progress": _NOT_READ,
    "module_renamed_without_its_record": _ADDED,
    "symbolic_link_replaced_by_a_file": _ADDED,
    "unregistered_module_moved_into_scope": _ADDED,
    "records_put_into_one_file": _ELSEWHERE,
    "two_files_swap_names": _ELSEWHERE,
    "old_cycle_grows": "a cycle that one more artifact is drawn into is said to be mended",
    "old_cycle_shrinks": "what is left of a cycle is a new finding",
    "renames_where_git_is_set_up_in_its_own_way": "diff.renameLimit decides what is a rename",
    "submodule_not_checked_out": _NOT_ADDED,
    "submodule_removed": _NOT_ADDED,
}
"""Name of a case -> what is wrong."""
