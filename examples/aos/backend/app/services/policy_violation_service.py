"""Stores a violation, then opens an incident for it."""

from app.utils.runtime import generate_uuid


class ViolationFact(dict):
    """Which policy, which run, which evidence."""


class PolicyViolationService:
    """No incident without a stored fact."""

    def persist(self, fact: ViolationFact) -> str:
        """Write the fact."""
        from app.db import engine

        return f"{generate_uuid()} in {engine}"

    def open_incident(self, fact: ViolationFact):
        """One incident for each run and policy."""
        from app.services.incident_aggregator import create_incident_aggregator

        return create_incident_aggregator().add(str(fact))
