def install(app):
    """The decorators of an application that is handed in."""

    @app.get("/hooks/{name}")
    def hook(name: str):
        return name

    app.add_route("/hooks-raw", raw_hook, methods=["POST"])
    app.router.add_api_route("/hooks-routed", routed_hook)


async def raw_hook(request):
    return None


def routed_hook():
    return ""
