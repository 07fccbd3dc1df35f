from django.urls import path

from reports import views

urlpatterns = [path("<int:day>/", views.daily)]
