"""Task queues: what is found in a small project of each, and that the real library agrees."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable

import pytest

from analyzer.model.imports import Link
from analyzer.model.tasks import TaskFacts
from analyzer.sources.outline.interest import words_of_decorators
from analyzer.sources.tasks import find_tasks
from tests.support import ASSETS, read_code

# Prints the names that the real library knows the tasks by.
_REAL_CELERY = """
import json, shop.worker, crm.worker
names = set()
for app in (shop.worker.app, crm.worker.app):
    app.loader.import_default_modules()
    app.finalize()
    names.update(name for name in app.tasks if not name.startswith("celery."))
print(json.dumps(sorted(names)))
"""
_REAL_DRAMATIQ = """
import json, dramatiq, post.actors
print(json.dumps(list(dramatiq.get_broker().actors)))
"""
_REAL_ARQ = """
import json
from arq.worker import func
from jobs.worker import WorkerSettings
functions = [func(one).name for one in WorkerSettings.functions]
print(json.dumps(functions + [one.name for one in WorkerSettings.cron_jobs]))
"""


def find(asset: str, *decorators: str) -> TaskFacts:
    code = read_code(ASSETS / asset, words=words_of_decorators(decorators))
    return find_tasks(code, decorators=decorators)


def tasks(facts: TaskFacts) -> list[str]:
    return [f"{one.path}:{one.line} {one.function} {one.name} {one.queue}" for one in facts.tasks]


def links(found: Iterable[Link]) -> list[str]:
    return [f"{one.importer}:{one.line} {one.imported} {one.kind}" for one in found]


def test_celery_tasks() -> None:
    facts = find("tasks_celery")
    assert tasks(facts) == [
        "crm/jobs.py:4 sync crm.jobs.sync Celery",
        "crm/legacy.py:4 clean crm.legacy.clean Celery",
        "shop/classes.py:13 Invoice shop.classes.Invoice Celery",
        "shop/mail.py:4 send_mail shop.mail.send_mail Celery",
        "shop/mail.py:9 digest mail.digest Celery",
        "shop/reports.py:6 nightly shop.reports.nightly Celery",
        "shop/reports.py:15 weekly shop.reports._weekly Celery",
        "shop/stock.py:15 refresh stock.refresh Celery",
        "shop/stock.py:20 count stock.count Celery",
    ]
    assert facts.workers == ("crm/worker.py", "shop/worker.py")


def test_celery_sends() -> None:
    """Nothing for what only looks like a task: a method `delay`, a name that no task has."""
    assert links(find("tasks_celery").links) == [
        "shop/views.py:18 shop/classes.py enqueues",
        "shop/views.py:48 shop/classes.py enqueues",
        "shop/views.py:49 shop/classes.py enqueues",
        "shop/views.py:15 shop/mail.py enqueues",
        "shop/views.py:16 shop/mail.py enqueues",
        "shop/views.py:17 shop/mail.py enqueues",
        "shop/views.py:29 shop/mail.py enqueues",
        "shop/views.py:49 shop/mail.py enqueues",
        "shop/views.py:22 shop/reports.py enqueues",
        "shop/views.py:23 shop/reports.py enqueues",
        "shop/views.py:24 shop/reports.py enqueues",
        "shop/views.py:28 shop/reports.py enqueues",
        "shop/views.py:31 shop/reports.py enqueues",
        "shop/views.py:39 shop/reports.py enqueues",
        "shop/views.py:47 shop/reports.py enqueues",
        "shop/views.py:49 shop/reports.py enqueues",
        "shop/views.py:30 shop/stock.py enqueues",
    ]


def test_celery_timetables() -> None:
    assert links(find("tasks_celery").schedules) == [
        "crm/schedule.py:4 shop/mail.py enqueues",
        "crm/schedule.py:8 shop/mail.py enqueues",
        "shop/worker.py:26 crm/jobs.py enqueues",
        "shop/worker.py:14 shop/reports.py enqueues",
        "shop/worker.py:16 shop/stock.py enqueues",
    ]


def test_modules_that_a_celery_worker_imports() -> None:
    assert links(find("tasks_celery").imports) == [
        "crm/celeryconfig.py:1 crm/legacy.py dynamic",
        "crm/worker.py:4 crm/celeryconfig.py dynamic",
        "shop/worker.py:12 crm/jobs.py dynamic",
        "shop/worker.py:6 shop/classes.py dynamic",
        "shop/worker.py:5 shop/mail.py dynamic",
        "shop/worker.py:5 shop/reports.py dynamic",
        "shop/worker.py:11 shop/stock.py dynamic",
    ]


def test_the_tasks_of_every_installed_django_application() -> None:
    """Also of one that is installed by its configuration class; not of one without tasks.

    What a lambda returns is not known, unless it is the list of these applications.
    """
    facts = find("tasks_django")
    assert links(facts.imports) == [
        "project/celery.py:6 blog/handlers.py dynamic",
        "project/celery.py:4 blog/tasks.py dynamic",
        "project/celery.py:4 forum/tasks/__init__.py dynamic",
    ]
    assert links(facts.schedules) == [
        "project/settings.py:7 blog/tasks.py enqueues",
        "project/timetable.py:6 forum/tasks/__init__.py enqueues",
    ]


def test_a_name_that_two_tasks_have_is_not_guessed() -> None:
    facts = find("tasks_same_name")
    assert [one.name for one in facts.tasks] == ["mail", "mail", "two.tasks.other"]
    assert links(facts.links) == ["api.py:8 two/tasks.py enqueues"]


def test_rq() -> None:
    """A function is a job because it is enqueued; `enqueue` of a class of the project is no queue.

    `job = partial(CountingJob, …)` is a decorator of RQ, as `CountingJob` is below RQ's.
    """
    facts = find("tasks_rq")
    assert tasks(facts) == [
        "desk/jobs.py:4 index desk.jobs.index RQ",
        "desk/jobs.py:9 archive desk.jobs.archive RQ",
        "desk/jobs.py:13 clean desk.jobs.clean RQ",
        "desk/jobs.py:17 count desk.jobs.count RQ",
    ]
    assert links(facts.links) == [
        f"desk/handlers.py:{line} desk/jobs.py enqueues" for line in range(16, 22)
    ]
    assert links(facts.schedules) == [
        "desk/timetable.py:6 desk/jobs.py enqueues",
        "desk/timetable.py:10 desk/jobs.py enqueues",
    ]


def test_dramatiq() -> None:
    facts = find("tasks_dramatiq")
    assert tasks(facts) == [
        "post/actors.py:8 stamp stamp dramatiq",
        "post/actors.py:13 carry carry-letter dramatiq",
        "post/actors.py:23 Collect Collect dramatiq",
    ]
    assert links(facts.links) == [
        f"post/office.py:{line} post/actors.py enqueues" for line in range(7, 12)
    ]


def test_arq() -> None:
    """A job is sent by the name that the worker gives it, which need not be the function's."""
    facts = find("tasks_arq")
    assert tasks(facts) == [
        "jobs/remote.py:1 fetch jobs.remote.fetch arq",
        "jobs/work.py:1 thumbnail thumbnail arq",
        "jobs/work.py:5 resize resize-image arq",
        "jobs/work.py:9 sweep cron:sweep arq",
    ]
    assert links(facts.links) == [
        "jobs/web.py:8 jobs/remote.py enqueues",
        "jobs/web.py:5 jobs/work.py enqueues",
        "jobs/web.py:6 jobs/work.py enqueues",
        "jobs/web.py:7 jobs/work.py enqueues",
    ]
    assert links(facts.schedules) == ["jobs/worker.py:11 jobs/work.py enqueues"]
    assert links(facts.imports) == ["jobs/worker.py:9 jobs/remote.py dynamic"]
    assert facts.workers == ("jobs/worker.py",)


def test_decorators_that_the_configuration_names() -> None:
    facts = find("tasks_own", "app.queue.job", "background_task", "app.queue.pool.task")
    assert tasks(facts) == [
        "app/work.py:5 rebuild app.work.rebuild app.queue.job",
        "app/work.py:10 vacuum app.work.vacuum background_task",
        "app/work.py:15 export app.work.export app.queue.pool.task",
    ]
    assert links(facts.links) == [f"app/api.py:{line} app/work.py enqueues" for line in range(6, 9)]


def test_without_configuration_own_decorators_mean_nothing() -> None:
    assert find("tasks_own") == TaskFacts()


def test_the_text_of_a_link_is_its_line() -> None:
    first = find("tasks_dramatiq").links[0]
    assert first.text == 'stamp.send("a")'


@pytest.mark.parametrize(
    ("library", "asset", "program"),
    [
        ("celery", "tasks_celery", _REAL_CELERY),
        ("dramatiq", "tasks_dramatiq", _REAL_DRAMATIQ),
        ("arq", "tasks_arq", _REAL_ARQ),
    ],
)
def test_names_are_those_that_the_library_gives(library: str, asset: str, program: str) -> None:
    pytest.importorskip(library)
    result = subprocess.run(
        [sys.executable, "-B", "-c", program],
        cwd=ASSETS / asset,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert sorted(one.name for one in find(asset).tasks) == sorted(json.loads(result.stdout))
