"""ORP006 unreachable: an artifact that only dead code imports.

## What it does

Reports each artifact all of whose importers are reached by nothing themselves: other orphans,
dead code, or a loop.

What is no Python code, or is used by other means than imports, is not judged. Where something that
cannot be followed names the file, the message says that the artifact is likely an orphan, and why.

## Why it matters

It looks used, but with what uses it, it can go. To delete the one and keep the other leaves the
next orphan.

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

`shop/rebates.py`:

```python
from shop.prices import VAT

REBATE = VAT / 2
```

`registry/rebates.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-REBATES-001
path: shop/rebates.py
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

gives

```text
shop/prices.py: ORP006 SHOP-BE-SVC-PRICES-001 is an orphan: nothing reaches what imports it (shop/rebates.py:1)
```

## How to mend

Delete it together with what imports it, and the records of both; or let production use it:

`shop/orders.py`:

```python
from shop.prices import VAT


def run():
    print(VAT)
```
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings
from analyzer.checks.orphan_findings import find_orphan_findings
from analyzer.graph.system import System
from analyzer.model.answers import OrphanReason
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each artifact that only dead code imports."""
    yield from find_orphan_findings(settings, code="ORP006", reason=OrphanReason.UNREACHABLE)


CHECK = Check(find, Options)
