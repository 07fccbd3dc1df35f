from celery import shared_task


@shared_task
def send_mail(to):
    return to


@shared_task(bind=True, name="mail.digest")
def digest(self, to):
    send_mail.delay(to)
