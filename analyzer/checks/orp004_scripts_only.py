"""ORP004 scripts-only: an artifact that only scripts reach.

## What it does

Reports each artifact that nothing but scripts reaches which people start by hand.

What is no Python code, or is used by other means than imports, is not judged. Where something that
cannot be followed names the file, the message says that the artifact is likely an orphan, and why.

## Why it matters

It is registered as a part of the running system. Really it is a part of a tool, with other
demands on its owner, and it is gone with the last person who knows the script.

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

`scripts/report.py`:

```python
from shop.prices import VAT

if __name__ == "__main__":
    print(VAT)
```

gives

```text
shop/prices.py: ORP004 SHOP-BE-SVC-PRICES-001 is an orphan: only scripts reach it (scripts/report.py:1)
```

## How to mend

Register it as a `script`, move it to the scripts that use it, or let production use it:

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
    """Yield one finding for each artifact that only scripts reach."""
    yield from find_orphan_findings(settings, code="ORP004", reason=OrphanReason.SCRIPTS_ONLY)


CHECK = Check(find, Options)
