from arq import cron, func

from jobs.work import resize, sweep, thumbnail

EXTRA = [func(resize, name="resize-image")]


class WorkerSettings:
    functions = [thumbnail, "jobs.remote.fetch"] + EXTRA
    cron_jobs = [
        cron(sweep, hour=3),
    ]
