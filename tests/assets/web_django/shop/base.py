from django.http import HttpResponse
from django.views import View


class Readable(View):
    http_method_names = ["get", "post", "options"]

    def get(self, request, **kwargs):
        return HttpResponse("read")

    def delete(self, request, **kwargs):
        return HttpResponse("never: not among http_method_names")
