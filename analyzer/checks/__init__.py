"""One finding code a file; `run_checks` runs them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from analyzer.checks import (
    dep001_unregistered_dependency,
    dep005_dependency_cycle,
    reg006_unregistered_module,
    registry_deviations,
    scn001_unscanned_file,
)
from analyzer.checks.base import Check, Settings
from analyzer.graph.system import System
from analyzer.model.configuration import OFF, Config
from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Finding
from analyzer.model.rules import RULES

CHECKS: tuple[Check, ...] = (
    registry_deviations.find,
    reg006_unregistered_module.find,
    dep001_unregistered_dependency.find,
    dep005_dependency_cycle.find,
    scn001_unscanned_file.find,
)


def run_checks(
    system: System, config: Config, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Run all checks and keep the findings that are asked for, sorted by place.

    Args:
        system: registry and code.
        config: gives the scope, and the severity of each rule.
        select: codes or prefixes of codes, as in ruff; all where there are none.
        ignore: codes or prefixes that are left out, also where they are selected.
    """
    wanted = _wanted_codes(select=select, ignore=ignore)
    settings = Settings(scope=config.scope)
    findings = []
    for check in CHECKS:
        for finding in check(system, settings):
            severity = config.severity_of(finding.code)
            if finding.code in wanted and severity != OFF:
                findings.append(replace(finding, severity=severity))
    return tuple(_tell_apart(sorted(findings, key=Finding.sort_key)))


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


def _wanted_codes(*, select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    def fits(code: str, prefixes: Sequence[str]) -> bool:
        return any(prefix == "ALL" or code.startswith(prefix) for prefix in prefixes)

    return frozenset(
        code for code in RULES if (not select or fits(code, select)) and not fits(code, ignore)
    )
