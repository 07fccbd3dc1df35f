"""IGN002 unused-ignore: a comment ignores a code, and there is no such finding.

## What it does

Finds codes in comments such as `# analyzer: ignore[DEP001] reason` that take no finding away:
because it is mended, because the comment stands on another line, because there is no such code, or
because the comment names none at all. The code of a rule that is switched off is not judged, nor is
a file that could not be read to its end.

## Why it matters

A comment that is left behind will take away the next finding on that line, which nobody has looked
at.

## Example

`shop/prices.py`:

```python
import decimal  # analyzer: ignore[DEP001] to be registered
```

gives

```text
shop/prices.py:1: IGN002 there is no DEP001 on this line; remove the code from the comment
```

## How to mend

Remove the code from the comment; with the last code, the comment:

`shop/prices.py`:

```python
import decimal
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Check, Options, Settings, build_finding
from analyzer.checks.ignoring import UnusedIgnore
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.hints import near_name
from analyzer.model.rules import RULES


def find(system: System, settings: Settings[Options]) -> Iterator[Finding]:
    """Yield one finding for each code in a comment that takes no finding away."""
    for unused in settings.unused_ignores:
        ignore = unused.ignore
        artifact = system.find_artifact_of(ignore.path)
        yield build_finding(
            "IGN002",
            message=_explain(unused),
            subject=f"{'file ' if ignore.is_for_file else ''}{unused.code or 'no code'}",
            path=ignore.path,
            line=ignore.line,
            artifact=None if artifact is None else artifact.id,
            owner=None if artifact is None else artifact.record.owner,
        )


def _explain(unused: UnusedIgnore) -> str:
    ignore, code = unused.ignore, unused.code
    word = "ignore-file" if ignore.is_for_file else "ignore"
    if code is None:
        return f"this ignores nothing: it names no code; write {word}[CODE] and the reason"
    if code not in RULES:
        return _explain_unknown(code)
    if code in ("IGN001", "IGN002"):
        return f"{code} cannot be ignored by a comment; mend the comment that it is about"
    if ignore.is_misplaced:
        return f"{word} stands below the first statement; move it to the top of the file"
    if ignore.is_for_file:
        return (
            f"this file has no {code} without a line; remove the code from the comment, or write "
            f"ignore[{code}] on the line of one"
        )
    return f"there is no {code} on this line; remove the code from the comment"


def _explain_unknown(code: str) -> str:
    if code and any(known.startswith(code) for known in RULES):
        return f'"{code}" is only the beginning of codes; name each code that is ignored'
    # `rule` takes names and any case, and shows both.
    meant = [one.code for one in RULES.values() if code.upper() == one.code or code == one.name]
    hint = f'; did you mean "{meant[0]}"?' if meant else near_name(code, RULES)
    return f'there is no finding code "{code}"{hint}'


CHECK = Check(find, Options)
