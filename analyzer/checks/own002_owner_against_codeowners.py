"""OWN002 owner-against-codeowners: the record names one owner, CODEOWNERS others for its files.

## What it does

Reports each artifact whose owner is not among those whom the repository's CODEOWNERS file names for
its files, at the `owner` of its record; once for each set of people who are named instead. Of
several sections on GitLab, all together count. Files that CODEOWNERS gives to nobody are no
finding: `analyzer owners` lists them.

The name in the record is a handle's own where they are the same in any case, with or without `@`
and the organisation: `sales` is `@shop/Sales`. For other names there is `[owners]`:

```toml
[owners]
sales = ["@shop/revenue", "ann@shop.example"]
```

Without a CODEOWNERS file nothing is reported.

## Why it matters

The forge asks one team to approve a change, the registry tells another one of it. One of both is
out of date, and whoever looks up the owner during an incident gets the wrong people.

## Example

`registry/prices.yaml`:

```yaml
artifact_id: SHOP-BE-SVC-PRICES-001
path: shop/prices.py
owner: sales
```

`.github/CODEOWNERS`:

```codeowners
# The last match wins.
*             @shop/sales
/shop/*       @shop/platform @ann
```

`shop/prices.py`:

```python
VAT = 0.2
```

gives

```text
registry/prices.yaml:3: OWN002 owner is "sales", but .github/CODEOWNERS:3 gives shop/prices.py to @ann, @shop/platform
```

## How to mend

Name in the record whom CODEOWNERS names, or the other way round:

`.github/CODEOWNERS`:

```codeowners
*                @shop/sales
/shop/*          @shop/platform @ann
/shop/prices.py  @shop/sales
```

Where both mean the same people, say so in `[owners]`. `analyzer registry codeowners` writes the
file from the records.
"""  # noqa: E501 - a finding is one line

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.graph.system import System
from analyzer.model.codeowners import Codeowners, OwnerRule
from analyzer.model.findings import Finding
from analyzer.model.names import ProjectPath
from analyzer.model.registry import Artifact


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each artifact and each set of other owners of its files."""
    codeowners = system.codeowners
    if codeowners is None:
        return
    for artifact in system.artifacts.values():
        owner = artifact.record.owner
        if not owner:
            continue
        for others, files in _owners_of(codeowners, artifact).items():
            if not settings.owners.is_among(owner, others):
                yield _build(codeowners, artifact, others, files)


_Files = list[tuple[ProjectPath, tuple[OwnerRule, ...]]]


def _owners_of(codeowners: Codeowners, artifact: Artifact) -> dict[tuple[str, ...], _Files]:
    """Whom the file names -> the files that they own, each with the lines that say so."""
    found: dict[tuple[str, ...], _Files] = {}
    for path in artifact.files:
        rules = tuple(rule for rule in codeowners.find_rules(path) if rule.owners)
        if rules:
            owners = tuple(sorted({owner for rule in rules for owner in rule.owners}))
            found.setdefault(owners, []).append((path, rules))
    return found


def _build(
    codeowners: Codeowners, artifact: Artifact, others: tuple[str, ...], files: _Files
) -> Finding:
    (path, rules), *more = files
    places = ", ".join(str(codeowners.place_of(rule)) for rule in rules)
    gives = "gives" if len(rules) == 1 else "give"
    rest = f" and {len(more)} more of its files" if more else ""
    return build_finding(
        "OWN002",
        message=f'owner is "{artifact.record.owner}", but {places} {gives} {path}{rest} to '
        f"{', '.join(others)}",
        subject=f"codeowners:{', '.join(others)}",
        path=artifact.record.origin.path,
        line=artifact.record.line_of("owner"),
        artifact=artifact.id,
        owner=artifact.record.owner,
    )


CHECK = Check(find, Options)
