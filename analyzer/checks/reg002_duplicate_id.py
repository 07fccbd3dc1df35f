"""REG002 duplicate-id: an id that two records bear.

## What it does

Reports each record whose id another record bears already. The first one, by file and line, is used;
the one that is reported is not.

## Why it matters

An id is what dependencies, owners and baselines refer to. Of two records with one id, one is
ignored, and with it the code that it should cover.

## Example

`registry/a.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
```

`registry/b.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/rebates.py
```

`shop/prices.py`:

```python
VAT = 0.2
```

`shop/rebates.py`:

```python
REBATE = 0.1
```

gives

```text
registry/b.yaml:1: REG002 the id SHOP-BE-SVC-PRICES-001 is that of registry/a.yaml:1 too; this record is not used
```

## How to mend

Give the record an id of its own, or delete it where it is a copy.

`registry/b.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-REBATES-001
path: shop/rebates.py
```
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings
from analyzer.checks.registry_deviations import find_deviations
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each record whose id is taken."""
    yield from find_deviations(system, "REG002")


CHECK = Check(find, Options)
