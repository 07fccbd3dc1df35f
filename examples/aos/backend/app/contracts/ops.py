"""Answers of the founders' console."""


class FounderIncidentListItemDTO(dict):
    """An incident in a list."""

    def __init__(self, **values):
        super().__init__(values)


class FounderActionResponseDTO(FounderIncidentListItemDTO):
    """What an intervention did."""


class FounderCostAnomalyDTO(FounderIncidentListItemDTO):
    """Odd spending of one tenant."""
