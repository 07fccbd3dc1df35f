"""DEP002 undeclared-dependency: in the code, but not among what the record declares.

## What it does

Reports each dependency of an artifact on another one that its record does not declare in
`dependencies` or `relations.imports`, or that the other's record does not declare in
`relations.imported_by`. The finding stands at the import that leads there.

Only records that can be compared with code are judged. A record declares by ids, file names, paths,
dotted names and wildcards; an empty list says that there is nothing. A record that has none of the
fields, or that only holds prose and libraries from outside (`PostgreSQL`, `redis`), is left alone.
Beside comparable entries, prose counts as declaring a file whose words it holds: "Email
verification service" declares `email_verification.py`. Imports for type checkers and test code need
no declaration.

## Why it matters

People ask the record what an artifact needs, for a move, a review or an incident. What the record
does not say is what they will miss.

## Example

`registry/orders.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-ORDERS-001
path: shop/orders.py
dependencies: []
```

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
```

`shop/orders.py`:

```python
from shop.prices import PRICE
```

`shop/prices.py`:

```python
PRICE = 90
```

gives

```text
shop/orders.py:1: DEP002 SHOP-BE-SVC-ORDERS-001 depends on SHOP-BE-SVC-PRICES-001, which its record does not declare
```

## How to mend

Declare it, or remove the import:

`registry/orders.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-ORDERS-001
path: shop/orders.py
dependencies:
  - SHOP-BE-SVC-PRICES-001 (prices.py)
```

## Options

- `every-record` (default `false`): judge records without any of the fields too, as if they declared
  that they depend on nothing.
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.checks.calls import Calls
from analyzer.checks.declarations import INWARD, OUTWARD, Declarations, Statement
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId
from analyzer.model.registry import Artifact


class UndeclaredOptions(Options, frozen=True):
    """What `[rules.undeclared-dependency]` holds."""

    every_record: bool = False
    """Whether a record without any declaration declares that there is nothing."""


def find(system: System, settings: Settings[UndeclaredOptions]) -> Iterator[Finding]:
    """Yield one finding for each dependency that one of its two records ought to name."""
    declarations = Declarations(system)
    calls = Calls(system)
    unsaid = Statement(()) if settings.options.every_record else None
    outward: dict[ArtifactId, Statement | None] = {}
    inward: dict[ArtifactId, Statement | None] = {}
    for artifact in system.artifacts.values():
        record = artifact.record
        outward[artifact.id] = declarations.find_statement(record, *OUTWARD) or unsaid
        inward[artifact.id] = declarations.find_statement(record, INWARD)
    for caller, called in calls.pairs():
        lacks = _lacks(outward[caller.id], called)
        is_unexpected = _lacks(inward[called.id], caller)
        chain: Chain = ()
        if lacks or is_unexpected:
            chain = calls.chain(caller=caller.id, called=called.id)
        if not chain:
            continue
        message = f"{caller.id} depends on {called.id}, which "
        message += "its record does not declare" if lacks else f"{INWARD} of that does not declare"
        if lacks and is_unexpected:
            message += f", nor does {INWARD} of that"
        mended = caller if lacks else called
        yield build_finding(
            "DEP002",
            message=message,
            subject=f"{caller.id} {called.id}",
            path=chain[0].importer,
            line=chain[0].line,
            artifact=mended.id,
            owner=mended.record.owner,
            chain=chain,
        )


def _lacks(statement: Statement | None, other: Artifact) -> bool:
    return statement is not None and statement.is_comparable and not statement.names(other)


CHECK = Check(find, UndeclaredOptions)
