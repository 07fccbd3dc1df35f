"""ORP002 no-importers: an artifact that nothing imports or starts.

## What it does

Reports each artifact whose code nothing imports, and nothing outside of Python starts: no compose
file, no CI workflow, no script, no console script, no `__main__`.

What is no Python code, or is used by other means than imports, is not judged. Where something that
cannot be followed names the file, the message says that the artifact is likely an orphan, and why.

## Why it matters

It costs maintenance, reviews and security updates, and does nothing. Whoever reads the registry
believes that it does.

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

gives

```text
shop/prices.py: ORP002 SHOP-BE-SVC-PRICES-001 is an orphan: nothing imports it, and nothing starts it
```

## How to mend

Delete the code together with its record; or use it. Where something starts it that cannot be seen
from the repository, name the file in `entry-points`:

`analyzer.toml`:

```toml
entry-points = ["shop/prices.py"]
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
    """Yield one finding for each artifact that nothing imports."""
    yield from find_orphan_findings(settings, code="ORP002", reason=OrphanReason.NO_IMPORTERS)


CHECK = Check(find, Options)
