"""REG001 invalid-record: a record that is not as the schema says.

## What it does

Reports what cannot be used in the registry: a file that cannot be read or is no YAML, a document
that holds no record, a required field that is missing, a field that is given twice or holds
another kind of value, a value outside of those that the schema allows, and rows of a backlog
document that contradict the records.

A registry's own schema document, a mapping with `artifact_schema`, says which values its fields may
have; without one the analyzer's own lists count. What is wrong with one record hides no other one,
and unknown fields are left alone.

## Why it matters

Every answer about owners, waves and authority rests on the records. A value that nobody can read
is a value that nobody is held to.

## Example

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
authority_level: obsrve
```

`shop/prices.py`:

```python
VAT = 0.2
```

gives

```text
registry/prices.yaml:3: REG001 unknown authority_level "obsrve"; one of observe, advise, enforce, mutate; did you mean "observe"?
```

## How to mend

Correct the line that is named. Where the registry rightly uses a value of its own, add it to the
`enum` of that field in the registry's schema document.

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
authority_level: observe
```
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings
from analyzer.checks.registry_deviations import find_deviations
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each thing that is not as the schema says."""
    yield from find_deviations(system, "REG001")


CHECK = Check(find, Options)
