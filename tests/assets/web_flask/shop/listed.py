from flask import Blueprint

first = Blueprint("first", __name__, url_prefix="/first")
second = Blueprint("second", __name__, url_prefix="/second")
versioned = Blueprint("versioned", __name__)
left = Blueprint("left", __name__)
right = Blueprint("right", __name__)
by_module = Blueprint("by_module", __name__)


@first.get("/x")
def first_x():
    return "x"


@second.get("/x")
def second_x():
    return "x"


@versioned.get("/thing")
def thing():
    return "thing"


@left.get("/x")
def left_x():
    return "x"


@right.get("/x")
def right_x():
    return "x"


@by_module.get("/by-module")
def by_module_page():
    return "x"


def setup(app):
    app.register_blueprint(by_module)


def build_made():
    made = Blueprint("made", __name__)

    @made.post("/made")
    def make():
        return "made"

    return made


def build(name, prefix="/built"):
    built = Blueprint(name, __name__, url_prefix=prefix + "/" + name)

    @built.get("/show")
    def show():
        return name

    return built


def build_other():
    parent = Blueprint("parent", __name__, url_prefix="/parent")
    parent.register_blueprint(build("a"))
    parent.register_blueprint(build("b", prefix="/special"))
    return parent
