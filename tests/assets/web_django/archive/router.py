from rest_framework.routers import SimpleRouter

from api.viewsets import Prices

router = SimpleRouter()
router.register("old-prices", Prices, basename="old-price")
