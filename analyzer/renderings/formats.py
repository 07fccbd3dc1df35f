"""The formats that findings are written in: listed here, and nowhere else.

Whatever names them imports this module at once, so the renderings are loaded when they are needed.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from analyzer.model.answers import Answer
    from analyzer.model.findings import Severity
    from analyzer.renderings.findings import Explain, Findings


class FindingsFormat(enum.StrEnum):
    """Formats of `check` and `review`."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    RDJSON = "rdjson"


def render_findings(  # noqa: PLR0911 - one return for each format
    answer: Answer[Findings],
    format_: FindingsFormat,
    *,
    fail_level: Severity,
    prefix: str = "",
    explain: Explain | None = None,
    is_verbose: bool = False,
) -> str:
    """Write the answer of `check` or `review`: the same answer gives the same text.

    Args:
        answer: best with findings that `quote_findings` has seen.
        format_: which format.
        fail_level: findings at least so grave count as failures where a format knows such.
        prefix: the project's path in its repository, empty where they are the same: what a forge
            shows is found by its path in the repository.
        explain: what the findings of a rule mean; without one, the rule's summary.
        is_verbose: whether the text lists what it otherwise only counts.
    """
    match format_:
        case FindingsFormat.TEXT:
            from analyzer.renderings.text import render_text  # noqa: PLC0415

            return render_text(answer, is_verbose=is_verbose)
        case FindingsFormat.JSON:
            from analyzer.renderings.documents import render_json  # noqa: PLC0415

            return render_json(answer)
        case FindingsFormat.GITHUB:
            from analyzer.renderings.github import render_github  # noqa: PLC0415

            return render_github(answer, prefix=prefix)
        case FindingsFormat.GITLAB:
            from analyzer.renderings.gitlab import render_gitlab  # noqa: PLC0415

            return render_gitlab(answer, prefix=prefix)
        case FindingsFormat.SARIF:
            from analyzer.renderings.findings import summarise  # noqa: PLC0415
            from analyzer.renderings.sarif import render_sarif  # noqa: PLC0415

            return render_sarif(answer, prefix=prefix, explain=explain or summarise)
        case FindingsFormat.JUNIT:
            from analyzer.renderings.junit import render_junit  # noqa: PLC0415

            return render_junit(answer, fail_level=fail_level)
        case FindingsFormat.MARKDOWN:
            from analyzer.renderings.markdown import render_markdown  # noqa: PLC0415

            return render_markdown(answer, fail_level=fail_level)
        case FindingsFormat.RDJSON:
            from analyzer.renderings.rdjson import render_rdjson  # noqa: PLC0415

            return render_rdjson(answer, prefix=prefix)
        case _:
            assert_never(format_)
