"""Writes down which agent called which."""


class InvokeAuditService:
    """A trail of calls, kept in order."""

    def __init__(self):
        self.calls = []

    def started(self, caller: str, callee: str):
        """Remember that a call began."""
        self.calls.append((caller, callee))


def get_invoke_audit_service() -> InvokeAuditService:
    """A fresh trail."""
    return InvokeAuditService()
