from celery import shared_task


@shared_task(name="mail")
def mail():
    pass
