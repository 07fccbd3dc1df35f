"""Rules and their explanations: on the terminal, as JSON, and as pages of the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analyzer.model.rules import ExplainedRule, RuleCatalogue


def rules_lines(body: ExplainedRule | RuleCatalogue) -> Iterator[str]:
    """One rule with its explanation, or a line for each of all."""
    if isinstance(body, ExplainedRule):
        rule = body.rule
        yield f"{rule.code} {rule.name}: {rule.summary}."
        yield f"Severity: {rule.default}, unless the configuration says otherwise."
        yield ""
        yield from body.explanation.splitlines()
        return
    rules = [one.rule for one in body.rules]
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        yield f"{rule.code}  {rule.default:<7}  {rule.name:<{width}}  {rule.summary}"


def rules_document(body: ExplainedRule | RuleCatalogue) -> dict[str, Any]:
    """One rule, or all of them, as JSON has it."""
    if isinstance(body, RuleCatalogue):
        return {"rules": [rules_document(one) for one in body.rules]}
    return {
        "code": body.rule.code,
        "name": body.rule.name,
        "severity": body.rule.default,
        "summary": body.rule.summary,
        "explanation": body.explanation,
    }


def render_page(one: ExplainedRule) -> str:
    """The page of a rule in the documentation, as Markdown."""
    rule = one.rule
    summary = f"{rule.summary[:1].upper()}{rule.summary[1:]}."
    return (
        f"# {rule.code} {rule.name}\n\n{summary} Severity: {rule.default}, unless "
        f"`[rules.{rule.name}]` says otherwise.\n\n{one.explanation}"
    )


def render_index(catalogue: RuleCatalogue) -> str:
    """The page that lists all rules, as Markdown."""
    rows = [
        f"| [{one.rule.code}]({one.rule.code}.md) | {one.rule.name} | {one.rule.summary} "
        f"| {one.rule.default} |\n"
        for one in catalogue.rules
    ]
    return (
        "# Rules\n\n"
        "What `analyzer check` and `analyzer review` look for. Each page is what "
        "`analyzer rule CODE` prints.\n\n"
        "The severity of each is set in `[rules.<name>]`: `error`, `warning`, `info` or `off`. "
        "`--select` and `--ignore` "
        "take codes and\nprefixes of codes; `--fail-level` says from which severity on the command "
        "fails.\n\n"
        "The examples are run by the tests; their records are shortened to the fields that "
        "matter.\n\n"
        f"| code | name | finds | default |\n|---|---|---|---|\n{''.join(rows)}"
    )
