"""OWN001 no-owner: a record that names no owner.

## What it does

Reports each record whose `owner` is missing or empty, at the line where it should stand, and each
artifact that only a row of a backlog document registers: a row names no owner. A record whose
`owner` is no text is an invalid one (REG001).

## Why it matters

Nobody can be asked about a change, and nobody is told of one: `impact` and reviews know whom to ask
by this field.

## Example

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
owner: ""
```

`shop/prices.py`:

```python
VAT = 0.2
```

gives

```text
registry/prices.yaml:3: OWN001 owner is missing; every record has one
```

## How to mend

Name the team or person that answers for it, as in the other records.

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
owner: sales
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings
from analyzer.checks.registry_deviations import find_deviations
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each record without an owner."""
    yield from find_deviations(system, "OWN001")


CHECK = Check(find, Options)
