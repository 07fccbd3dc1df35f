from celery import current_app


@current_app.task
def sync(what):
    return what
