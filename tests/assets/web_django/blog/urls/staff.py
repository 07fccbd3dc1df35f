from django.contrib.admin.views.decorators import staff_member_required
from django.urls import include, path

from blog import views


def draft_patterns():
    return [path("drafts/", views.drafts), path("drafts/<int:pk>/", views.drafts)]


staff_patterns = [
    path("staff/", include(draft_patterns())),
    path("staff/publish/", staff_member_required(views.publish)),
    *[path("staff/queue/", views.Posts.as_view())],
]
