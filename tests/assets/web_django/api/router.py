from rest_framework import routers

from api.viewsets import Labels, Orders

router = routers.DefaultRouter()
router.register(r"orders", Orders)
router.register(prefix="labels", viewset=Labels, basename="label")
