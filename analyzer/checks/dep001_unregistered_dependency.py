"""DEP001 unregistered-dependency: code of an artifact imports a module in scope that has no record.

## What it does

Reports each file of an artifact and each unregistered module in scope that it imports, at the line
of the import. What is in scope is told at REG006. Test code is left out on both sides, and what
unregistered code imports in turn is no artifact's dependency.

## Why it matters

A registered artifact then does part of its work in code that nobody has taken responsibility for.
This is how such code comes into production: one import at a time.

## Example

`registry/orders.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-ORDERS-001
path: shop/orders.py
```

`shop/orders.py`:

```python
from shop.rebates import REBATE

PRICE = 100 - REBATE
```

`shop/rebates.py`:

```python
REBATE = 10
```

gives

```text
shop/orders.py:1: DEP001 SHOP-BE-SVC-ORDERS-001 imports shop/rebates.py, which no record covers
```

## How to mend

Write a record for the imported module, with an owner who agrees; or make it a part of the artifact
that imports it:

`registry/orders.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-ORDERS-001
path: [shop/orders.py, shop/rebates.py]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.graph.scope import find_unregistered
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import Kind


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each file of an artifact and each unregistered module it imports.

    The line is that of the strongest evidence. Test code is left out on both sides.
    """
    unregistered = find_unregistered(system, settings.scope)
    for path in sorted(system.artifact_of):
        module = system.modules.get(path)
        if module is None or module.is_test:
            continue
        artifact = system.artifacts[system.artifact_of[path]]
        for link in system.module_graph.imports_of(path):
            is_import = link.kind.is_import and link.kind is not Kind.PARENT_INIT
            if link.imported in unregistered and is_import:
                yield build_finding(
                    "DEP001",
                    message=f"{artifact.id} imports {link.imported}, which no record covers",
                    subject=link.imported,
                    path=path,
                    line=link.line,
                    artifact=artifact.id,
                    owner=artifact.record.owner,
                    chain=(link,),
                )


CHECK = Check(find, Options)
