"""Start one goal from a terminal."""

import sys

from .observability.cost_tracker import get_cost_tracker
from .skills import list_skills, load_all_skills


def create_run(goal: str):
    """Make a run and let a runner finish it."""
    from .db import Agent, Run, engine, init_db
    from .events import get_publisher
    from .planners import get_planner
    from .worker.runner import RunRunner

    init_db()
    get_planner().plan(Agent(db=engine), goal)
    return RunRunner(Run(goal=goal), get_publisher()).run()


def main(argv: list):
    """Skills, or a goal."""
    from .logging_config import setup_logging
    from .skills.json_transform import JsonTransformSkill

    setup_logging()
    load_all_skills()
    print(list_skills(), get_cost_tracker(), JsonTransformSkill)
    return create_run(" ".join(argv))


if __name__ == "__main__":
    main(sys.argv[1:])
