"""DEP005 dependency-cycle: artifacts that depend on each other.

## What it does

Reports each knot of artifacts that all reach each other when the program runs, with a shortest
cycle in it, at the first import of that cycle.

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
shop/orders.py:1: DEP005 SHOP-BE-SVC-ORDERS-001 -> SHOP-BE-SVC-PRICES-001 -> SHOP-BE-SVC-ORDERS-001 depend on each other
```

## How to mend

Pass in what the lower one needs instead of importing it, or move what both need into a third
artifact.

`shop/prices.py`:

```python
def price(order):
    return order.price
```
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.graph.cycles import find_knots, find_shortest_cycle
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each knot of artifacts that all reach each other.

    A knot is a strongly connected component; the finding shows a shortest cycle in it and stands
    at the first import of that cycle. Imports for type checkers make no cycle,
    nor do tasks that are sent and programs that are started: nobody waits for them to load.
    """
    for knot in find_knots(system.artifact_graph.running):
        yield _describe(system, cycle=find_shortest_cycle(knot), knot=frozenset(knot))


def _describe(
    system: System, *, cycle: tuple[ArtifactId, ...], knot: frozenset[ArtifactId]
) -> Finding:
    graph = system.artifact_graph
    chain: Chain = ()
    for dependent, depends_on in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
        chain += graph.find_running_chain(dependent=dependent, depends_on=depends_on)
    first = system.artifacts[cycle[0]]
    message = f"{' -> '.join((*cycle, cycle[0]))} depend on each other"
    if len(knot) > len(cycle):
        message += f" (a shortest cycle among {len(knot)} artifacts that all reach each other)"
    return build_finding(
        "DEP005",
        message=message,
        subject=" ".join(sorted(knot)),
        path=chain[0].importer,
        line=chain[0].line,
        artifact=first.id,
        owner=first.record.owner,
        chain=chain,
    )


CHECK = Check(find, Options)
