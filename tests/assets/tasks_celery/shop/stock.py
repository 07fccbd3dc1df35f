from functools import partial

from celery import shared_task as celery_task

stock_task = partial(celery_task, ignore_result=True)


def retrying(**options):
    def decorate(function):
        return celery_task(autoretry_for=(OSError,), **options)(function)

    return decorate


@stock_task(name="stock.refresh")
def refresh():
    pass


@retrying(name="stock.count")
def count():
    pass
