"""REG004 ambiguous-place: a record that fits several files.

## What it does

Reports each record without a `path` whose name fits several files, and each file that two records
claim. Nothing is guessed: the first record by id has the file.

## Why it matters

As long as it is open which file a record means, nothing true can be said about who depends on it.

## Example

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
name: prices.py
```

`shop/prices.py`:

```python
VAT = 0.2
```

`stall/prices.py`:

```python
VAT = 0.1
```

gives

```text
registry/prices.yaml:2: REG004 2 files are called "prices.py"; say which in its path: shop/prices.py, stall/prices.py
```

## How to mend

Give the record its `path`.

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
name: prices.py
path: shop/prices.py
```
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings
from analyzer.checks.registry_deviations import find_deviations
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each record whose place is open."""
    yield from find_deviations(system, "REG004")


CHECK = Check(find, Options)
