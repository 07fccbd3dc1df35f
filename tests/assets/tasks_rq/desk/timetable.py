from desk.jobs import clean, count, tidy
from desk.queue import scheduler


def jobs():
    return [{"func": clean, "interval": 60}]


def start():
    scheduler.cron("0 0 * * *", func=count)
    for job in jobs():
        scheduler.schedule(**job)


def tidy_up():
    tidy()
