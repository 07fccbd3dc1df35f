"""One finding code a file; `check_system` runs them all."""

from __future__ import annotations

import functools
import importlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.configuration import OFF, Config
from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Finding
from analyzer.model.rules import RULES, Rule

if TYPE_CHECKING:
    # Loading the checks takes as long as loading the graph; explaining one needs neither.
    from analyzer.checks.base import Check
    from analyzer.checks.ignoring import UnusedIgnore
    from analyzer.graph.system import System
    from analyzer.model.answers import OrphansAnswer
    from analyzer.questions.orphans import MentionFinder


class Checked(Struct, frozen=True):
    """What the checks find, sorted by place."""

    findings: tuple[Finding, ...]
    ignored: tuple[Finding, ...]
    """What comments in the code speak for."""


def run_checks(
    system: System,
    config: Config,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    orphans: OrphansAnswer | None = None,
) -> tuple[Finding, ...]:
    """The findings of `check_system` alone."""
    return check_system(system, config, select=select, ignore=ignore, orphans=orphans).findings


def check_system(
    system: System,
    config: Config,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    find_mentions: MentionFinder | None = None,
    orphans: OrphansAnswer | None = None,
) -> Checked:
    """Run the checks and keep the findings that are asked for.

    Args:
        system: registry and code.
        config: gives the scope, and the severity and the options of each rule.
        select: codes or prefixes of codes, as in ruff; all where there are none.
        ignore: codes or prefixes that are left out, also where they are selected.
        find_mentions: looks for places that name a file without importing it, which tells how sure
            an orphan is. It reads every file; without it, the findings are the same, and their
            messages do not speak of such places.
        orphans: those of the system, where they are known already.

    Raises:
        AnalyzerError: an option of a rule is wrong.
    """
    from analyzer.checks.base import Settings  # noqa: PLC0415
    from analyzer.checks.ignoring import apply_ignores, find_unused  # noqa: PLC0415
    from analyzer.checks.options import read_options  # noqa: PLC0415
    from analyzer.model.owners import Owners  # noqa: PLC0415

    @functools.cache
    def find_all_orphans() -> OrphansAnswer:
        from analyzer.questions.orphans import find_orphans  # noqa: PLC0415

        if orphans is not None:
            return orphans
        return find_orphans(system, find_mentions=find_mentions or _find_no_mentions)

    owners = Owners(config.owners, system.codeowners)
    wanted = {rule.code for rule in _wanted_rules(select=select, ignore=ignore)}
    judged = _judged_rules(system, config, wanted)
    findings: tuple[Finding, ...] = ()
    ignored: tuple[Finding, ...] = ()
    unused: tuple[UnusedIgnore, ...] = ()
    for rule in judged:
        if rule.code == "IGN002":
            outcome = apply_ignores(findings, system.ignores)
            findings, ignored = outcome.kept, outcome.ignored
            unused = tuple(
                find_unused(
                    system.ignores,
                    used=outcome.used,
                    judged={one.code for one in judged},
                    unread={one.path for one in system.facts.unscanned},
                )
            )
        check = load_check(rule)
        settings = Settings(
            scope=config.scope,
            options=read_options(check.options, rule=rule, config=config),
            find_orphans=find_all_orphans,
            owners=owners,
            unused_ignores=unused,
        )
        severity = config.severity_of(rule.code)
        findings += tuple(
            replace(one, severity=severity)
            for one in check.find(system, settings)
            if severity != OFF
        )
    outcome = apply_ignores(findings, system.ignores)
    kept = [one for one in outcome.kept if one.code in wanted]
    silent = [one for one in (*ignored, *outcome.ignored) if one.code in wanted]
    numbered = tuple(
        _tell_apart([*sorted(kept, key=Finding.sort_key), *sorted(silent, key=Finding.sort_key)])
    )
    return Checked(numbered[: len(kept)], numbered[len(kept) :])


def _judged_rules(system: System, config: Config, wanted: Collection[str]) -> list[Rule]:
    """The rules that are run: those that are wanted, and those that comments name, for IGN002.

    That one comes last: it tells which comments took nothing away from what the others found.
    """
    on = [rule for rule in RULES.values() if config.severity_of(rule.code) != OFF]
    named = {code for ignore in system.ignores for code in ignore.codes}
    judges_ignores = any(rule.code == "IGN002" and rule.code in wanted for rule in on)
    run = [rule for rule in on if rule.code in wanted or (judges_ignores and rule.code in named)]
    return sorted(run, key=lambda rule: rule.code == "IGN002")


def load_check(rule: Rule) -> Check[Any]:
    """The check of a rule: `CHECK` in the file that is called after it."""
    check: Check[Any] = importlib.import_module(f"analyzer.checks.{rule.module}").CHECK
    return check


def check_options(config: Config) -> None:
    """Refuse a configuration that holds options which no check has.

    Raises:
        AnalyzerError: a key is unknown, or a value is of the wrong kind; with the place.
    """
    from analyzer.checks.base import Options  # noqa: PLC0415
    from analyzer.checks.options import read_table  # noqa: PLC0415

    rules = {word: rule for rule in RULES.values() for word in (rule.code, rule.name)}
    for name in config.options:
        # A rule without a check has no options yet.
        kind = load_check(rules[name]).options if name in rules else Options
        read_table(kind, name=name, config=config)


def _find_no_mentions(names: Mapping[str, object]) -> Mapping[Any, Any]:
    return {}


def _tell_apart(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Give findings that say the same of the same file a fingerprint each."""
    seen: Counter[str] = Counter()
    for finding in findings:
        fingerprint = finding.fingerprint
        seen[fingerprint] += 1
        yield replace(finding, number=seen[fingerprint])


def split_codes(text: str) -> tuple[str, ...]:
    """`"DEP,REG001"` as codes and prefixes.

    Raises:
        AnalyzerError: one that fits no code.
    """
    prefixes = tuple(part.strip() for part in text.split(",") if part.strip())
    for prefix in prefixes:
        if prefix != "ALL" and not any(code.startswith(prefix) for code in RULES):
            raise AnalyzerError(f'"{prefix}" fits no finding code; there are {", ".join(RULES)}')
    return prefixes


def judged_codes(
    config: Config, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> frozenset[str]:
    """The codes that `check_system` looks for: asked for, and not switched off."""
    wanted = _wanted_rules(select=select, ignore=ignore)
    return frozenset(rule.code for rule in wanted if config.severity_of(rule.code) != OFF)


def _wanted_rules(*, select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    def fits(code: str, prefixes: Sequence[str]) -> bool:
        return any(prefix == "ALL" or code.startswith(prefix) for prefix in prefixes)

    return tuple(
        rule
        for code, rule in RULES.items()
        if (not select or fits(code, select)) and not fits(code, ignore)
    )
