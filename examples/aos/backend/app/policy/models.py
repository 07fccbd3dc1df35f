"""What the engine talks about."""


class Thing(dict):
    """Named values."""

    def __init__(self, **values):
        super().__init__(values)


class ActionType(Thing):
    """What an agent wants to do."""


class PolicyContext(Thing):
    """In which situation."""


class PolicyEvaluationRequest(Thing):
    """The question."""


class PolicyVersion(Thing):
    """The set of rules that was used."""


class ViolationSeverity(Thing):
    """How bad."""


class RecoverabilityType(Thing):
    """Can it be undone?"""
