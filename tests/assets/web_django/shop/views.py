from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views import View, generic
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.generic.edit import DeleteView as Remove

from shop.base import Readable
from shop.models import Item

WRITING = ["PUT", "PATCH"]


def index(request):
    return HttpResponse("index")


@require_GET
def search(request):
    return HttpResponse("search")


@csrf_exempt
@require_POST
def order(request):
    return HttpResponse("order")


@require_safe
def terms(request):
    return HttpResponse("terms")


@require_http_methods(["GET", "DELETE"])
def basket(request):
    return HttpResponse("basket")


@require_http_methods(WRITING)
def basket_line(request, line):
    return HttpResponse("line")


def profile(request):
    return HttpResponse("profile")


def team(request, name):
    return HttpResponse(name)


def contact(request):
    return HttpResponse("contact")


def price(request, item, currency):
    return HttpResponse("price")


class ItemList(generic.ListView):
    model = Item


class ItemDetail(generic.DetailView):
    model = Item


class ItemCreate(generic.CreateView):
    model = Item
    fields = ["title"]

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)


class ItemUpdate(generic.UpdateView):
    model = Item
    fields = ["title"]


class ItemDelete(Remove):
    model = Item


class Contact(generic.FormView):
    pass


@method_decorator(csrf_exempt, name="dispatch")
class Stock(Readable):
    def post(self, request, **kwargs):
        return HttpResponse("stock")


class Hook(View):
    async def post(self, request):
        return HttpResponse("hook")

    put = post

    def options(self, request, *args, **kwargs):
        return HttpResponse("")


item_list = ItemList.as_view()
