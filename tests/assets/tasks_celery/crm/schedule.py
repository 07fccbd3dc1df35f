from django_celery_beat.models import PeriodicTask

CELERY_BEAT_SCHEDULE = {}
CELERY_BEAT_SCHEDULE["digest"] = {"task": "mail.digest"}


def plan():
    PeriodicTask.objects.get_or_create(name="mail", task="shop.mail.send_mail")
