"""DEP004 forbidden-dependency: a dependency that a record, a rule or the order of layers forbids.

## What it does

Reports each file that calls what it may not call, at the line of the import. What is forbidden is
said in three places:

- A record's `forbidden_callers` names who may not call the artifact, and its `expected_callers` who
  may; both may stand below `invocation`. An entry is an id, a type, an owner or a product
  (`worker`, `workers`, `ops`), a file name, a path, a dotted name, or a pattern of these
  (`workers/*`, `sdk/*`). Prose is left alone; `expected_callers` are held against the code only
  where each entry is understood, and only against registered callers.
- `[[rules.forbidden-dependency.rules]]` in the configuration forbids dependencies between types,
  owners, products, ids and paths, with a reason that is shown.
- Where nothing says otherwise, a service may not depend on an API route, nor a library on a service.

A registered caller counts where its code reaches the other directly or only through code of no
artifact; a file without a record counts where it imports the other itself. Imports for type checkers
and test code do not count, nor does an application that takes in routes or tasks.

## Why it matters

Who must not depend on this? The answer was written down because a later change would break it: a
worker that reaches into a console, a library that knows its user. Each such import makes the next
one look normal.

## Example

`registry/cart.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-CART-001
path: shop/cart.py
forbidden_callers:
  - workers/*
```

`shop/cart.py`:

```python
def total(): ...
```

`shop/workers/nightly.py`:

```python
from shop.cart import total
```

gives

```text
shop/workers/nightly.py:1: DEP004 shop/workers/nightly.py may not call SHOP-BE-SVC-CART-001, whose record forbids "workers/*"
```

## How to mend

Take what both need out of the artifact and call that, or, if the boundary is no longer meant, take
the entry out of the record:

`shop/workers/nightly.py`:

```python
from shop.totals import total
```

`shop/totals.py`:

```python
def total(): ...
```

## Options

- `layers` (default `true`): whether a service may not depend on an API route, nor a library on a
  service.
- `rules` (default: none): tables with `from`, `to` and `reason`. Both ends may have `type`, `owner`,
  `product`, `id` and `path`, each a text or a list of texts; all that are given must fit. `*` stands
  for anything, and a text that begins with `!` takes out what it fits; what a record does not say
  fits no text. A file without a record fits where nothing but `path` is given, and an end without
  any is everything.

  ```toml
  [[rules.forbidden-dependency.rules]]
  from = { type = ["service", "library"] }
  to = { owner = "console", path = "!console/public/**" }
  reason = "the console is deployed on its own"
  ```
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.checks.calls import Calls, is_call
from analyzer.checks.declarations import Declarations, Entry
from analyzer.checks.selectors import Selector
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact

_MOST_NAMED = 3
_LAYERS = {
    ("service", "api-route"): "routes call services, not the other way round",
    ("library", "service"): "a library serves any program and knows none of them",
}


class Boundary(Options, frozen=True):
    """One table of `[[rules.forbidden-dependency.rules]]`."""

    reason: str
    """Shown with each finding."""
    source: Selector = field(default_factory=Selector, name="from")
    target: Selector = field(default_factory=Selector, name="to")


class ForbiddenOptions(Options, frozen=True):
    """What `[rules.forbidden-dependency]` holds."""

    layers: bool = True
    """Whether routes, services and libraries may be called downwards only."""
    rules: tuple[Boundary, ...] = ()


class _Callers(Struct, frozen=True):
    """What the record of one artifact says about who may call it."""

    forbidden: tuple[Entry, ...]
    expected: tuple[Entry, ...]
    """Empty where some entry is prose: then nobody can be told to be unexpected."""


def find(system: System, settings: Settings[ForbiddenOptions]) -> Iterator[Finding]:
    """Yield one finding for each file and each thing that it may not call."""
    said = _read_callers(system)
    yield from _find_between_artifacts(system, settings.options, said)
    yield from _find_unregistered_callers(system, said)
    yield from _find_at_unregistered_ends(system, settings.options.rules)


def _read_callers(system: System) -> Mapping[ArtifactId, _Callers]:
    declarations = Declarations(system)
    said = {}
    for artifact in system.artifacts.values():
        forbidden = declarations.callers(artifact.record, "forbidden_callers")
        expected = declarations.callers(artifact.record, "expected_callers")
        if any(entry.meaning is None for entry in expected):
            expected = ()
        if forbidden or expected:
            said[artifact.id] = _Callers(forbidden, expected)
    return said


def _find_between_artifacts(
    system: System, options: ForbiddenOptions, said: Mapping[ArtifactId, _Callers]
) -> Iterator[Finding]:
    calls = Calls(system)
    for caller, called in calls.pairs():
        boundaries = [
            one
            for one in options.rules
            if one.source.fits_record(caller.record) and one.target.fits_record(called.record)
        ]
        layer = _LAYERS.get((caller.record.type or "", called.record.type or ""))
        layer = layer if options.layers else None
        if called.id not in said and not boundaries and layer is None:
            continue
        chains: list[Chain] = [
            (link,) for link in calls.direct_links(caller=caller, called=called)
        ] or [calls.chain(caller=caller.id, called=called.id)]
        reported: set[ProjectPath] = set()
        for chain in filter(None, chains):
            problem = (
                _against_record(said.get(called.id), caller, called, chain)
                or _against_boundaries(boundaries, caller.id, called.id, chain)
                or _against_layers(layer, caller, called, chain)
            )
            if problem is not None and chain[0].importer not in reported:
                reported.add(chain[0].importer)
                yield _build(problem, called.id, about=caller, chain=chain)


def _against_record(
    said: _Callers | None, caller: Artifact, called: Artifact, chain: Chain
) -> str | None:
    if said is None:
        return None
    path = chain[0].importer
    for entry in said.forbidden:
        if _means(entry, caller.id, path):
            return f"{caller.id} may not call {called.id}, whose record forbids {entry.shown}"
    if not said.expected or any(_means(entry, caller.id, path) for entry in said.expected):
        return None
    shown = ", ".join(entry.shown for entry in said.expected[:_MOST_NAMED])
    more = len(said.expected) - _MOST_NAMED
    shown += f" and {more} more" if more > 0 else ""
    return f"{caller.id} may not call {called.id}, whose record expects only {shown}"


def _against_boundaries(
    boundaries: list[Boundary], caller: str, called: str, chain: Chain
) -> str | None:
    reasons = dict.fromkeys(
        one.reason
        for one in boundaries
        if one.source.fits_path(chain[0].importer) and one.target.fits_path(chain[-1].imported)
    )
    return f"{caller} may not depend on {called}: {'; '.join(reasons)}" if reasons else None


def _against_layers(
    layer: str | None, caller: Artifact, called: Artifact, chain: Chain
) -> str | None:
    """A task that is sent, or a program that is started, goes against no layer."""
    if layer is None or not all(link.kind.is_import for link in chain):
        return None
    types = f"{caller.id} ({caller.record.type}) may not depend on {called.id}"
    return f"{types} ({called.record.type}): {layer}"


def _means(entry: Entry, caller: ArtifactId | None, path: ProjectPath) -> bool:
    meaning = entry.meaning
    return meaning is not None and (path in meaning.files or caller in meaning.artifacts)


def _find_unregistered_callers(
    system: System, said: Mapping[ArtifactId, _Callers]
) -> Iterator[Finding]:
    """Files of no artifact that a record forbids by their names."""
    calls = Calls(system)
    for id_ in sorted(said):
        reported: set[ProjectPath] = set()
        for path in system.artifact_graph.files_of(id_):
            for link in system.module_graph.importers_of(path, allows=is_call):
                importer = link.importer
                entry = next(
                    (one for one in said[id_].forbidden if _means(one, None, importer)), None
                )
                if entry is None or importer in system.artifact_of or importer in reported:
                    continue
                if not system.is_test(importer) and not calls.is_wiring((link,)):
                    reported.add(importer)
                    message = f"{importer} may not call {id_}, whose record forbids {entry.shown}"
                    about = system.artifacts[id_]
                    yield _build(message, id_, about=about, chain=(link,))


def _find_at_unregistered_ends(
    system: System, boundaries: tuple[Boundary, ...]
) -> Iterator[Finding]:
    """Links with a file of no artifact at an end, which a boundary can forbid by paths only."""
    boundaries = tuple(
        one for one in boundaries if one.source.fits_record(None) or one.target.fits_record(None)
    )
    if not boundaries:
        return
    calls = Calls(system)
    for edge in system.module_graph.kinds_of_edges():
        ends = [system.artifact_of.get(path) for path in (edge.importer, edge.imported)]
        if None not in ends or not any(map(is_call, edge.kinds)) or system.is_test(edge.importer):
            continue
        caller, called = (None if end is None else system.artifacts[end] for end in ends)
        fitting = [
            one
            for one in boundaries
            if one.source.fits_record(None if caller is None else caller.record)
            and one.target.fits_record(None if called is None else called.record)
        ]
        link = system.module_graph.find_link(
            importer=edge.importer, imported=edge.imported, allows=is_call
        )
        if not fitting or link is None or calls.is_wiring((link,)):
            continue
        names = [end or path for end, path in zip(ends, edge[:2], strict=True)]
        problem = _against_boundaries(fitting, names[0], names[1], (link,))
        if problem is not None:
            yield _build(problem, names[1], about=caller or called, chain=(link,))


def _build(message: str, subject: str, *, about: Artifact | None, chain: Chain) -> Finding:
    return build_finding(
        "DEP004",
        message=message,
        subject=subject,
        path=chain[0].importer,
        line=chain[0].line,
        artifact=None if about is None else about.id,
        owner=None if about is None else about.record.owner,
        chain=chain,
    )


CHECK = Check(find, ForbiddenOptions)
