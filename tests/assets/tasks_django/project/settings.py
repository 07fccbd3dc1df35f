from project.timetable import build_timetable

INSTALLED_APPS = ["django.contrib.admin", "blog"]
INSTALLED_APPS += ["forum.apps.ForumConfig", "wiki"]

CELERY_BEAT_SCHEDULE = {
    "posts": {"task": "blog.tasks.publish", "schedule": 60},
    **build_timetable(),
}
