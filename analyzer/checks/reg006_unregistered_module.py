"""REG006 unregistered-module: a module in scope without a record.

## What it does

Reports each Python module that ought to have a record and has none. In scope is what `[scope]`
includes; without it, every folder that directly holds a registered module. Tests, mocks,
`__init__.py`, what `[scope]` excludes, and what a backlog document excludes by design are out.

In a `review`, a module that the change adds is an error, unless the configuration sets the
severity: what stands there may wait, what is new need not.

## Why it matters

Code that no record covers has no owner, no purpose and no authority level. Where its neighbours are
registered, it was most likely forgotten.

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
REBATE = 0.1
```

gives

```text
shop/rebates.py: REG006 no record covers this module; register it or take it out of [scope]
```

## How to mend

Write a record for the module, or add its path to the record of the artifact that it is a part of.
What is not meant to have one is taken out of the scope:

`analyzer.toml`:

```toml
[scope]
exclude = ["shop/rebates.py"]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.graph.scope import find_unregistered
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each unregistered module in scope."""
    for path in sorted(find_unregistered(system, settings.scope)):
        yield build_finding(
            "REG006",
            message="no record covers this module; register it or take it out of [scope]",
            subject="unregistered",
            path=path,
        )


CHECK = Check(find, Options)
