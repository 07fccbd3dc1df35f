def build_timetable():
    found = {}
    for job in [
        {
            "name": "threads",
            "task": "forum.tasks.close_threads",
        },
    ]:
        found[job["name"]] = job
    return found
