from celery import Celery

app = Celery("project")
app.autodiscover_tasks()
app.autodiscover_tasks(lambda: find_plugins(), related_name="handlers")
app.autodiscover_tasks(lambda: settings.INSTALLED_APPS, related_name="handlers")
