from django.http import HttpResponse


def overview(request):
    return HttpResponse("overview")


def daily(request, day):
    return HttpResponse("day")
