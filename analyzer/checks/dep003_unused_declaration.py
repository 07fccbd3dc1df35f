"""DEP003 unused-declaration: declared in the record, not in the code.

## What it does

Reports each entry of a record's `dependencies` and `relations.imports` that the artifact's code
does not import, start or send, and each entry of `relations.imported_by` that does not do so to the
artifact, at the line of the entry. Code between them that belongs to no artifact does not break the
connection; another artifact does, as it then is that one's dependency.

An entry is judged where it is an id, a file name, a path, a dotted name or a pattern of these. A
single word, prose, and names of libraries from outside are left alone, and so is an entry about
code that is not Python or could not be read. An entry that can only mean something of this project
but means nothing, such as the id of a deleted record, is reported too, also in `forbidden_callers`
and `expected_callers`.

## Why it matters

A declared dependency that is gone makes people careful in the wrong place: they ask an owner who
has nothing to do with it, and keep code alive that nobody needs.

## Example

`registry/orders.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-ORDERS-001
path: shop/orders.py
dependencies:
  - redis
  - shop.prices
```

`shop/orders.py`:

```python
PRICE = 90
```

`shop/prices.py`:

```python
PRICE = 90
```

gives

```text
registry/orders.yaml:5: DEP003 dependencies names "shop.prices", which the code of SHOP-BE-SVC-ORDERS-001 does not use
```

## How to mend

Take the entry out of the record:

`registry/orders.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-ORDERS-001
path: shop/orders.py
dependencies:
  - redis
```
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.checks.declarations import INWARD, OUTWARD, Declarations, Entry, Meaning
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.names import ProjectPath
from analyzer.model.registry import Artifact


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each entry that the code does not bear out."""
    declarations = Declarations(system)
    for artifact in system.artifacts.values():
        record = artifact.record
        for entry in (
            *declarations.entries(record, *OUTWARD, INWARD),
            *declarations.callers(record, "forbidden_callers"),
            *declarations.callers(record, "expected_callers"),
        ):
            problem = _find_problem(declarations, artifact, entry)
            if problem is not None:
                yield build_finding(
                    "DEP003",
                    message=f"{entry.field} names {entry.shown}, {problem}",
                    subject=entry.subject,
                    path=record.origin.path,
                    line=entry.line,
                    artifact=artifact.id,
                    owner=record.owner,
                )


def _find_problem(declarations: Declarations, artifact: Artifact, entry: Entry) -> str | None:
    meaning = entry.meaning
    if meaning is None:
        return None
    if meaning.missing:
        return f"but {meaning.missing}"
    if meaning.names(artifact) or not _is_judged(declarations, artifact, meaning):
        return None
    if entry.field in OUTWARD and not _is_used(declarations.system, artifact, meaning):
        return f"which the code of {artifact.id} does not use"
    if entry.field == INWARD and not _is_user(declarations.system, artifact, meaning):
        return f"which does not use {artifact.id}"
    return None


def _is_judged(declarations: Declarations, artifact: Artifact, meaning: Meaning) -> bool:
    """Whether both ends are Python that could be read: of other code uses may not be seen."""
    files = _files_of(declarations.system, meaning)
    return (
        declarations.is_judged(artifact)
        and any(path in declarations.system.modules for path in files)
        and declarations.are_read(files)
    )


def _files_of(system: System, meaning: Meaning) -> frozenset[ProjectPath]:
    return meaning.files.union(*(system.artifacts[id_].files for id_ in meaning.artifacts))


def _is_used(system: System, artifact: Artifact, meaning: Meaning) -> bool:
    """Whether an artifact's code reaches what is meant, directly or through code of no artifact."""
    artifacts, graph = system.artifact_graph, system.module_graph
    if not meaning.artifacts.isdisjoint(artifacts.networkx.successors(artifact.id)):
        return True
    targets = _files_of(system, meaning)
    starts = artifacts.files_of(artifact.id)
    if any(not targets.isdisjoint(graph.networkx.successors(path)) for path in starts):
        return True
    walk = graph.walk(starts, enters=lambda path: path not in system.artifact_of)
    return any(path in walk for path in targets)


def _is_user(system: System, artifact: Artifact, meaning: Meaning) -> bool:
    """Whether what is meant reaches an artifact, directly or through code of no artifact."""
    artifacts, graph = system.artifact_graph, system.module_graph
    if not meaning.artifacts.isdisjoint(artifacts.networkx.predecessors(artifact.id)):
        return True
    sources = _files_of(system, meaning)
    ends = artifacts.files_of(artifact.id)
    if any(not sources.isdisjoint(graph.networkx.predecessors(path)) for path in ends):
        return True
    walk = graph.walk_back(ends, enters=lambda path: path not in system.artifact_of)
    return any(path in walk for path in sources)


CHECK = Check(find, Options)
