"""DEP006 wave-order: an artifact depends on one of a later wave.

## What it does

Reports each dependency on an artifact whose wave has a higher number, at the import that leads
there. Records without a wave are left alone, and so are imports for type checkers, test code, and
an application that takes in the routes or the tasks of later waves.

## Why it matters

Waves are worked through in order. When the earlier wave was called complete, a part of what it
runs on had no record yet: what is said about it (owner, authority, what a change can affect) holds
only once the later wave is done too.

## Example

`registry/orders.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-ORDERS-001
path: shop/orders.py
wave: 1
```

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
wave: 2
```

`shop/orders.py`:

```python
from shop.prices import PRICE
```

`shop/prices.py`:

```python
PRICE = 90
```

gives

```text
shop/orders.py:1: DEP006 SHOP-BE-SVC-ORDERS-001 of wave 1 depends on SHOP-BE-SVC-PRICES-001 of wave 2
```

## How to mend

Move the record of what is depended on into the earlier wave:

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
wave: 1
```

## Options

- `slack` (default `0`): how many waves later a dependency may be. With `1`, wave 1 may depend on
  wave 2, but not on wave 3.
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.checks.calls import Calls
from analyzer.graph.system import System
from analyzer.model.findings import Finding


class WaveOptions(Options, frozen=True):
    """What `[rules.wave-order]` holds."""

    slack: Annotated[int, Meta(ge=0)] = 0
    """How many waves later a dependency may be."""


def find(system: System, settings: Settings[WaveOptions]) -> Iterator[Finding]:
    """Yield one finding for each pair of artifacts that is out of order."""
    calls = Calls(system)
    for caller, called in calls.pairs():
        early, late = caller.record.wave, called.record.wave
        if early is None or late is None or late - early <= settings.options.slack:
            continue
        chain = calls.chain(caller=caller.id, called=called.id)
        if chain:
            yield build_finding(
                "DEP006",
                message=f"{caller.id} of wave {early} depends on {called.id} of wave {late}",
                subject=called.id,
                path=chain[0].importer,
                line=chain[0].line,
                artifact=caller.id,
                owner=caller.record.owner,
                chain=chain,
            )


CHECK = Check(find, WaveOptions)
