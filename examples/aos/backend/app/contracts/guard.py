"""Answers of the customers' console."""


class CustomerCostSummaryDTO(dict):
    """Money, in one line."""

    def __init__(self, **values):
        super().__init__(values)


class CustomerIncidentNarrativeDTO(CustomerCostSummaryDTO):
    """An incident, told calmly."""
