import inspect

from celery import chain, chord, group, signature
from django.db import transaction

from shop import mail, send_mail
from shop.classes import invoice
from shop.reports import nightly, weekly
from shop.worker import app

DIGEST = "mail.digest"


def order(to):
    send_mail.delay(to)
    mail.digest.apply_async((to,), countdown=3)
    transaction.on_commit(send_mail.delay)
    transaction.on_commit(lambda: invoice.delay(1))


def flows():
    chain(nightly.s(), weekly.si())()
    chord(group(nightly.signature() for _ in range(2)), weekly.s())
    nightly.chunks([(1,)], 10)


def by_name():
    app.send_task("shop.reports.nightly")
    app.send_task(DIGEST)
    signature("stock.count")
    app.signature("reports.nightly")


def later(task, *arguments):
    task.apply_async(arguments)


def passes_on(is_weekly):
    later(weekly if is_weekly else nightly, 1)


TASKS = {"send": send_mail, "nightly": nightly}
TASKS["invoice"] = invoice


def by_key(kind):
    TASKS["nightly"].delay()
    TASKS["invoice"].delay(1)
    TASKS.get(kind).apply_async()


class Channel:
    def delay(self):
        return self

    def send_task(self, name):
        return name


def no_tasks(function):
    Channel().delay()
    Channel().send_task("no.such.task")
    function.delay()
    inspect.signature(function)
