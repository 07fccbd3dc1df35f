"""Incidents, and the switch that stops everything."""


class Incident(dict):
    """Something went wrong."""

    def __init__(self, **columns):
        super().__init__(columns)


class IncidentEvent(Incident):
    """One moment in an incident."""


class KillSwitchState(Incident):
    """On or off, for whom."""


class DefaultGuardrail(Incident):
    """A rule that always holds."""


class ProxyCall(Incident):
    """A call that went through the proxy."""
