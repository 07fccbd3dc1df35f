"""ORP003 tests-only: an artifact that only tests import.

## What it does

Reports each artifact that tests import and production does not. Tests keep nothing alive.

What is no Python code, or is used by other means than imports, is not judged. Where something that
cannot be followed names the file, the message says that the artifact is likely an orphan, and why.

## Why it matters

Its tests pass, so it looks healthy, and each change has to keep them passing; but no user ever
reaches it.

## Example

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
```

`shop/prices.py`:

```python
VAT = 0.2
```

`shop/orders.py`:

```python
def run():
    print("orders")
```

`shop/main.py`:

```python
import shop.orders

if __name__ == "__main__":
    shop.orders.run()
```

`tests/test_prices.py`:

```python
from shop.prices import VAT


def test_vat():
    assert VAT == 0.2
```

gives

```text
shop/prices.py: ORP003 SHOP-BE-SVC-PRICES-001 is an orphan: only tests import it (1 of them)
```

## How to mend

Delete the code with its tests and its record; or let production use it:

`shop/orders.py`:

```python
from shop.prices import VAT


def run():
    print(VAT)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings
from analyzer.checks.orphan_findings import find_orphan_findings
from analyzer.graph.system import System
from analyzer.model.answers import OrphanReason
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each artifact that only tests import."""
    yield from find_orphan_findings(settings, code="ORP003", reason=OrphanReason.TESTS_ONLY)


CHECK = Check(find, Options)
