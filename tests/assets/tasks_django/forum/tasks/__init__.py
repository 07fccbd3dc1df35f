from celery import shared_task


@shared_task
def close_threads():
    pass
