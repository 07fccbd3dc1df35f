from shop.worker import app

task = app.task


@task(queue="slow")
def nightly():
    pass


def _weekly():
    pass


weekly = app.task(_weekly)
