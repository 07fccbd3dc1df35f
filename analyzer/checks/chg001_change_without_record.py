"""CHG001 change-without-record: a change touches an artifact, and no change record in it says so.

## What it does

In a `review`, reports each artifact whose files the change touches and which no record of a change
names that the change brings or edits, at the first of these files that is still there. Such records are YAML documents
with a `change_id` and the ids in `scope.artifacts_modified`; they stand in the folder that
`change-records` of the configuration names, else in `changes` in the registry's folder.

It is off unless the configuration gives it a severity. `check` looks at no change, so it never
reports it.

## Why it matters

Where each change has to be declared, the one that is not is the one that nobody has judged: what it
does to authority, behaviour, interfaces and data stands nowhere.

## Example

Of a change that adds all of these files:

`analyzer.toml`:

```toml
[rules.change-without-record]
severity = "error"
```

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
```

`shop/prices.py`:

```python
VAT = 0.2
```

gives

```text
shop/prices.py: CHG001 the change touches SHOP-BE-SVC-PRICES-001, and no record of a change in it says so; draft one with `analyzer registry change new`
```

## How to mend

`analyzer registry change new --base REV` drafts the record; fill in what only you know.

`registry/changes/CHANGE-2026-0001.yaml`:

```yaml
change_id: CHANGE-2026-0001
purpose: Lower the rate from January on
scope:
  artifacts_modified:
    - SHOP-BE-SVC-PRICES-001
```
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each artifact that a change touches and no record in it names."""
    change = settings.change
    if change is None:
        return
    named = {name.casefold() for record in change.records for name in record.artifacts}
    for id_, path in change.artifacts.items():
        if id_.casefold() not in named:
            artifact = system.artifacts.get(id_)
            yield build_finding(
                "CHG001",
                message=f"the change touches {id_}, and no record of a change in it says so; draft "
                "one with `analyzer registry change new`",
                subject="unrecorded",
                path=path,
                artifact=id_,
                owner=None if artifact is None else artifact.record.owner,
            )


CHECK = Check(find, Options)
