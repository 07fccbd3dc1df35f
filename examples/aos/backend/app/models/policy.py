"""Proposed policies."""


class PolicyProposal(dict):
    """Waits for a person."""


class PolicyVersion(dict):
    """What was accepted."""
