from rest_framework.routers import SimpleRouter

from api import viewsets


class ShortRouter(SimpleRouter):
    def __init__(self):
        super().__init__(trailing_slash=False)


short = SimpleRouter(trailing_slash=False)
short.register("prices", viewsets.Prices, basename="price")
short.register("", viewsets.Health, basename="health")

paths = SimpleRouter(use_regex_path=False)
paths.register("parcels", viewsets.Parcels, "parcel")

both = routers_of_both = SimpleRouter()
both.registry.extend(short.registry)
for prefix, viewset in (("tags", viewsets.Tags), ("marks", viewsets.Marks)):
    both.register(prefix, viewset, basename=prefix)
