import os

ORDERS = "/orders"
VERSION = 1


class Settings:
    api_prefix: str = "/api"
    admin_prefix = os.environ.get("SHOP_ADMIN_PREFIX", "/admin")


settings = Settings()


def get_settings():
    return settings
