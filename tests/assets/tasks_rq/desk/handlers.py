from datetime import timedelta

from desk import jobs
from desk.queue import low, send_later


class Bus:
    def enqueue(self, function):
        return function


bus = Bus()


def handle(ticket, ids):
    jobs.index.delay(ticket)
    low.enqueue(jobs.archive, ticket)
    low.enqueue("desk.jobs.clean")
    low.enqueue_in(timedelta(minutes=1), jobs.archive, ticket)
    low.enqueue_call(func=jobs.archive, args=(ticket,))
    send_later(jobs.count)
    bus.enqueue(jobs.tidy)
    low.enqueue("no.such.function")
