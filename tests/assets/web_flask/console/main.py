"""A second application, at the top level of its module."""

from flask import Flask
from flask_restful import Api, Resource

from console.extra import extra

app = Flask(__name__)
api = Api(app)


@app.route("/", methods=["GET"])
def index():
    return "console"


@app.post("/run")
def run():
    return "ran"


@app.delete("/run")
def stop():
    return "stopped"


@app.route("/multi", methods=["get", "OPTIONS"])
def multi():
    return "multi"


class Jobs(Resource):
    def get(self):
        return []


api.add_resource(Jobs, "/jobs")
app.register_blueprint(extra, url_prefix="/extra")

app.add_url_rule("/by-endpoint", endpoint="by_endpoint")


@app.endpoint("by_endpoint")
def by_endpoint():
    return "x"


if __name__ == "__main__":
    app.run()
