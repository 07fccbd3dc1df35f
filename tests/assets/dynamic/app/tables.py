import importlib

NAMES = ["csv", "pdf"]
PLUGINS = (
    "app.plugins.xml",
    # "app.plugins.csv",
)
BY_FORMAT = {
    "mail": "app.mail",
    "queue": "app.queue",
}
PAIRS = {"db": ("app.db", "Session")}

for name in NAMES:
    importlib.import_module(f"app.plugins.{name}")

loaded = [importlib.import_module(one) for one in PLUGINS]


def find(kind):
    return importlib.import_module(BY_FORMAT[kind])


def mail():
    module = BY_FORMAT.get("mail")
    return importlib.import_module(module)


def sessions():
    for module, attribute in PAIRS.values():
        yield getattr(importlib.import_module(module), attribute)
