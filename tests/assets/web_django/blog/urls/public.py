from django.urls import path

from blog import views

urlpatterns = [
    path("", views.Posts.as_view()),
    path("<int:year>/<slug:slug>/", views.show_post),
]
