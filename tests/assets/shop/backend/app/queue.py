def publish():
    from app.worker.runner import run

    run()
