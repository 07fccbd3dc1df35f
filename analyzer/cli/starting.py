"""`init` and `demo`: the first minutes with the tool."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.output import say, write_result
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.cli.first_registry import FirstRegistry
    from analyzer.graph.system import System

_PACKAGE = Path(__file__).resolve().parent.parent
_DEMO_REF = "AOS-BE-SVC-RRE-001"


def init(
    context: typer.Context,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a configuration that is there.")
    ] = False,
    discover: Annotated[
        bool,
        typer.Option("--discover", help="Write a first registry, too, where there is none."),
    ] = False,
    owner: Annotated[
        str | None,
        typer.Option(metavar="OWNER", help="Who owns what CODEOWNERS gives nobody."),
    ] = None,
) -> None:
    """Write a starting configuration, and with --discover a first registry.

    The registry has a record for what answers requests, runs tasks or is started, and one for each
    package of other modules. An owner that nothing names is left out: nobody is made up.
    """
    session: Session = context.obj
    from analyzer.config import CONFIG_NAME, find_config  # noqa: PLC0415
    from analyzer.model.configuration import Config  # noqa: PLC0415
    from analyzer.pipeline import analyse  # noqa: PLC0415
    from analyzer.registry.loading import find_usual_locations  # noqa: PLC0415

    if owner is not None and not discover:
        raise AnalyzerError("--owner: it is for the records of a first registry; add --discover")
    project = session.project() if session.project_option else Path.cwd()
    target = project / CONFIG_NAME
    existing = find_config(project)
    if existing is not None and not force:
        raise AnalyzerError(f"{existing}: there already; --force overwrites it")
    registry = [path for path in session.registry_option if path.exists() or not discover]
    registry = registry or find_usual_locations(project)
    system = analyse(project=project, config=Config(), registry=registry)
    locations = [os.path.relpath(path, project).replace(os.sep, "/") for path in registry]
    first = None
    if discover:
        from analyzer.cli.first_registry import write_first_registry  # noqa: PLC0415

        # A registry without its configuration would be half of what was asked for.
        if target.is_dir() or not os.access(project, os.W_OK):
            reason = "it is a folder" if target.is_dir() else "Permission denied"
            raise AnalyzerError(f"{target}: cannot be written: {reason}; nothing was written")

        first = write_first_registry(session, system, project, owner)
        locations = [first.location]
    write_result("\n".join(_config_lines(system, locations, first)), target)
    if first is None:
        found = f"{len(system.facts.modules)} modules and {len(system.artifacts)} records"
        say(f"wrote {target}: found {found}; next: analyzer status")
        return
    from analyzer.renderings.text_parts import counted, tally  # noqa: PLC0415

    records = counted(len(first.types), "record")
    say(f"wrote {records} into {project / first.location}: {tally(first.types)}")
    say(f"wrote {target}; next: analyzer check; what is to stay, analyzer baseline accepts")


def _config_lines(
    system: System, locations: Sequence[str], first: FirstRegistry | None
) -> list[str]:
    roots = [root.path for root in system.facts.roots]
    lines = [
        "# How `analyzer` sees this repository. Every key is optional.",
        "",
        "# Folders of YAML records, and Markdown documents that list waves of artifacts.",
        f"registry = {_toml_list(locations)}" if locations else '# registry = ["registry"]',
        "",
        "# Folders that imports start from. Without this key they are found; found were:",
        f"# roots = {_toml_list(roots)}",
        "",
        "# What is left out, in the syntax of .gitignore.",
        "# exclude = []",
        "",
        "# Files that something outside of the code starts, beside those that are found.",
        "# entry-points = []",
        "",
    ]
    if first is None:
        return [
            *lines,
            "# Which modules ought to have a record; without it, those beside registered ones.",
            "# [scope]",
            '# include = ["src/services/*.py"]',
            "",
        ]
    lines += [
        "# Which modules ought to have a record: what is added there needs one.",
        "[scope]",
        "include = [",
        *(f"    {_toml_text(pattern)}," for pattern in first.scope),
        "]",
        "",
    ]
    lines += [
        "# Types and levels were read off the code, and no person has read them yet: what rests on",
        "# them alone waits. Once somebody has, take this away.",
        "[rules.forbidden-dependency]",
        "layers = false",
        "",
        "[rules.authority-escalation]",
        'severity = "off"',
        "",
    ]
    if first.unowned:
        lines += [
            "# Nobody was made up: the records that name no owner wait for one. Once they have it,",
            "# take this away, and a record without an owner fails the check.",
            "[rules.no-owner]",
            'severity = "warning"',
            "",
        ]
    return lines


def demo(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the pictures.")] = Path(
        "output"
    ),
) -> None:
    """Try everything on a bundled example.

    Prints what it finds, and writes the pictures of its waves into output/.
    """
    session: Session = context.obj
    from analyzer.checks import run_checks  # noqa: PLC0415
    from analyzer.cli.asking import find_mentions_in  # noqa: PLC0415
    from analyzer.cli.drawing import DiagramFormat, draw_picture  # noqa: PLC0415
    from analyzer.config import load_config  # noqa: PLC0415
    from analyzer.model.answers import Answer  # noqa: PLC0415
    from analyzer.model.reports import CheckAnswer  # noqa: PLC0415
    from analyzer.pipeline import analyse  # noqa: PLC0415
    from analyzer.questions.impact import find_impact  # noqa: PLC0415
    from analyzer.questions.orphans import find_orphans  # noqa: PLC0415
    from analyzer.questions.overview import find_status  # noqa: PLC0415
    from analyzer.questions.pictures.selections import Selection, picture_selection  # noqa: PLC0415
    from analyzer.questions.references import get_reference  # noqa: PLC0415
    from analyzer.renderings.text import render_text  # noqa: PLC0415

    project = find_example()
    with session.patience() as report:
        report("analysing the example")
        config = load_config(project=project, file=None)
        system = analyse(project=project, config=config, report=report)
    orphans = find_orphans(
        system, find_mentions=lambda names: find_mentions_in(system, project, names)
    )
    findings = run_checks(system, config, orphans=orphans)
    unregistered = tuple(one for one in findings if one.code == "DEP001")[:1]
    reference = get_reference(system, _DEMO_REF, project=project, working_directory=project)
    for title, body in (
        ("analyzer status", find_status(system, findings=findings, orphans=len(orphans.orphans))),
        ("analyzer orphans", orphans),
        (f"analyzer impact {_DEMO_REF}", find_impact(system, [reference])),
        ("analyzer check --select DEP001, the first finding", CheckAnswer(unregistered, 0)),
    ):
        write_result(f"$ {title}\n\n", None)
        write_result(render_text(Answer(title, body, system.facts.unscanned)) + "\n", None)
    waves = sorted(
        {one.record.wave for one in system.artifacts.values() if one.record.wave is not None}
    )
    for wave in waves:
        target = output / f"wave-{wave}.svg"
        with session.patience() as report:
            report(f"drawing wave {wave}")
            picture = draw_picture(
                picture_selection(system, Selection(waves=(wave,))), DiagramFormat.SVG
            )
        write_result(picture, target)
        write_result(f"wrote {target}\n", None)


def find_example() -> Path:
    """The bundled example: inside of an installed package, beside it in a source tree."""
    for base in (_PACKAGE / "bundled", _PACKAGE.parent):
        example = base / "examples" / "aos"
        if (example / "analyzer.toml").is_file():
            return example
    raise AnalyzerError(f"{_PACKAGE}: the bundled example is not there; reinstall analyzer")


def _toml_list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_toml_text, values))}]"


def _toml_text(value: str) -> str:
    # A TOML basic string is written as JSON's (https://toml.io/en/v1.0.0#string).
    import json  # noqa: PLC0415

    return json.dumps(value, ensure_ascii=False)
