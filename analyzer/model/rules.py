"""The catalogue of finding codes: what users name in `--select` and in the configuration."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Severity
from analyzer.model.hints import near_name


class Rule(Struct, frozen=True):
    """One kind of finding."""

    code: str
    name: str
    severity: Severity
    """Unless the configuration says otherwise."""
    summary: str
    """What is found, in a few words: the first line of its explanation, too."""

    @property
    def module(self) -> str:
        """The name of its file in `analyzer/checks`, such as `reg003_missing_file`."""
        return f"{self.code.lower()}_{self.name.replace('-', '_')}"


_ALL = (
    Rule("REG001", "invalid-record", Severity.ERROR, "a record that is not as the schema says"),
    Rule("REG002", "duplicate-id", Severity.ERROR, "an id that two records bear"),
    Rule("REG003", "missing-file", Severity.ERROR, "a record whose file is not there"),
    Rule("REG004", "ambiguous-place", Severity.ERROR, "a record that fits several files"),
    Rule("REG005", "id-against-convention", Severity.WARNING, "an id not built as agreed"),
    Rule("REG006", "unregistered-module", Severity.WARNING, "a module in scope without a record"),
    Rule(
        "DEP001",
        "unregistered-dependency",
        Severity.ERROR,
        "code of an artifact imports a module in scope that has no record",
    ),
    Rule(
        "DEP002",
        "undeclared-dependency",
        Severity.INFO,
        "in the code, but not among what the record declares",
    ),
    Rule("DEP003", "unused-declaration", Severity.INFO, "declared in the record, not in the code"),
    Rule(
        "DEP004",
        "forbidden-dependency",
        Severity.ERROR,
        "a dependency that a record, a rule or the order of layers forbids",
    ),
    Rule("DEP005", "dependency-cycle", Severity.ERROR, "artifacts that depend on each other"),
    Rule("DEP006", "wave-order", Severity.WARNING, "an artifact depends on one of a later wave"),
    Rule(
        "ORP002",
        "no-importers",
        Severity.WARNING,
        "an artifact that nothing imports or starts",
    ),
    Rule("ORP003", "tests-only", Severity.WARNING, "an artifact that only tests import"),
    Rule("ORP004", "scripts-only", Severity.WARNING, "an artifact that only scripts reach"),
    Rule("ORP005", "unmounted-route", Severity.WARNING, "an API route that no application mounts"),
    Rule("ORP006", "unreachable", Severity.WARNING, "an artifact that only dead code imports"),
    Rule("OWN001", "no-owner", Severity.ERROR, "a record that names no owner"),
    Rule(
        "OWN002",
        "owner-against-codeowners",
        Severity.WARNING,
        "the record names one owner, CODEOWNERS others for its files",
    ),
    Rule(
        "LBL001",
        "label-against-callers",
        Severity.WARNING,
        "the record names one product, its callers belong to others",
    ),
    Rule(
        "AUT001",
        "authority-escalation",
        Severity.WARNING,
        "an artifact that only observes or advises reaches one that acts",
    ),
    Rule("SCN001", "unscanned-file", Severity.WARNING, "code that could not be read"),
    Rule(
        "IGN001",
        "ignore-without-reason",
        Severity.WARNING,
        "a comment takes findings away and does not say why",
    ),
    Rule(
        "IGN002",
        "unused-ignore",
        Severity.WARNING,
        "a comment ignores a code, and there is no such finding",
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}
"""Code -> rule, for every check that there is."""


def get_rule(text: str) -> Rule:
    """The rule with a code or a name, in any case.

    Raises:
        AnalyzerError: there is none; the message holds the nearest name.
    """
    wanted = text.strip().lower()
    for rule in _ALL:
        if wanted in (rule.code.lower(), rule.name):
            return rule
    known = [word for rule in _ALL for word in (rule.code, rule.name)]
    # Codes are near each other in any case; names are all small.
    near = wanted.upper() if wanted[-1:].isdigit() else wanted
    raise AnalyzerError(f'there is no rule "{text}"{near_name(near, known)}')


class ExplainedRule(Struct, frozen=True):
    """A rule with what its findings mean."""

    rule: Rule
    explanation: str
    """Markdown: `## What it does`, `## Why it matters`, `## Example`, `## How to mend` and, where
    the rule has any, `## Options`."""


class RuleCatalogue(Struct, frozen=True):
    """Every rule, in the order of the catalogue."""

    rules: tuple[ExplainedRule, ...]
