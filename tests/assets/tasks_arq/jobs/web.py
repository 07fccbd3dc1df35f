from jobs.work import thumbnail


async def upload(redis, image):
    await redis.enqueue_job("thumbnail", image)
    await redis.enqueue_job("resize-image", image)
    await redis.enqueue_job(thumbnail.__name__, image)
    await redis.enqueue_job("jobs.remote.fetch")
    await redis.enqueue_job("resize", image)
