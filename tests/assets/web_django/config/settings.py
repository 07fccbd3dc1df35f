SECRET_KEY = "only for tests"
DEBUG = True
USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "en"
MEDIA_ROOT = "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = (
    "config.asgi"
    ".application"
)

DJANGO_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
]
LOCAL_APPS = [
    "shop.apps.ShopConfig",
    "blog",
    "api",
]
INSTALLED_APPS = DJANGO_APPS + LOCAL_APPS
INSTALLED_APPS += ["pages"]

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shop.middleware.BasketMiddleware",
]
AUTHENTICATION_BACKENDS = ["shop.backends.EmailBackend"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": ["templates"],
        "OPTIONS": {
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shop.context.basket",
            ],
        },
    },
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DATABASE_ROUTERS = ["shop.databases.ArchiveRouter"]
REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "api.pagination.ByCursor",
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.AllowAny",
    ],
}
LOGGING = {
    "version": 1,
    "handlers": {"audit": {"class": "shop.audit.AuditHandler"}},
    "loggers": {"shop.views": {"handlers": ["audit"]}},
}
