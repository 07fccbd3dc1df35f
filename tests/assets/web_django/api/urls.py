from django.urls import include, path
from rest_framework.routers import DefaultRouter
from rest_framework.urlpatterns import format_suffix_patterns

from api import more, viewsets
from api.views import Items, OneItem, Status, echo, version

own = DefaultRouter()
own.register("labels", viewsets.Labels, basename="own-label")

plain = [
    path("status", Status.as_view()),
    path("items/", Items.as_view()),
    path("items/<int:pk>/", OneItem.as_view()),
    path("echo/", echo),
    path("version", version),
    path("orders/mine", viewsets.Orders.as_view({"get": "list", "post": "create"})),
    path("orders/mine/<int:pk>", viewsets.Orders.as_view(actions={"post": "pay"})),
]
urlpatterns = [
    path("more/", include(more.short.urls)),
    path("paths/", include(more.paths.urls)),
    path("both/", include(more.both.urls)),
]
urlpatterns += format_suffix_patterns(plain)
urlpatterns += own.urls
