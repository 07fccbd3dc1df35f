"""AUT001 authority-escalation: an artifact that only observes or advises reaches one that acts.

## What it does

Reports an artifact registered to observe or advise whose code calls one that is registered to
mutate or enforce, with the shortest chain, at the import that leads there. The chain passes through
code of no artifact and through artifacts that declare no level, and nothing else: a longer way
leads through such a step somewhere, and that step is where it can be mended. So each escalation is
reported once, not once for everybody above it.

Imports for type checkers, test code, and an application that takes in routes or tasks do not count.
Tasks that are sent and programs that are started do. Whether the function that is called changes
anything is not looked at: the levels are those that people declared for whole artifacts.

## Why it matters

"It only reads" is why a change passes with a light review, and why an account, a network or a time
window is opened. An observer that can reach what mutates is as dangerous as that.

## Example

`registry/report.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-REPORT-001
path: shop/report.py
authority_level: observe
```

`registry/stock.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-STOCK-001
path: shop/stock.py
authority_level: mutate
```

`shop/report.py`:

```python
from shop.helpers import count
```

`shop/helpers.py`:

```python
from shop.stock import count
```

`shop/stock.py`:

```python
def count(): ...


def clear(): ...
```

gives

```text
shop/report.py:1: AUT001 SHOP-BE-SVC-REPORT-001 is registered to observe, but reaches SHOP-BE-SVC-STOCK-001, which may mutate, through shop/helpers.py
```

## How to mend

Move what only reads into an artifact that may do no more, and call that; or register the caller
with the authority that it has:

`registry/report.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-REPORT-001
path: shop/report.py
authority_level: mutate
```

## Options

- `low` (default `["observe", "advise"]`): the levels that may not reach further.
- `high` (default `["enforce", "mutate"]`): the levels that they may not reach.
- `through-artifacts` (default `false`): follow the code through artifacts of low levels too, so that
  everybody above an escalation is reported.
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.checks.calls import Calls
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.names import ArtifactId


class AuthorityOptions(Options, frozen=True):
    """What `[rules.authority-escalation]` holds."""

    low: tuple[str, ...] = ("observe", "advise")
    """The levels that may not reach further."""
    high: tuple[str, ...] = ("enforce", "mutate")
    """The levels that they may not reach."""
    through_artifacts: bool = False
    """Whether a chain may pass through artifacts of low levels."""


def find(system: System, settings: Settings[AuthorityOptions]) -> Iterator[Finding]:
    """Yield one finding for each artifact of a low level and each of a high one that it reaches."""
    options, calls = settings.options, Calls(system)
    levels = {id_: one.record.authority_level for id_, one in system.artifacts.items()}
    ends = set(options.high) if options.through_artifacts else {*options.high, *options.low}
    closed = frozenset(id_ for id_, level in levels.items() if level in ends)
    high = frozenset(id_ for id_, level in levels.items() if level in options.high)
    for artifact in system.artifacts.values():
        if levels[artifact.id] not in options.low or artifact.record.type == "test":
            continue
        if not _may_reach(system, artifact.id, high=high, closed=closed):
            continue
        chains = calls.chains_from(
            artifact.id, to=high, enters=lambda path: system.artifact_of.get(path) not in closed
        )
        for other, chain in chains.items():
            through = ", ".join(dict.fromkeys(link.imported for link in chain[:-1]))
            yield build_finding(
                "AUT001",
                message=f"{artifact.id} is registered to {levels[artifact.id]}, but reaches "
                f"{other}, which may {levels[other]}" + (f", through {through}" if through else ""),
                subject=other,
                path=chain[0].importer,
                line=chain[0].line,
                artifact=artifact.id,
                owner=artifact.record.owner,
                chain=chain,
            )


def _may_reach(
    system: System, start: ArtifactId, *, high: frozenset[ArtifactId], closed: frozenset[ArtifactId]
) -> bool:
    """Whether the graph of artifacts has a way, which spares the walk through files."""
    graph = system.artifact_graph.networkx
    seen, queue = {start}, [start]
    while queue:
        for after in graph.successors(queue.pop()):
            if after in high:
                return True
            if after not in seen and after not in closed:
                seen.add(after)
                queue.append(after)
    return False


CHECK = Check(find, AuthorityOptions)
