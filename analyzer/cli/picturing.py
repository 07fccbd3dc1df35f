"""Which picture is asked for, and what it shows: the options of `diagram` before any drawing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.model.pictures import Direction, FoldBy, Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.cli.session import Session
    from analyzer.graph.system import System
    from analyzer.model.answers import Orphan
    from analyzer.model.findings import Finding
    from analyzer.model.registry import Artifact
    from analyzer.questions.references import Reference


class Question(Struct, frozen=True, kw_only=True):
    """What a picture is asked to show: some of what the records say, or one of the others."""

    waves: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    around: str | None = None
    depth: int | None = None
    direction: Direction | None = None
    why: tuple[str, str] | None = None
    impact: tuple[str, ...] = ()
    cycle: str | None = None
    diff: str | None = None
    kinds: str | None = None

    def check(self) -> None:
        """Refuse what is no single question.

        Raises:
            AnalyzerError: two questions, or an option of another one.
        """
        filters = {
            "--wave": self.waves,
            "--owner": self.owners,
            "--type": self.types,
            "--product": self.products,
        }
        others = {
            "--around": self.around,
            "--why": self.why,
            "--impact": self.impact,
            "--cycle": self.cycle,
            "--diff": self.diff,
        }
        used = [name for name, value in others.items() if value]
        used += [name for name, value in filters.items() if value][: 1 if used else 0]
        if len(used) > 1:
            raise AnalyzerError(
                f"{used[0]} and {used[1]} ask for different pictures; draw them one by one"
            )
        if self.diff and self.kinds:
            raise AnalyzerError("--diff compares links of all kinds; leave --kinds out")
        for name, value in (("--depth", self.depth), ("--direction", self.direction)):
            if value is not None and not self.around:
                raise AnalyzerError(f"{name} says how --around looks; add --around REF")


class Shape(Struct, frozen=True, kw_only=True):
    """How much of it is drawn."""

    max_boxes: int
    fold_by: FoldBy | None = None
    is_whole: bool = False
    """Whether nothing is folded."""
    expand: tuple[str, ...] = ()
    is_reduced: bool = False
    title: str | None = None

    def check(self) -> None:
        """Refuse to open what is not folded.

        Raises:
            AnalyzerError: nothing is folded, and something is to be opened.
        """
        if self.is_whole and self.expand:
            raise AnalyzerError(
                "--expand opens a folded box, and --fold-by none folds nothing; leave one out"
            )


class Judgement(Struct, frozen=True):
    """What is wrong in a system."""

    findings: Sequence[Finding]
    orphans: Sequence[Orphan] = ()


class Painter:
    """Answers questions about one project: what is the same for several pictures is found once."""

    def __init__(self, session: Session) -> None:
        """Begin without having read anything."""
        self._session = session
        self._system: System | None = None
        self._judgement: Judgement | None = None

    @property
    def system(self) -> System:
        """Registry and code, with links of all kinds."""
        if self._system is None:
            self._system = self._session.analyse(needs_registry=True)
        return self._system

    def find_picture(self, question: Question) -> Picture | None:
        """What is asked for, with marks, before it is folded; nothing where there is no chain.

        Raises:
            AnalyzerError: the question is none, or names something that is not there.
        """
        from analyzer.questions.pictures.marks import mark_picture  # noqa: PLC0415

        question.check()
        if question.diff is not None:
            return self._find_difference(question.diff)
        system = self._restrict(self.system, question.kinds)
        picture = self._find(system, question)
        if picture is None:
            return None
        judgement = self._judge()
        return mark_picture(
            picture, system=system, findings=judgement.findings, orphans=judgement.orphans
        )

    def _find(self, system: System, question: Question) -> Picture | None:
        from analyzer.graph.modules import any_kind, runs  # noqa: PLC0415
        from analyzer.questions.pictures.around import picture_around  # noqa: PLC0415
        from analyzer.questions.pictures.chains import picture_why  # noqa: PLC0415
        from analyzer.questions.pictures.impacts import picture_impact  # noqa: PLC0415
        from analyzer.questions.pictures.knots import picture_knot  # noqa: PLC0415
        from analyzer.questions.pictures.selections import (  # noqa: PLC0415
            Selection,
            picture_selection,
        )

        if question.around:
            return picture_around(
                system,
                self._get_artifact(question.around),
                depth=question.depth or 1,
                direction=question.direction or Direction.BOTH,
            )
        if question.why:
            source, target = self._get_references(question.why)
            return picture_why(system, source=source, target=target)
        if question.impact:
            # Who names the kinds gets them, also imports that only type checkers see.
            allows = any_kind if question.kinds else runs
            return picture_impact(system, self._get_references(question.impact), allows=allows)
        if question.cycle:
            return picture_knot(system, self._get_artifact(question.cycle))
        selection = Selection(
            waves=question.waves,
            owners=question.owners,
            types=question.types,
            products=question.products,
        )
        return picture_selection(system, selection)

    def _find_difference(self, revision: str) -> Picture:
        from analyzer.cli.reviewing import compare_with  # noqa: PLC0415
        from analyzer.questions.pictures.differences import picture_difference  # noqa: PLC0415
        from analyzer.questions.pictures.marks import mark_picture  # noqa: PLC0415

        both = compare_with(self._session, revision, option="--diff")
        self._system = both.head
        picture = picture_difference(both.answer, base=both.base, head=both.head, revision=revision)
        return mark_picture(
            picture, system=both.head, findings=self._leave_accepted(both.answer.findings)
        )

    def _judge(self) -> Judgement:
        """Everything that `check` and `orphans` say; the baseline's findings are accepted."""
        if self._judgement is None:
            from analyzer.checks import run_checks  # noqa: PLC0415
            from analyzer.cli.asking import find_mentions_in  # noqa: PLC0415
            from analyzer.questions.orphans import find_orphans  # noqa: PLC0415

            session, system = self._session, self.system
            project, config = session.project(), session.config()
            with session.patience() as report:
                report("checking")
                orphans = find_orphans(
                    system,
                    find_mentions=lambda names: find_mentions_in(
                        system, project, names, baseline=config.baseline
                    ),
                )
                findings = run_checks(system, config, orphans=orphans)
            self._judgement = Judgement(self._leave_accepted(findings), orphans.orphans)
        return self._judgement

    def _leave_accepted(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """The findings that the baseline does not accept."""
        from analyzer.cli.baselining import BaselinePlace  # noqa: PLC0415

        place = BaselinePlace(self._session, None)
        return place.compare(self.system, findings, place.read(), judged=()).findings

    def _restrict(self, system: System, kinds: str | None) -> System:
        from analyzer.cli.kinds import parse_kinds  # noqa: PLC0415

        wanted = parse_kinds(kinds)
        return system if wanted is None else system.restricted_to(wanted)

    def _get_artifact(self, ref: str) -> Artifact:
        from analyzer.questions.references import get_artifact  # noqa: PLC0415

        project = self._session.project()
        return get_artifact(self.system, ref, project=project, working_directory=Path.cwd())

    def _get_references(self, refs: Iterable[str]) -> list[Reference]:
        from analyzer.questions.references import get_reference  # noqa: PLC0415

        project = self._session.project()
        return [
            get_reference(self.system, ref, project=project, working_directory=Path.cwd())
            for ref in refs
        ]


def shape_picture(picture: Picture, shape: Shape) -> Picture:
    """Fold and thin a picture, and call it as people wish.

    Raises:
        AnalyzerError: a box that is to be opened is not there.
    """
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.questions.folding import fold_picture  # noqa: PLC0415
    from analyzer.questions.reducing import reduce_picture  # noqa: PLC0415

    if not shape.is_whole:
        picture = fold_picture(
            picture, max_boxes=shape.max_boxes, fold_by=shape.fold_by, expand=shape.expand
        )
    if shape.is_reduced:
        picture = reduce_picture(picture)
    return picture if shape.title is None else replace(picture, title=shape.title)
