"""Old addresses."""

from app.main import app


def test_gone():
    from app.api.legacy_routes import router

    assert app and router
