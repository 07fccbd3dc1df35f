"""SCN001 unscanned-file: code that could not be read.

## What it does

Reports each place in the code that could not be read: a syntax error, a file that is not UTF-8 or
too large, a relative import that reaches beyond its root, a link that leads in a circle.

## Why it matters

What cannot be read may hold imports. Every answer that they could change says that it is not
complete, and whoever relies on it has to know.

## Example

`shop/orders.py`:

```python
VAT = 0.2


def price(:
```

gives

```text
shop/orders.py:4: SCN001 syntax-error: def price(:
```

## How to mend

Mend the file. One that is not meant to be read, such as a template, is left out in `exclude`:

`analyzer.toml`:

```toml
exclude = ["shop/orders.py"]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import UnscannedReason


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each place that could not be read."""
    for entry in system.facts.unscanned:
        artifact_id = system.artifact_of.get(entry.path)
        artifact = None if artifact_id is None else system.artifacts[artifact_id]
        yield build_finding(
            "SCN001",
            message=f"{entry.reason}: {entry.detail}",
            # Of other reasons the detail may hold positions, which move.
            subject=f"{entry.reason} {entry.detail}"
            if entry.reason is UnscannedReason.SYNTAX_ERROR
            else entry.reason,
            path=entry.path,
            line=entry.line,
            artifact=artifact_id,
            owner=None if artifact is None else artifact.record.owner,
        )


CHECK = Check(find, Options)
