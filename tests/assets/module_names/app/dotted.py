import app.services


def run():
    return app.services.bill(), app.other
