from flask import current_app


def attach(app):
    @app.get("/late")
    def late():
        return current_app.name

    app.add_url_rule("/later", "later", late)
