async def thumbnail(ctx, image):
    return image


async def resize(ctx, image):
    return image


async def sweep(ctx):
    pass
