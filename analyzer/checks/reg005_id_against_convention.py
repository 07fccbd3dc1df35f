"""REG005 id-against-convention: an id not built as agreed.

## What it does

Reports each id that is not built as agreed: another prefix, a layer that is not listed, a type or
a layer that are not those of the record. What is agreed stands in the table `[ids]` of the
configuration, else in the naming convention of a backlog document. Without either only the shape
counts: upper-case parts joined by hyphens, three digits at the end.

A file whose name is an id is held to it, too: one of its records has to bear it.

## Why it matters

People sort, search and recognise artifacts by their ids. One that tells another layer or type than
the record misleads them.

## Example

`registry/prices.yaml`:

```yaml
artifact_id: prices
path: shop/prices.py
```

`shop/prices.py`:

```python
VAT = 0.2
```

gives

```text
registry/prices.yaml:1: REG005 the id "prices" is not built as PREFIX-LAYER-TYPE-001: upper-case parts joined by hyphens, three digits at the end
```

## How to mend

Give the record an id as agreed, before others refer to it; or write the convention that is really
in use into `[ids]` or the backlog document.

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
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
    """Yield one finding for each id that is not built as agreed."""
    yield from find_deviations(system, "REG005")


CHECK = Check(find, Options)
