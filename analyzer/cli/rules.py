"""`rule`: what a finding means; as a program, the pages of the documentation about all of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import Format, Output, TextFormat
from analyzer.cli.output import write_result
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.model.rules import ExplainedRule, Rule, RuleCatalogue


def rule(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="A finding's code or name, in any case.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="List every rule instead.")] = False,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
) -> None:
    """Explain a finding's code.

    What it means, why it matters, an example, and how to mend it.
    """
    if (code is None) is not all_:
        raise AnalyzerError("name what is to be explained: either CODE or --all")
    from analyzer.model.answers import Answer  # noqa: PLC0415
    from analyzer.model.rules import get_rule  # noqa: PLC0415
    from analyzer.renderings.documents import render_json  # noqa: PLC0415
    from analyzer.renderings.text import render_text  # noqa: PLC0415

    body = load_catalogue() if code is None else _explain(get_rule(code))
    answer = Answer("rule", body, ())
    is_json = format_ is TextFormat.JSON
    write_result(render_json(answer) if is_json else render_text(answer), output)


def load_catalogue() -> RuleCatalogue:
    """Every rule with its explanation."""
    from analyzer.model.rules import RULES, RuleCatalogue  # noqa: PLC0415

    return RuleCatalogue(tuple(map(_explain, RULES.values())))


def _explain(one: Rule) -> ExplainedRule:
    from analyzer.checks.explanations import load_explanation  # noqa: PLC0415
    from analyzer.model.rules import ExplainedRule  # noqa: PLC0415

    return ExplainedRule(one, load_explanation(one))


def build_pages() -> dict[str, str]:
    """File name -> text of each page about rules, the index among them."""
    from analyzer.renderings.rules import render_index, render_page  # noqa: PLC0415

    catalogue = load_catalogue()
    pages = {f"{one.rule.code}.md": render_page(one) for one in catalogue.rules}
    return {"README.md": render_index(catalogue), **pages}


def write_pages(folder: Path) -> None:
    """Write the pages, and delete those of rules that are gone."""
    pages = build_pages()
    for file in folder.glob("*.md"):
        if file.name not in pages:
            file.unlink()
    for name, text in pages.items():
        write_result(text, folder / name)


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
