"""`explore`: the whole system in one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import end
from analyzer.cli.options import BaselineFile, NoBaseline, Output, RequireComplete
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.graph.system import System


def explore(
    context: typer.Context,
    title: Annotated[
        str | None,
        typer.Option("--title", help="What the page is called. Default: the project's folder."),
    ] = None,
    serve: Annotated[
        bool,
        typer.Option("--serve", help="Show it on localhost, anew whenever something changes."),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=1, max=65535, metavar="N", help="With --serve. Default: a free one."
        ),
    ] = None,
    baseline: BaselineFile = None,
    no_baseline: NoBaseline = False,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Write one page to walk the graph.

    A self-contained HTML file: search, filters, the graph, tables, and everything that is known
    about each artifact. It loads nothing, so it can be mailed, published or opened from a disk.
    """
    session: Session = context.obj
    builder = PageBuilder(session, title=title, baseline=baseline, no_baseline=no_baseline)
    if serve:
        if output is not None:
            raise AnalyzerError("--serve writes no file; leave out --output, or --serve")
        from analyzer.cli.serving import serve_page  # noqa: PLC0415

        serve_page(session, lambda: builder.build_page(is_served=True), port=port)
        return
    if port is not None:
        raise AnalyzerError("--port says where --serve listens; add --serve, or leave it out")
    page, system = builder.build()
    write_result(page, output)
    end(system=system, require_complete=require_complete)


class PageBuilder:
    """Analyses the project and puts the page together, as often as it is asked to."""

    def __init__(
        self, session: Session, *, title: str | None, baseline: BaselineFile, no_baseline: bool
    ) -> None:
        """Note what the page is made of."""
        self._session = session
        self._title = title
        self._baseline = baseline
        self._no_baseline = no_baseline

    def build_page(self, *, is_served: bool = False) -> str:
        """The page by itself."""
        return self.build(is_served=is_served)[0]

    def build(self, *, is_served: bool = False) -> tuple[str, System]:
        """The page, and the system that it shows.

        Raises:
            AnalyzerError: something cannot be used, or there is no registry.
        """
        from analyzer.checks import judged_codes  # noqa: PLC0415
        from analyzer.cli.asking import find_mentions_in  # noqa: PLC0415
        from analyzer.cli.baselining import BaselinePlace  # noqa: PLC0415
        from analyzer.cli.findings import check_tree  # noqa: PLC0415
        from analyzer.questions.exploring import find_everything  # noqa: PLC0415
        from analyzer.questions.quoting import quote_findings  # noqa: PLC0415
        from analyzer.renderings.explorer.rendering import render_explorer  # noqa: PLC0415

        session = self._session
        project, config = session.project(), session.config()
        place = BaselinePlace(session, self._baseline)
        entries = place.read(is_off=self._no_baseline)
        system = session.analyse(needs_registry=True)
        with session.patience() as report:
            report("checking")
            found = check_tree(system, project, config, ((), ())).findings
            kept = place.compare(system, found, entries, judged=judged_codes(config)).findings
            report("putting the page together")
            everything = find_everything(
                system,
                title=self._title or project.name,
                findings=quote_findings(kept, system=system, project=project),
                find_mentions=lambda names: find_mentions_in(
                    system, project, names, baseline=config.baseline
                ),
            )
            return render_explorer(everything, is_served=is_served), system
