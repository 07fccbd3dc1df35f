"""Laws of the registry: nothing in a file raises, and no file spoils another."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Origin, Record, Registry, Resolution
from analyzer.registry.claims import assign_files
from analyzer.registry.conventions import find_convention_deviations
from analyzer.registry.loading import load_registry
from analyzer.registry.places import PlaceFinder

GOOD = """\
artifact_id: SHOP-BE-SVC-BIL-001
name: billing.py
type: service
status: active
owner: payments
purpose: Makes bills
authority_level: mutate
execution_surface: server
"""
BACKLOG = "## Wave 2\n\n| File | ID |\n|---|---|\n| `jobs.py` | SHOP-BE-SVC-JOB-001 |\n"

_yaml_pieces = st.sampled_from(
    [
        "artifact_id", "name", "type", "owner", "wave", "path", "traceability", "artifact_schema",
        "enum", ": ", ":", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "&a ", "*a",
        "<<: ", "|\n ", ">\n ", "'", '"', "\\", "#", "---\n", "...\n", "? ", "!!int ", "~", "null",
        "no", "010", "X-1-001", "%YAML 1.1\n", "\t", "\x00", "\x85", "\ufeff", "\U0001f600",
    ]
)  # fmt: skip
_markdown_pieces = st.sampled_from(
    [
        "## Wave 2: A (DONE)\n", "## Wave 3\n", "### Naming Convention\n", "### Not Registered\n",
        "| File | ID |\n|---|---|\n", "| Category | Count |\n|---|---|\n", "| `a.py` | X-1 |\n",
        "| Wave | Registered | Total |\n|---|---|---|\n", "| Wave 2 | 3 | 4 |\n", "| a \\| b |\n",
        "```\n", "A-<LAYER>-<SEQ>\n", "- BE: x\n", "Layers:\n", "**Registered:** 9\n", "\n", "> ",
        "<br>", "*", "`", "|", "[", "](", "\r\n", "\x00", "\ufeff", "    ",
    ]
)  # fmt: skip
_contents = st.one_of(
    st.binary(max_size=200),
    st.lists(_yaml_pieces, max_size=40).map(lambda pieces: "".join(pieces).encode()),
    st.lists(_markdown_pieces, max_size=30).map(lambda pieces: "".join(pieces).encode()),
)


def _load(files: dict[str, bytes], *, order: int = 1) -> Registry:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name, content in files.items():
            (project / name).write_bytes(content)
        locations = [project / name for name in sorted(files)][::order]
        return load_registry(locations=locations, project=project)


@settings(max_examples=150)
@given(content=_contents, name=st.sampled_from(["m.yaml", "m.md"]))
def test_no_content_raises_nor_hides_another_file(content: bytes, name: str) -> None:
    others = {"a.yaml": GOOD.encode(), "b.md": BACKLOG.encode()}
    expected = _load(others).records
    registry = _load({**others, name: content})
    found = {record.id: record for record in registry.records}
    for record in expected:
        loaded = found[record.id]
        assert (loaded.id, loaded.origin, loaded.name, loaded.type) == (
            record.id,
            record.origin,
            record.name,
            record.type,
        )
    assert [record.id for record in registry.records] == sorted(found)
    assert all(one.message and one.origin.path in {*others, name} for one in registry.deviations)
    list(find_convention_deviations(registry))


@settings(max_examples=50)
@given(contents=st.lists(_contents, max_size=3))
def test_the_order_of_files_does_not_matter(contents: list[bytes]) -> None:
    files = {"a.yaml": GOOD.encode(), "b.md": BACKLOG.encode(), "c.yaml": GOOD.encode()}
    files |= {f"m{number}.yaml": content for number, content in enumerate(contents)}
    assert _load(files) == _load(files, order=-1)


_parts = st.sampled_from(["a", "b", "api", "tests"])
_files = st.builds(
    lambda folders, name: ProjectPath("/".join([*folders, name])),
    st.lists(_parts, max_size=3),
    st.sampled_from(["x.py", "y.py", "test_x.py", "[x].py"]),
)
_entries = st.lists(
    st.one_of(_parts, st.sampled_from(["*", "**", "?", "x.py", "*.py", "[xy].py", "[", ".", ".."])),
    min_size=1,
    max_size=4,
).map("/".join)
_records = st.builds(
    lambda number, name, entries, notes, type_: Record(
        id=ArtifactId(f"A-{number:03}"),
        origin=Origin(ProjectPath("r.yaml"), number),
        name=name,
        type=type_,
        paths=tuple(entries),
        notes=notes,
    ),
    st.integers(1, 20),
    st.one_of(st.none(), st.text(max_size=8), _entries),
    st.lists(_entries, max_size=2),
    st.one_of(st.just(""), st.text(max_size=20), _entries.map("Location: {}".format)),
    st.sampled_from([None, "api-route", "test"]),
)


@settings(max_examples=150)
@given(
    files=st.sets(_files, max_size=12),
    records=st.lists(_records, max_size=8, unique_by=lambda record: record.id),
)
def test_each_file_belongs_to_one_record_that_has_a_place(
    files: set[ProjectPath], records: list[Record]
) -> None:
    listing = sorted(files)
    finder = PlaceFinder(listing, is_test=lambda path: "test" in path)
    placed = [(record, finder.find_place(record)) for record in records]
    owners, deviations = assign_files(placed, files=listing)
    assert (owners, deviations) == assign_files(placed[::-1], files=listing)
    folders = {path[:end] for path in listing for end, one in enumerate(path) if one == "/"}
    places = {record.id: place for record, place in placed}
    for path, owner in owners.items():
        assert path in files
        assert any(
            place in (path, ".") or path.startswith(f"{place}/") for place in places[owner].paths
        )
    for record, place in placed:
        is_lost = place.resolution in (Resolution.MISSING, Resolution.AMBIGUOUS)
        assert is_lost == (not place.paths)
        assert set(place.paths) <= {*files, *folders, "."}
        if is_lost:
            assert [one.code for one in deviations if one.artifact == record.id]
