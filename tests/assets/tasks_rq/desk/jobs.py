from desk.queue import job


@job("low")
def index(ticket):
    return ticket


def archive(ticket):
    return ticket


def clean():
    pass


def count():
    pass


def tidy():
    pass
