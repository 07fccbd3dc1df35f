"""ORP005 unmounted-route: an API route that no application mounts.

## What it does

Reports each artifact of the type `api-route` that builds a router which no application takes in,
at the line that builds it. A line that would mount it but is commented out is named.

What is no Python code, or is used by other means than imports, is not judged. Where something that
cannot be followed names the file, the message says that the artifact is likely an orphan, and why.

## Why it matters

The registry promises an endpoint that answers 404. Whoever plans against it finds out late.

## Example

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-API-PRICES-001
type: api-route
path: shop/prices.py
```

`shop/prices.py`:

```python
from fastapi import APIRouter

router = APIRouter()


@router.get("/prices")
def prices():
    return []
```

`shop/main.py`:

```python
from fastapi import FastAPI

from shop.prices import router

app = FastAPI()
# app.include_router(router)
```

gives

```text
shop/prices.py:3: ORP005 SHOP-BE-API-PRICES-001 is likely an orphan: `router`: shop/main.py:6 would mount it but is commented out: app.include_router(router); production does import it (shop/main.py:3)
```

## How to mend

Mount the router, or delete it together with its record.

`shop/main.py`:

```python
from fastapi import FastAPI

from shop.prices import router

app = FastAPI()
app.include_router(router)
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
    """Yield one finding for each artifact none of whose routes is mounted."""
    yield from find_orphan_findings(settings, code="ORP005", reason=OrphanReason.UNMOUNTED_ROUTE)


CHECK = Check(find, Options)
