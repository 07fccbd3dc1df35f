from django.http import HttpResponse


def page(request, where):
    return HttpResponse(where)
