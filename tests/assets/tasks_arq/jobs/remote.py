async def fetch(ctx):
    pass
