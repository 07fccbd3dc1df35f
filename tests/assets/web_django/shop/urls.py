from functools import partial

from django.contrib.auth.decorators import login_required
from django.urls import path, re_path
from django.views.decorators.cache import cache_page
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from . import views
from .views import ItemDetail, index, item_list

app_name = "shop"
ITEM = "items/<int:pk>/"

urlpatterns = [
    path("", index, name="index"),
    path("search", views.search),
    path("order/", views.order),
    path("terms/", views.terms),
    path("basket/", views.basket),
    path("basket/<uuid:line>/", view=views.basket_line),
    path("items/", item_list),
    path(ITEM, ItemDetail.as_view(), name="item"),
    path("items/new/", login_required(views.ItemCreate.as_view())),
    path(ITEM + "edit/", views.ItemUpdate.as_view(template_name="edit.html")),
    path(f"{ITEM}remove/", views.ItemDelete.as_view()),
    path("contact/", cache_page(60)(views.Contact.as_view())),
    path(ITEM + "stock/", views.Stock.as_view()),
    path("hook/", csrf_exempt(views.Hook.as_view())),
    path("only-get/", views.Hook.as_view(http_method_names=["put"])),
    re_path(r"^prices/(?P<item>\d+)/(?P<currency>[A-Z]{3})$", views.price),
    re_path(r"^cents/(?P<item>\d+)\$/$", partial(views.price, currency="USD")),
    path("pay/", require_POST(views.index)),
    path("about/", TemplateView.as_view(template_name="about.html")),
]
for section in ("new", "used"):
    urlpatterns.append(path("sections/", views.index))
