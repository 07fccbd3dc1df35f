"""`baseline`, and what the baseline does to what other commands find."""

from __future__ import annotations

import datetime
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import Writing, end, reply
from analyzer.cli.options import BaselineFile, Format, Output, RequireComplete, TextFormat
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from analyzer.checks.baseline import Comparison
    from analyzer.graph.system import System
    from analyzer.model.baseline import BaselineEntry
    from analyzer.model.findings import Finding
    from analyzer.model.renames import Renames


def baseline(
    context: typer.Context,
    prune: Annotated[
        bool, typer.Option("--prune", help="Accept nothing new; only take out what is gone.")
    ] = False,
    file: BaselineFile = None,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Accept what stands today.

    Writes the findings of today into one file; `check` and `review` leave them out from then on.
    What people have added to an entry, an owner, a reason, a date, stays.
    """
    session: Session = context.obj
    from analyzer.checks import judged_codes, run_checks  # noqa: PLC0415
    from analyzer.checks.baseline import accept_all  # noqa: PLC0415
    from analyzer.checks.baseline import prune as pruned  # noqa: PLC0415
    from analyzer.checks.baseline_file import render_baseline  # noqa: PLC0415
    from analyzer.model.reports import BaselineAnswer  # noqa: PLC0415
    from analyzer.renderings.text_parts import counted  # noqa: PLC0415

    place = BaselinePlace(session, file)
    entries = place.read(must_exist=prune, takes_both_sides=True)
    config = session.config()
    system = session.analyse(needs_registry=True)
    if require_complete and system.facts.unscanned:
        session.warn(f"{place.shown}: not written, since part of the code could not be read")
        end(system=system, require_complete=True)
    findings = run_checks(system, config)
    comparison = place.compare(system, findings, entries, judged=judged_codes(config))
    kept = pruned(comparison) if prune else accept_all(findings, comparison)
    place.write(render_baseline(kept))
    if comparison.expired:
        session.warn(
            f"{place.shown}: {counted(comparison.expired, 'entry', 'entries')} expired, accepting "
            "nothing any more; mend what is found, or set another day"
        )
    body = BaselineAnswer(
        path=place.shown,
        entries=len(kept),
        added=()
        if prune
        else tuple(one for one in findings if one.fingerprint not in comparison.accepted),
        removed=comparison.stale,
    )
    reply(context, system, body, Writing(format_, output, require_complete))


class BaselinePlace:
    """The baseline file of a project: that of an option, else that of the configuration."""

    def __init__(self, session: Session, option: Path | None) -> None:
        self._session = session
        self._project = session.project()
        self._is_named = option is not None
        file = self._project / session.config().baseline if option is None else option.absolute()
        self._file = Path(os.path.realpath(file))
        relative = os.path.relpath(self._file, self._project).replace(os.sep, "/")
        is_inside = self._file.is_relative_to(self._project)
        self.shown = relative if option is None or is_inside else str(option)
        """Its path, for messages."""

    def read(
        self, *, is_off: bool = False, must_exist: bool = False, takes_both_sides: bool = False
    ) -> tuple[BaselineEntry, ...]:
        """Its entries; none where it is off, or not there and nobody has said that it is.

        Args:
            is_off: nobody wants it.
            must_exist: that it is not there is a mistake.
            takes_both_sides: of a merge conflict, instead of refusing it.

        Raises:
            AnalyzerError: it is not there and ought to be, is off and named as well, cannot be
                read, or is no baseline.
        """
        if is_off and self._is_named:
            raise AnalyzerError("--baseline and --no-baseline exclude each other; leave one out")
        if is_off:
            return ()
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            if self._is_named or must_exist:
                raise AnalyzerError(
                    f"{self.shown}: there is no such baseline; `analyzer baseline` writes one"
                ) from None
            return ()
        except OSError as error:
            raise AnalyzerError(f"{self.shown}: cannot be read: {error.strerror}") from error
        from analyzer.checks.baseline_file import parse_baseline  # noqa: PLC0415

        return parse_baseline(data, shown=self.shown, takes_both_sides=takes_both_sides)

    def write(self, text: str) -> None:
        """Write it whole; where nothing is new it stays untouched."""
        if not self._file.is_file() or self._file.read_bytes() != text.encode():
            write_result(text, self._file)

    def compare(
        self,
        system: System,
        findings: Sequence[Finding],
        entries: Sequence[BaselineEntry],
        *,
        judged: Collection[str],
    ) -> Comparison:
        """Hold findings against its entries."""
        from analyzer.checks.baseline import compare_with_baseline  # noqa: PLC0415

        unread = {one.path for one in system.facts.unscanned}
        return compare_with_baseline(
            findings,
            entries,
            today=datetime.datetime.now(datetime.UTC).date(),
            judged=judged,
            unread=unread | {id_ for path, id_ in system.artifact_of.items() if path in unread},
            find_renames=self._find_renames,
        )

    def tell_of_stale(self, number: int, *, may_be_renamed: bool) -> None:
        """Tell people of entries whose finding is gone, and why it may be only seemingly so."""
        from analyzer.sources.git import is_shallow  # noqa: PLC0415
        from analyzer.sources.git_repository import find_repository  # noqa: PLC0415

        entries = "1 entry is" if number == 1 else f"{number} entries are"
        self._session.warn(
            f"{self.shown}: {entries} stale; `analyzer baseline --prune` takes them out"
        )
        with suppress(AnalyzerError):
            if may_be_renamed and is_shallow(find_repository(self._project)):
                self._session.warn(
                    "this clone is shallow: files that were renamed earlier count as new; bring "
                    "the history with `git fetch --unshallow`"
                )

    def _find_renames(self, entries: Sequence[BaselineEntry]) -> Mapping[BaselineEntry, Renames]:
        from analyzer.sources.line_history import find_renames_since  # noqa: PLC0415

        lines: dict[int, frozenset[str]] = {}
        for entry in entries:
            if entry.line is not None:
                # A file that a program has written anew may hold all of them in one line.
                lines[entry.line] = entry.words.union(lines.get(entry.line, ()))
        found = find_renames_since(project=self._project, file=self._file, lines=lines)
        return {entry: found[entry.line] for entry in entries if entry.line in found}
