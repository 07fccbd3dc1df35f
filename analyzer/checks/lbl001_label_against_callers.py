"""LBL001 label-against-callers: the record names one product, its callers belong to others.

## What it does

Compares the product that a record names with the products of those who call the artifact, directly
or through code that belongs to no artifact. It reports a record of one product that an artifact of
another product calls, or of a shared one such as `system-wide`, at the line that names the product.
Labels lie, callers do not: what the platform or a second product runs on is not one product's own.

Left alone are: records of a shared product, as anyone may call them; callers that name no product;
test code and imports for type checkers; an application that takes in the routes of a product, and
shared code that imports a route or a page, as both only put the parts together.

## Why it matters

The label decides who reviews a change and who is told. Whoever changes, or deletes, "only a part of
product A" breaks product B.

## Example

`registry/mail.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-MAIL-001
path: shop/mail.py
product: web-shop
```

`registry/payout.yaml`:

```yaml
artifact_id: SHOP-BE-WKR-PAYOUT-001
path: shop/payout.py
product: marketplace
```

`shop/mail.py`:

```python
def send(text): ...
```

`shop/payout.py`:

```python
from shop.mail import send
```

gives

```text
registry/mail.yaml:3: LBL001 the record of SHOP-BE-SVC-MAIL-001 names the product web-shop, but SHOP-BE-WKR-PAYOUT-001 (marketplace) calls it
```

## How to mend

Name the product that the callers show:

`registry/mail.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-MAIL-001
path: shop/mail.py
product: system-wide
```

## Options

- `shared` (default `["all", "common", "platform", "shared", "system-wide"]`): the products that are
  nobody's own.
- `surfaces` (default `["api-route", "page", "ui-page"]`): the types that shared code may import
  without that saying anything about their product.
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.checks.calls import Calls
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId
from analyzer.model.registry import Artifact

_MOST_NAMED = 3


class LabelOptions(Options, frozen=True):
    """What `[rules.label-against-callers]` holds."""

    shared: tuple[str, ...] = ("all", "common", "platform", "shared", "system-wide")
    """Products that are nobody's own."""
    surfaces: tuple[str, ...] = ("api-route", "page", "ui-page")
    """Types that shared code puts together without calling them."""


def find(system: System, settings: Settings[LabelOptions]) -> Iterator[Finding]:
    """Yield one finding for each record whose product is not that of all its callers."""
    options, calls = settings.options, Calls(system)
    foreign: dict[ArtifactId, list[tuple[Artifact, Chain]]] = defaultdict(list)
    for caller, called in calls.pairs():
        if _is_foreign(caller, called, options):
            chain = calls.chain(caller=caller.id, called=called.id)
            if chain:
                foreign[called.id].append((caller, chain))
    for id_, callers in foreign.items():
        record = system.artifacts[id_].record
        field = "product" if "product" in record.lines else "traceability.product"
        yield build_finding(
            "LBL001",
            message=f"the record of {id_} names the product {record.product}, "
            f"but {_name([caller for caller, _ in callers])} it",
            subject=f"product {record.product}",
            path=record.origin.path,
            line=record.line_of(field),
            artifact=id_,
            owner=record.owner,
            chain=callers[0][1],
        )


def _is_foreign(caller: Artifact, called: Artifact, options: LabelOptions) -> bool:
    """Whether a call would show that the product of what is called is not its own."""
    label, other = called.record.product, caller.record.product
    if label is None or other is None or label.lower() == other.lower():
        return False
    shared = {product.lower() for product in options.shared}
    if label.lower() in shared:
        return False
    return other.lower() not in shared or called.record.type not in options.surfaces


def _name(callers: list[Artifact]) -> str:
    shown = [f"{one.id} ({one.record.product})" for one in callers[:_MOST_NAMED]]
    if len(callers) == 1:
        return f"{shown[0]} calls"
    if len(callers) <= _MOST_NAMED:
        return f"{', '.join(shown[:-1])} and {shown[-1]} call"
    return f"{', '.join(shown)} and {len(callers) - _MOST_NAMED} more call"


CHECK = Check(find, LabelOptions)
