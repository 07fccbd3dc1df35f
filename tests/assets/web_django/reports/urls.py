from django.urls import include, path

from reports import views

urlpatterns = [
    path("", views.overview),
    path("daily/", include("reports.daily_urls")),
]
