from django.urls import path

from reports.views import overview

urlpatterns = [path("archive/", overview)]
