"""Every decision of the system leaves a record; these functions write it."""


def _emit(kind: str, subject) -> dict:
    return {"kind": kind, "subject": subject}


def emit_routing_decision(subject):
    """Who does it."""
    return _emit("routing", subject)


def emit_policy_decision(subject):
    """May it be done."""
    return _emit("policy", subject)


def emit_policy_precheck_decision(task, allowed):
    """The same, before a run."""
    return _emit("precheck", (task, allowed))


def emit_recovery_decision(subject):
    """What to do about a failure."""
    return _emit("recovery", subject)


def emit_memory_decision(subject):
    """What was remembered."""
    return _emit("memory", subject)


def emit_budget_decision(subject):
    """Was there money."""
    return _emit("budget", subject)


def emit_budget_enforcement_decision(subject):
    """Was it stopped for lack of money."""
    return _emit("budget-stop", subject)


def backfill_run_id_for_request(request_id: str, run_id: str):
    """Join early records with the run they led to."""
    return _emit("backfill", (request_id, run_id))
