"""DEP005 dependency-cycle: artifacts that depend on each other.

## What it does

Looks for knots: artifacts that all reach each other when the program runs. In each knot it finds the
fewest dependencies whose removal leaves no cycle, and reports every one of these at its import,
with a shortest cycle that it closes. So there are as many findings as there are imports to remove,
and the shortest cycle of the knot is among those that are shown.

Where several choices are equally small, dependencies through imports inside of functions come
first: somebody has put them there to get around the cycle. Then ids decide. Up to 12 artifacts in a
knot the number is the smallest possible, and removing one of the imports leaves the other findings
as they are. In a larger knot none of those reported can be spared, but fewer might do.

Imports for type checkers make no cycle, nor do tasks that are sent and programs that are started:
nobody waits for them to load.

## Why it matters

None of them can be changed, tested, moved or retired without all of the others. What a change of
one can affect is everything in the knot.

## Example

`registry/orders.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-ORDERS-001
path: shop/orders.py
```

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
```

`shop/orders.py`:

```python
import shop.prices
```

`shop/prices.py`:

```python
def price(order_id):
    from shop.orders import find_order

    return find_order(order_id).price
```

gives

```text
shop/prices.py:2: DEP005 SHOP-BE-SVC-PRICES-001 -> SHOP-BE-SVC-ORDERS-001 -> SHOP-BE-SVC-PRICES-001 depend on each other; without SHOP-BE-SVC-PRICES-001 -> SHOP-BE-SVC-ORDERS-001 they do not
```

## How to mend

Pass in what the lower one needs instead of importing it, or move what both need into a third
artifact.

`shop/prices.py`:

```python
def price(order):
    return order.price
```

## Options

- `max-length`: the most artifacts that a cycle may have to be reported; without it, any number. The
  flag `--max-length` of `analyzer check` outweighs it. Dependencies that lie on no cycle so short
  are left alone.
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.graph.cycles import (
    LARGEST_EXACT_KNOT,
    Edge,
    find_fewest_cuts,
    find_knots,
    find_shortest_cycle,
)
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import Kind
from analyzer.model.names import ArtifactId


class CycleOptions(Options, frozen=True):
    """What may be said of cycles."""

    max_length: Annotated[int, Meta(ge=2)] | None = None
    """The most artifacts that a cycle has to be reported; any number without it."""


def find(system: System, settings: Settings[CycleOptions]) -> Iterator[Finding]:
    """Yield one finding for each dependency that has to go, so that no cycle is left."""
    graph = system.artifact_graph.running
    for knot in find_knots(graph, max_length=settings.options.max_length):
        edges = sorted(knot.edges)
        if len(knot) <= LARGEST_EXACT_KNOT:
            # A stable sort: among those that are alike, ids decide.
            edges.sort(key=lambda edge: not _is_deferred(system, edge))
        cuts = find_fewest_cuts(knot, preferred=edges)
        for cut in cuts:
            cycle = find_shortest_cycle(knot, through=cut)
            yield _describe(system, cycle=cycle, size=len(knot), cuts=len(cuts))


def _is_deferred(system: System, edge: Edge) -> bool:
    """Whether a dependency stands on an import inside of a function."""
    chain = system.artifact_graph.find_running_chain(dependent=edge[0], depends_on=edge[1])
    return any(link.kind is Kind.FUNCTION_LEVEL for link in chain)


def _describe(system: System, *, cycle: tuple[ArtifactId, ...], size: int, cuts: int) -> Finding:
    chain = tuple(
        link
        for dependent, depends_on in zip(cycle, (*cycle[1:], cycle[0]), strict=True)
        for link in system.artifact_graph.find_running_chain(
            dependent=dependent, depends_on=depends_on
        )
    )
    first = system.artifacts[cycle[0]]
    cut = f"{cycle[0]} -> {cycle[1]}"
    return build_finding(
        "DEP005",
        message=f"{' -> '.join((*cycle, cycle[0]))} depend on each other; "
        + _tell_what_to_do(cut, is_all=size == len(cycle), size=size, cuts=cuts),
        subject=cut,
        path=chain[0].importer,
        line=chain[0].line,
        artifact=first.id,
        owner=first.record.owner,
        chain=chain,
    )


def _tell_what_to_do(cut: str, *, is_all: bool, size: int, cuts: int) -> str:
    if cuts == 1 and is_all:
        return f"without {cut} they do not"
    if cuts == 1:
        return f"without {cut} none of {size} artifacts is in a cycle any more"
    least = ", the fewest that do" if size <= LARGEST_EXACT_KNOT else "; perhaps fewer would do"
    return f"{cut} is one of {cuts} whose removal opens a knot of {size} artifacts{least}"


CHECK = Check(find, CycleOptions)
