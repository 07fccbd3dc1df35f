"""Options that several commands share."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from analyzer.model.findings import Severity


class TextFormat(enum.StrEnum):
    """Formats of every command that answers in words."""

    TEXT = "text"
    JSON = "json"


Format = Annotated[TextFormat, typer.Option("--format", help="How the answer is written.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file instead of stdout; - is stdout."),
]
RequireComplete = Annotated[
    bool,
    typer.Option("--require-complete", help="Exit with 3 where part of the code cannot be read."),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        readable=False,
        help="The baseline. Default: the one of the configuration, analyzer-baseline.json.",
    ),
]
NoBaseline = Annotated[bool, typer.Option("--no-baseline", help="Also what the baseline accepts.")]
Kinds = Annotated[
    str | None,
    typer.Option(
        "--kinds",
        metavar="KINDS",
        help="Only links of these kinds, separated by commas, such as runtime,function-level.",
    ),
]
Select = Annotated[
    str, typer.Option("--select", help="Only these codes or prefixes, separated by commas.")
]
Ignore = Annotated[
    str, typer.Option("--ignore", help="Not these codes or prefixes, separated by commas.")
]
FailLevel = Annotated[
    Severity, typer.Option("--fail-level", help="Exit with 1 where a finding is at least so grave.")
]
Ref = Annotated[
    str,
    typer.Argument(metavar="REF", help="An artifact id, a path, a module, or a record's name."),
]
