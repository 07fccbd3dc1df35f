"""Which artifact each file belongs to."""

from __future__ import annotations

import pytest

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Origin, Record
from analyzer.registry.claims import assign_files
from analyzer.registry.places import PlaceFinder

FILES = [
    ProjectPath(path)
    for path in ("app/api/a.py", "app/api/b.py", "app/main.py", "docs/a.md", "lib/a.py")
]


def _record(id_: str, *paths: str, name: str | None = None, notes: str = "") -> Record:
    return Record(
        id=ArtifactId(id_),
        origin=Origin(ProjectPath(f"{id_}.yaml"), 1),
        name=name,
        owner="ops",
        paths=paths,
        notes=notes,
        lines={"artifact_id": 1, "name": 2, "path": 3, "notes": 4},
    )


def _assign(*records: Record) -> tuple[dict[ProjectPath, ArtifactId], list[str]]:
    finder = PlaceFinder(FILES, is_test=lambda _: False)
    placed = [(record, finder.find_place(record)) for record in records]
    owners, deviations = assign_files(placed, files=FILES)
    messages = [f"{one.code} {one.origin}: {one.message}" for one in deviations]
    return owners, messages


def test_the_nearest_claim_to_a_file_wins() -> None:
    owners, messages = _assign(
        _record("A", "."),
        _record("B", "app"),
        _record("C", "app/**/*.py"),
        _record("D", "app/api/*.py"),
        _record("E", "app/api/a.py"),
    )
    assert owners == {
        "app/api/a.py": "E",
        "app/api/b.py": "D",
        "app/main.py": "C",
        "docs/a.md": "A",
        "lib/a.py": "A",
    }
    assert messages == [
        "REG004 B.yaml:3: each file of its place belongs to a record that is more specific: C, D, E"
    ]


def test_a_deeper_folder_wins_over_a_glob() -> None:
    owners, messages = _assign(_record("A", "**/*.py"), _record("B", "app/api"))
    assert owners[ProjectPath("app/api/a.py")] == "B"
    assert owners[ProjectPath("app/main.py")] == "A"
    assert messages == []


def test_a_record_whose_files_all_went_to_others_is_reported() -> None:
    owners, messages = _assign(
        _record("A", "app/api/*.py"),
        _record("B", "app/main.py"),
        _record("C", "app"),
        _record("D", "lib"),
    )
    assert set(owners.values()) == {"A", "B", "D"}
    message = "each file of its place belongs to a record that is more specific: A, B"
    assert messages == [f"REG004 C.yaml:3: {message}"]


def test_who_took_the_files_is_not_what_the_finding_is_known_by() -> None:
    """Else each further record would make a new finding of an old one."""
    records = [_record("Z", "."), *(_record(f"A{one}", path) for one, path in enumerate(FILES))]
    finder = PlaceFinder(FILES, is_test=lambda _: False)
    _, deviations = assign_files([(one, finder.find_place(one)) for one in records], files=FILES)
    assert [(one.artifact, one.subject) for one in deviations] == [("Z", "taken")]


def test_the_deeper_folder_wins() -> None:
    owners, messages = _assign(_record("A", "app"), _record("B", "app/api"))
    assert owners == {"app/api/a.py": "B", "app/api/b.py": "B", "app/main.py": "A"}
    assert messages == []


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("app/main.py", "app/main.py"),
        ("app/api", "app/api"),
        ("app/api/*.py", "app/api/a.py (and 1 more of its places)"),
    ],
)
def test_of_two_equal_claims_the_first_id_wins_and_the_other_is_reported(
    entry: str, what: str
) -> None:
    owners, messages = _assign(_record("B", entry), _record("A", entry))
    assert set(owners.values()) == {"A"}
    assert messages == [f"REG004 B.yaml:3: {what} is also the place of A (A.yaml:1)"]


def test_what_another_record_has_was_not_moved() -> None:
    gone, other = _record("A", "old/a.py", name="a.py"), _record("B", "app/api/a.py")
    _, messages = _assign(gone, other, _record("C", "lib/a.py"))
    assert messages == ['REG003 A.yaml:3: no file at "old/a.py"']
    _, messages = _assign(gone, other)
    assert messages == [
        'REG003 A.yaml:3: no file at "old/a.py"; a file of that name stands at lib/a.py'
    ]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            _record("A", "old/main.py", name="main.py"),
            'REG003 A.yaml:3: no file at "old/main.py"; a file of that name stands at app/main.py',
        ),
        (
            _record("A", "app/main.py", "gone.py"),
            'REG003 A.yaml:3: no file at "gone.py"',
        ),
        (
            _record("A", name="x.py", notes="Location: gone/x.py"),
            'REG003 A.yaml:4: no file at "gone/x.py", where its notes say',
        ),
        (_record("A", name="x.py", notes="Why?"), 'REG003 A.yaml:2: no file is called "x.py"'),
        (
            _record("A", name="Main.py"),
            'REG003 A.yaml:2: no file is called "Main.py"; of a similar name there is app/main.py',
        ),
        (
            _record("A", name="a.py"),
            (
                'REG004 A.yaml:2: 2 files are called "a.py"; say which in its path: '
                "app/api/a.py, lib/a.py"
            ),
        ),
    ],
)
def test_a_record_without_a_place_is_reported_where_it_speaks_of_it(
    record: Record, expected: str
) -> None:
    assert _assign(record)[1] == [expected]


def test_subjects_stay_when_lines_move() -> None:
    finder = PlaceFinder(FILES, is_test=lambda _: False)
    records = [
        _record("A", "gone.py"),
        _record("B", name="a.py"),
        _record("C", "lib"),
        _record("D", "lib"),
    ]
    _, deviations = assign_files([(one, finder.find_place(one)) for one in records], files=FILES)
    assert [(one.artifact, one.owner, one.subject) for one in deviations] == [
        ("A", "ops", "missing:gone.py"),
        ("B", "ops", "ambiguous:a.py"),
        ("D", "ops", "shared:C"),
    ]
