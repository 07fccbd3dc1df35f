"""REG003 missing-file: a record whose file is not there.

## What it does

Reports each record that fits no file, and each entry of a record's `path` that fits none. Where a
file of the same name stands elsewhere, it is named as a hint.

`analyzer orphans` lists the records that fit no file with the reason `missing-file`. As a finding
this is told here and nowhere else: there is no code `ORP001` beside it.

## Why it matters

The record describes code that was deleted, moved or never written. Whoever trusts it looks for an
owner of nothing, and the file that took its place may have no record at all.

## Example

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/price.py
```

`shop/prices.py`:

```python
VAT = 0.2
```

gives

```text
registry/prices.yaml:2: REG003 no file at "shop/price.py"
```

## How to mend

Say where the file is now, or delete the record together with its code.

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings
from analyzer.checks.registry_deviations import find_deviations
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each place that is not there."""
    yield from find_deviations(system, "REG003")


CHECK = Check(find, Options)
