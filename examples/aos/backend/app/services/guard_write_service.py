"""Writes for the guard routes, kept out of the routes."""

from app.models.killswitch import Incident, KillSwitchState


class GuardWriteService:
    """Freeze and unfreeze."""

    def __init__(self, session):
        self.session = session

    def freeze(self, who: str) -> KillSwitchState:
        """Set the switch, and open an incident."""
        self.session.add(Incident(who=who))
        return KillSwitchState(who=who)
