from django.urls import path

from pages.views import page

urlpatterns = (
    path("<path:where>", page),
)
