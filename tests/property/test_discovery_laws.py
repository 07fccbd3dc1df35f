"""Laws of new records: ids, and what is left to find once they are written."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.checks import run_checks
from analyzer.graph.system import System
from analyzer.model.configuration import Config
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import NamingConvention, Origin, Record, Registry
from analyzer.pipeline import analyse
from analyzer.questions.discovery.proposing import Sources, find_proposals
from analyzer.questions.orphans import find_orphans
from analyzer.registry.adding import NewRecord, Target, add_records
from analyzer.registry.conventions import USUAL_LAYERS, find_convention_deviations
from analyzer.registry.naming import Naming
from analyzer.registry.vocabulary import DEFAULT_VOCABULARY
from analyzer.sources.conduct import read_conducts
from tests.functional.running import record
from tests.support import write_tree

_ORIGIN = Origin(ProjectPath("registry/records.yaml"), 1)
_TYPES = DEFAULT_VOCABULARY.allowed["type"]
_paths = st.builds(
    lambda folder, stem, suffix: ProjectPath(f"{folder}/{stem}{suffix}"),
    st.sampled_from(["shop/api", "shop/services", "scripts", "Ünïcode", "a/b/c"]),
    st.text("abcdeéxyz_-.0123 ", min_size=1, max_size=12).filter(lambda one: one.strip(". ")),
    st.sampled_from([".py", ".sh", ""]),
)
_wanted = st.lists(st.tuples(st.sampled_from(_TYPES), _paths), max_size=20)
_ids = st.from_regex(r"\A(SHOP|OLD)-(BE|OP|LIB)(-(API|SVC|OPS|BLL))?-[A-Z]{3}-00[0-9]\Z")
_known = st.dictionaries(_ids, st.tuples(st.sampled_from(_TYPES), _paths), max_size=8)
_conventions = st.sampled_from(
    [
        (),
        (
            NamingConvention(
                _ORIGIN, "SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>", USUAL_LAYERS, ("API", "SVC")
            ),
        ),
        (
            NamingConvention(
                _ORIGIN,
                "SHOP-<TYPE>-<DOMAIN>-<SEQ>",
                (),
                ("X", "Y"),
                {"X": _TYPES[:3], "Y": _TYPES[2:]},
            ),
        ),
    ]
)


def _build(
    known: dict[str, tuple[str, ProjectPath]], *, conventions: tuple[NamingConvention, ...]
) -> Naming:
    return Naming(
        records=[Record(ArtifactId(id_), _ORIGIN, type=type_) for id_, (type_, _) in known.items()],
        places={ArtifactId(id_): path for id_, (_, path) in known.items()},
        conventions=conventions,
        project="shop",
    )


@given(_known, _wanted, _conventions)
def test_ids_are_unique_by_convention_and_the_same_again(
    known: dict[str, tuple[str, ProjectPath]],
    wanted: list[tuple[str, ProjectPath]],
    conventions: tuple[NamingConvention, ...],
) -> None:
    naming = _build(known, conventions=conventions)
    ids = [naming.propose(type_=type_, path=path).id for type_, path in wanted]
    assert len({*ids, *known}) == len(ids) + len(known)
    again = _build(dict(reversed(known.items())), conventions=conventions)
    assert ids == [again.propose(type_=type_, path=path).id for type_, path in wanted]
    registry = Registry(
        records=tuple(
            Record(id_, _ORIGIN, type=type_) for id_, (type_, _) in zip(ids, wanted, strict=True)
        ),
        conventions=conventions,
    )
    assert [*find_convention_deviations(registry)] == []


_SOURCES = (
    "",
    '"""Does: its \'work\' # well.\n"""\n',
    "from fastapi import APIRouter\nrouter = APIRouter()\n@router.post('/x')\ndef f(): ...\n",
    "from celery import Celery\napp = Celery()\n@app.task\ndef f(): ...\n",
    "import time\nwhile True:\n    time.sleep(1)\n",
    "if __name__ == '__main__':\n    open('a', 'w')\n",
    '"""%s - \\x41 {y}: [z]"""\nsession.commit()\n',
    "def broken(:\n",
)
_NAMES = ("views", "tasks", "cart", "order_service", "no", "y", "run", "_x", "v1_a", "main")
_FOLDERS = ("shop", "shop/api", "shop/services", "shop/worker", "scripts", "plugins/a")


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_written_records_leave_nothing_to_find(seed: int, is_first: bool) -> None:
    """No module is left without a record, and none of the new ones is against the schema."""
    source = random.Random(seed)  # noqa: S311
    files = {
        f"{source.choice(_FOLDERS)}/{source.choice(_NAMES)}.py": source.choice(_SOURCES)
        for _ in range(source.randint(1, 8))
    }
    start = min(files)
    if not is_first:
        files["registry/first.yaml"] = record("SHOP-BE-SVC-ONE-001", start)
    with tempfile.TemporaryDirectory() as folder:
        project = write_tree(Path(folder), files)
        locations = (project / "registry",)
        for round_ in range(3):
            system = analyse(
                project=project,
                config=Config(),
                registry=[one for one in locations if one.exists()],
            )
            written = _add_all(system, project, locations, is_first=is_first and not round_)
            if round_ and not written:
                break
        assert not _find_codes(system)


def _add_all(system: System, project: Path, locations: tuple[Path, ...], *, is_first: bool) -> int:
    sources = Sources(lambda paths: read_conducts(project, paths), "shop")
    answer = find_proposals(system, Config().scope, sources, is_first=is_first)
    new = [
        NewRecord(
            one.id,
            is_id_given=False,
            named_by=one.named_by,
            paths=one.paths,
            fields={
                field.name: field.value
                for field in one.fields
                if field.name not in ("artifact_id", "path")
            },
        )
        for one in answer.proposals
    ]
    assert len({one.id for one in new}) == len(new)
    return len(add_records(new, Target(project, "shop", locations, {})))


def _find_codes(system: System) -> set[str]:
    orphans = find_orphans(system, find_mentions=lambda _: {})
    findings = run_checks(system, Config(), select=("REG",), orphans=orphans)
    return {f"{one.code} {one.path} {one.message}" for one in findings}
