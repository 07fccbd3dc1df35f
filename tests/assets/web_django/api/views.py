from rest_framework import generics
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.models import Item


class Status(APIView):
    def get(self, request, **kwargs):
        return Response({})

    def patch(self, request, **kwargs):
        return Response({})


class Items(generics.ListCreateAPIView):
    queryset = Item.objects.all()


class OneItem(generics.RetrieveUpdateDestroyAPIView):
    queryset = Item.objects.all()

    def perform_destroy(self, instance):
        pass

    def delete(self, request, *args, **kwargs):
        return super().delete(request, *args, **kwargs)


@api_view(["GET", "POST"])
@permission_classes([AllowAny])
def echo(request, **kwargs):
    return Response({})


@api_view()
def version(request, **kwargs):
    return Response({})
