"""Credits: a price for each skill, set aside first and charged later."""

from decimal import Decimal

CREDIT_COSTS = {"agent_spawn": Decimal(5), "agent_invoke": Decimal(10)}


class CreditService:
    """Reserves, charges and gives back credits."""

    def quote(self, cost: Decimal, items: int = 1) -> Decimal:
        """Price of several items."""
        return cost * items


def get_credit_service() -> CreditService:
    """A service with no state of its own."""
    return CreditService()
