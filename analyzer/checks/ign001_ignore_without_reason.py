"""IGN001 ignore-without-reason: a comment takes findings away and does not say why.

## What it does

Finds comments such as `# analyzer: ignore[DEP001]` that give no reason behind the bracket. They do
ignore the finding; what is reported instead is that nobody knows why.

A comment speaks for the findings of its own line; on any line of an import over several lines, for
those of the import. Findings that have no line, such as REG006, are ignored by
`# analyzer: ignore-file[REG006] reason` at the top of the file, above its first statement. Several
codes are separated by commas. There is no comment that ignores every code. The YAML files of the
registry may have such comments as well.

## Why it matters

Who reads the line in a year has to decide whether the reason still holds. Without one, the comment
stays for ever.

## Example

`shop/prices.py`:

```python
from shop import rates  # analyzer: ignore[DEP001]
```

gives

```text
shop/prices.py:1: IGN001 DEP001 is ignored without a reason; say why behind the bracket
```

## How to mend

Say why, and where it helps, until when:

`shop/prices.py`:

```python
from shop import rates  # analyzer: ignore[DEP001] goes with the old price list in May
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each comment with a code and without a reason."""
    for ignore in system.ignores:
        if not ignore.codes or ignore.reason:
            continue
        codes = ", ".join(ignore.codes)
        artifact = system.find_artifact_of(ignore.path)
        yield build_finding(
            "IGN001",
            message=f"{codes} is ignored without a reason; say why behind the bracket",
            subject=f"{'file ' if ignore.is_for_file else ''}{codes}",
            path=ignore.path,
            line=ignore.line,
            artifact=None if artifact is None else artifact.id,
            owner=None if artifact is None else artifact.record.owner,
        )


CHECK = Check(find, Options)
