from functools import partial

from redis import Redis
from rq import Queue
from rq.decorators import job as rq_job
from rq_scheduler import Scheduler

redis = Redis()
low = Queue("low", connection=redis)
scheduler = Scheduler(queue=low, connection=redis)


class CountingJob(rq_job):
    pass


job = partial(CountingJob, connection=redis)


def send_later(function, *arguments):
    return low.enqueue(function, *arguments)
