from celery import Celery

app = Celery("crm", set_as_current=False)
app.config_from_object("crm.celeryconfig")
