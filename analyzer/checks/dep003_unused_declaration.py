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

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.checks.declarations import INWARD, OUTWARD, Declarations, Entry, Meaning
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.names import ProjectPath
from analyzer.model.registry import Artifact


class _Reach(Struct, frozen=True, dict=True):
    """Where the code of one artifact leads, and what leads to it, by links to the next artifacts.

    Directly or through code of no artifact; walked once, and only where somebody asks.
    """

    system: System
    artifact: Artifact

    def leads_to(self, meaning: Meaning, files: Collection[ProjectPath]) -> bool:
        """Whether it leads to what is meant, which stands in some files."""
        near = self.system.artifact_graph.networkx.successors(self.artifact.id)
        return not (meaning.artifacts.isdisjoint(near) and self._below.isdisjoint(files))

    def comes_from(self, meaning: Meaning, files: Collection[ProjectPath]) -> bool:
        """Whether what is meant, which stands in some files, leads to it."""
        near = self.system.artifact_graph.networkx.predecessors(self.artifact.id)
        return not (meaning.artifacts.isdisjoint(near) and self._above.isdisjoint(files))

    @cached_property
    def _below(self) -> frozenset[ProjectPath]:
        return frozenset(self.system.module_graph.walk(self._files, enters=self._is_unregistered))

    @cached_property
    def _above(self) -> frozenset[ProjectPath]:
        return frozenset(
            self.system.module_graph.walk_back(self._files, enters=self._is_unregistered)
        )

    @property
    def _files(self) -> Sequence[ProjectPath]:
        return self.system.artifact_graph.files_of(self.artifact.id)

    def _is_unregistered(self, path: ProjectPath) -> bool:
        return path not in self.system.artifact_of


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each entry that the code does not bear out."""
    declarations = Declarations(system)
    for artifact in system.artifacts.values():
        record = artifact.record
        reach = _Reach(system, artifact)
        for entry in (
            *declarations.entries(record, *OUTWARD, INWARD),
            *declarations.callers(record, "forbidden_callers"),
            *declarations.callers(record, "expected_callers"),
        ):
            problem = _find_problem(declarations, reach, entry)
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


def _find_problem(declarations: Declarations, reach: _Reach, entry: Entry) -> str | None:
    artifact, meaning = reach.artifact, entry.meaning
    if meaning is None:
        return None
    if meaning.missing:
        return f"but {meaning.missing}"
    # Callers that are forbidden, or expected, need not be any.
    is_about_code = entry.field in (*OUTWARD, INWARD) and not meaning.names(artifact)
    files = _files_of(declarations.system, meaning) if is_about_code else frozenset()
    if not _is_judged(declarations, artifact, files):
        return None
    if entry.field == INWARD:
        return None if reach.comes_from(meaning, files) else f"which does not use {artifact.id}"
    is_used = reach.leads_to(meaning, files)
    return None if is_used else f"which the code of {artifact.id} does not use"


def _is_judged(
    declarations: Declarations, artifact: Artifact, files: frozenset[ProjectPath]
) -> bool:
    """Whether both ends are Python that could be read: of other code uses may not be seen."""
    return (
        declarations.is_judged(artifact)
        and any(path in declarations.system.modules for path in files)
        and declarations.are_read(files)
    )


def _files_of(system: System, meaning: Meaning) -> frozenset[ProjectPath]:
    return meaning.files.union(*(system.artifacts[id_].files for id_ in meaning.artifacts))


CHECK = Check(find, Options)
