from django.http import HttpResponse
from django.views.generic import ListView
from django.views.generic.dates import YearArchiveView


class Posts(ListView):
    def get(self, request, *args, **kwargs):
        return HttpResponse("posts")


class Year(YearArchiveView):
    pass


def show_post(request, year, slug):
    return HttpResponse(slug)
