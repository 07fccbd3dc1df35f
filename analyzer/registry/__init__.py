"""YAML records and backlog documents -> one registry, and where each record stands."""

from analyzer.registry.claims import assign_files
from analyzer.registry.conventions import find_convention_deviations
from analyzer.registry.loading import USUAL_LOCATIONS, find_usual_locations, load_registry
from analyzer.registry.places import PlaceFinder

__all__ = [
    "USUAL_LOCATIONS",
    "PlaceFinder",
    "assign_files",
    "find_convention_deviations",
    "find_usual_locations",
    "load_registry",
]
