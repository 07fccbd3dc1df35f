from app.queue import submit_job
from app.work import export, plain, rebuild, vacuum


def start(executor):
    submit_job(rebuild)
    vacuum.kiq()
    export.enqueue()
    executor.submit(plain)
    plain.delay()
