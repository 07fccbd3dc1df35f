from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView, TemplateView

import pages.urls
from api.router import router
from shop import views as shop_views
from shop.feeds import LatestItems

handler404 = "pages.errors.not_found"

account_patterns = [
    path("login/", auth_views.LoginView.as_view(), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("me/", login_required(shop_views.profile)),
]
help_patterns = (
    [
        path("faq/", TemplateView.as_view(template_name="faq.html"), name="faq"),
        path("ping/", lambda request: HttpResponse("pong")),
    ],
    "help",
)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("shop/", include("shop.urls", namespace="store")),
    path("account/", include(account_patterns)),
    path("help/", include(help_patterns, namespace="support")),
    path(
        "team/",
        include(([path("<slug:name>/", shop_views.team)], "team"), namespace="team"),
    ),
    path("blog/", include(("blog.urls", "blog"))),
    path("router/", include(router.urls)),
    path("named/", include((router.urls, "named"), namespace="named")),
    re_path(r"^api/v(?P<version>[0-9]+)/", include("api.urls")),
    re_path(r"^old/$", RedirectView.as_view(url="/shop/")),
    path("feed/", LatestItems()),
    # path("reports/", include("reports.urls")),
]
urlpatterns += i18n_patterns(
    path("pages/", include(pages.urls)),
    path(_("contact/"), shop_views.contact, name="contact"),
    prefix_default_language=False,
)
urlpatterns = urlpatterns + [path("auth/", include("django.contrib.auth.urls"))]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
