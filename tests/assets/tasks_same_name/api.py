from celery import Celery

app = Celery("api", broker="memory://")


def send():
    app.send_task("mail")
    app.send_task("two.tasks.other")
