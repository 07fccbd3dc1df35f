from celery import shared_task


@shared_task(name="mail")
def mail():
    pass


@shared_task
def other():
    pass
