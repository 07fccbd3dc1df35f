from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

__all__ = ["drafts", "publish"]


def drafts(request, pk=None):
    return HttpResponse("drafts")


@require_http_methods(request_method_list=("POST",))
def publish(request):
    return HttpResponse("published")
