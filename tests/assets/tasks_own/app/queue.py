def job(function):
    return function


def submit_job(function, *arguments):
    return function, arguments


class Pool:
    def task(self, function):
        return function


pool = Pool()
