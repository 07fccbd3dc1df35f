from celery import Celery


def make_celery():
    celery = Celery("shop", include=["shop.mail", "shop.reports"])
    celery.conf.imports = ("shop.classes",)
    return celery


app = make_celery()
app.conf.update(imports=[*app.conf.imports, "shop.stock"])
app.autodiscover_tasks(["crm"], related_name="jobs")
app.conf.beat_schedule = {
    "nightly": {"task": "shop.reports.nightly", "schedule": 3600.0},
    "renamed": {
        "task": "stock.refresh",
        "schedule": 60.0,
    },
}


@app.on_after_configure.connect
def set_up(sender, **kwargs):
    from crm.jobs import sync

    sender.add_periodic_task(10.0, sync.s("all"), name="every ten seconds")
