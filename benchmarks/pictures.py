"""Times every kind of picture on a generated system of 2,000 artifacts and 10,000 dependencies.

What is asked, how many boxes and lines that has, what is left of them when it is folded, and how
long finding, folding and drawing it takes; reading and checking the system, which all of them wait
for, are a row of their own. Prints one table.

    python -m benchmarks.pictures --modules 2820 --records 2000 --seed 1
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from analyzer.cli.drawing import DiagramFormat, draw_picture
from analyzer.cli.picturing import Painter, Question, Shape, shape_picture
from analyzer.cli.session import Session
from analyzer.graph.system import System
from analyzer.model.errors import AnalyzerError
from analyzer.model.pictures import MOST_BOXES
from benchmarks.generate import generate_tree

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timed:
    """One picture: how large it is, and the seconds that each step took."""

    name: str
    boxes: int
    lines: int
    folded_boxes: int
    folded_lines: int
    finding: float
    folding: float
    drawing: float

    def cells(self) -> list[str]:
        """What stands in its row."""
        sizes = (self.boxes, self.lines, self.folded_boxes, self.folded_lines)
        seconds = (self.finding, self.folding, self.drawing)
        return [self.name, *(f"{one:,}" for one in sizes), *(f"{one:.2f}" for one in seconds)]


HEAD = ["picture", "boxes", "lines", "folded to boxes", "lines", "find s", "fold s", "draw s"]


def build_questions(system: System) -> dict[str, Question]:
    """A question of each kind; what is around something is asked of what has most around it."""
    graph = system.artifact_graph.networkx
    busiest = max(graph, key=lambda id_: (graph.degree(id_), id_))
    records = [one.record for one in system.artifacts.values()]

    def most(field: str) -> str:
        values = [str(getattr(record, field)) for record in records if getattr(record, field)]
        return max(set(values), key=lambda value: (values.count(value), value))

    folder = system.artifacts[busiest].files[0].partition("/")[0]
    return {
        "everything": Question(),
        "a wave": Question(waves=(int(most("wave")),)),
        "an owner": Question(owners=(most("owner"),)),
        "a type": Question(types=(most("type"),)),
        "a product": Question(products=(most("product"),)),
        "around, 1 step": Question(around=busiest),
        "around, 3 steps": Question(around=busiest, depth=3),
        "the impact of one": Question(impact=(busiest,)),
        "the impact of a folder": Question(impact=(folder,)),
        "a cycle": Question(cycle=busiest),
    }


def time_pictures(project: Path) -> tuple[float, list[Timed]]:
    """The seconds until the first question can be asked, and every picture that there is.

    There may be no cycle around the busiest artifact: then that row is missing.
    """
    painter = Painter(Session(project, None, (), is_quiet=True, is_verbose=False))
    # The first picture waits for everything that is found once.
    _, start = _measure(partial(painter.find_picture, Question()))
    rows = []
    for name, question in build_questions(painter.system).items():
        try:
            picture, finding = _measure(partial(painter.find_picture, question))
        except AnalyzerError:
            continue
        if picture is None:
            continue
        folded, folding = _measure(partial(shape_picture, picture, Shape(max_boxes=MOST_BOXES)))
        _, drawing = _measure(partial(draw_picture, folded, DiagramFormat.SVG))
        sizes = (len(picture.boxes), len(picture.edges), len(folded.boxes), len(folded.edges))
        rows.append(Timed(name, *sizes, finding, folding, drawing))
    return start, rows


def _measure(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Generate a system, time its pictures, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description=__doc__)
    parser.add_argument("--modules", type=int, default=2_820)
    parser.add_argument("--records", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "system"
        try:
            generate_tree(project, modules=asked.modules, seed=asked.seed, records=asked.records)
        except ValueError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        (project / "analyzer.toml").touch()
        start, rows = time_pictures(project)
    print(f"Reading, checking, and everything as one picture: {start:.2f} s\n")
    print(f"| {' | '.join(HEAD)} |")
    print(f"|{'|'.join([' --- ', *[' ---: '] * (len(HEAD) - 1)])}|")
    for row in rows:
        print(f"| {' | '.join(row.cells())} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
