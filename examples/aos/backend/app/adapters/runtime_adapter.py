"""Lets routes ask the runtime."""

from app.commands.runtime_command import execute_query


class RuntimeAdapter:
    """Translates questions."""

    def query(self, kind: str):
        """Any kind of question."""
        return execute_query(kind)


def get_runtime_adapter() -> RuntimeAdapter:
    """The adapter."""
    return RuntimeAdapter()
