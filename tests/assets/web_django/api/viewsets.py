from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from shop.models import Item


class Orders(viewsets.ModelViewSet):
    queryset = Item.objects.all()

    def list(self, request, **kwargs):
        return Response([])

    @action(detail=True, methods=["post", "put"], url_path="pay-now")
    def pay(self, request, pk=None, **kwargs):
        return Response({})

    @pay.mapping.delete
    def refund(self, request, pk=None, **kwargs):
        return Response({})

    @action(detail=False)
    def recent(self, request, **kwargs):
        return Response([])

    @action(detail=True, url_path=r"lines/(?P<line>[0-9]+)", methods=("GET",))
    def line(self, request, pk=None, line=None, **kwargs):
        return Response({})


class Labels(viewsets.ReadOnlyModelViewSet):
    queryset = Item.objects.all()
    lookup_field = "slug"
    lookup_url_kwarg = "label"
    lookup_value_regex = "[a-z-]+"


class Creating(mixins.CreateModelMixin, viewsets.GenericViewSet):
    lookup_field = "uuid"

    @action(detail=True)
    def history(self, request, **kwargs):
        return Response([])


class Prices(mixins.ListModelMixin, Creating):
    queryset = Item.objects.all()

    def update(self, request, **kwargs):
        return Response({})


class Health(viewsets.ViewSet):
    def list(self, request, **kwargs):
        return Response({})

    def destroy(self, request, pk=None, **kwargs):
        return Response({})

    @action(methods=["HEAD", "get"], detail=False)
    def live(self, request, **kwargs):
        return Response({})


class Parcels(viewsets.ModelViewSet[Item]):
    queryset = Item.objects.all()
    http_method_names = ["get", "delete"]
    lookup_value_converter = "uuid"


class Tags(
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet,
):
    def list(self, request, **kwargs):
        return Response([])


class Marks(viewsets.ViewSet):
    def create(self, request, **kwargs):
        return Response([])
