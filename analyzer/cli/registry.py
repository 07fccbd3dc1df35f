"""`registry …`: the registry's own life."""

from __future__ import annotations

import typer

from analyzer.cli import (
    adding,
    changing,
    discovering,
    importing,
    owning,
    progress,
    validating,
)
from analyzer.cli.answering import Writing, reply
from analyzer.cli.options import Format, Output, RequireComplete, TextFormat
from analyzer.cli.session import Session

app = typer.Typer(no_args_is_help=True, help="The registry's own life.", rich_markup_mode=None)


@app.callback()
def registry() -> None:
    """The registry's own life."""


@app.command("list")
def list_(
    context: typer.Context,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Every artifact and where it stands."""
    session: Session = context.obj
    system = session.analyse(needs_registry=True)
    from analyzer.questions.overview import list_artifacts  # noqa: PLC0415

    writing = Writing(format_, output, require_complete)
    reply(context, system, list_artifacts(system), writing)


app.command()(discovering.discover)
app.command()(adding.add)
app.command()(validating.validate)
app.command()(validating.schema)
app.command("import")(importing.import_)
app.command("progress")(progress.progress)
app.add_typer(changing.app, name="change")
app.command("codeowners")(owning.codeowners)
