"""Whom a change concerns: who has to approve, and who has to know."""

from __future__ import annotations

from pathlib import Path

from analyzer.model.names import ProjectPath
from analyzer.model.notification import Notified
from analyzer.model.owners import Owners
from analyzer.questions.impact import find_impact
from analyzer.questions.references import Reference
from tests.functional.running import analyse_tree, record


def part(name: str, owner: str, level: str) -> dict[str, str]:
    text = record(f"T-SVC-{name.upper()}-001", f"{name}.py", owner=owner, authority_level=level)
    return {f"registry/{name}.yaml": text}


def shown(people: tuple[Notified, ...]) -> list[str]:
    return [
        f"{one.owner} {' '.join(one.handles)}: "
        + ", ".join(f"{found.artifact[6:-4]} {found.distance}" for found in one.artifacts)
        for one in people
    ]


FILES = {
    "core.py": "",
    "acts.py": "import core\n",
    "reads.py": "import core\n",
    "far.py": "import acts\n",
    "orphan.py": "import reads\n",
    "CODEOWNERS": "* @acme/all\n/acts.py @acme/bank\n/orphan.py @acme/left @zed\n",
    **part("core", "core", "observe"),
    **part("acts", "bank", "enforce"),
    **part("reads", "bank", "observe"),
    **part("far", "desk", "mutate"),
    **part("orphan", '""', "mutate"),
}


def test_who_acts_and_is_reached_directly_has_to_approve(tmp_path: Path) -> None:
    system = analyse_tree(tmp_path, FILES)
    reference = Reference("core.py", None, (ProjectPath("core.py"),))
    plan = find_impact(system, [reference]).plan
    # What else the bank owns is no news to it; the far one acts, but behind another artifact.
    assert shown(plan.approve) == ["bank @acme/bank: ACTS 1"]
    assert shown(plan.inform) == [
        "core : CORE 0",
        "desk : FAR 2",
        # Nobody is named by the record: those whom the forge would ask.
        "None @acme/left @zed: ORPHAN 2",
    ]


def test_what_the_change_touches_counts_as_reached(tmp_path: Path) -> None:
    system = analyse_tree(tmp_path, FILES)
    references = [
        Reference(path, None, (ProjectPath(path),)) for path in ("acts.py", "orphan.py", "reads.py")
    ]
    owners = Owners({"desk": ("@d",), "bank": ("@acme/money", "@x")}, system.codeowners)
    plan = find_impact(system, references, owners=owners).plan
    assert shown(plan.approve) == [
        "bank @acme/money @x: ACTS 0",
        "desk @d: FAR 1",
        "None @acme/left @zed: ORPHAN 0",
    ]
    assert shown(plan.inform) == []
