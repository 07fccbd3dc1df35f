from app.queue import job as as_job, pool
from vendor import background_task


@as_job
def rebuild():
    pass


@background_task(timeout=3)
def vacuum():
    pass


@pool.task
def export():
    pass


def plain():
    pass
