from .public import urlpatterns as public
from .staff import staff_patterns

urlpatterns = public + staff_patterns
