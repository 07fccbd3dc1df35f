"""Chooses an agent by what it did well before."""

from app.contracts.decisions import emit_routing_decision


class CAREEngine:
    """Scores and picks."""

    def route(self, goal: str) -> str:
        """The best agent for a goal."""
        return str(emit_routing_decision(goal))


def get_care_engine() -> CAREEngine:
    """The engine."""
    return CAREEngine()
