"""Placeholder by the lead so that imports work; the helper replaces this file."""

from analyzer.model.routes import RouteFacts


def find_flask_routes(code):
    return RouteFacts()
