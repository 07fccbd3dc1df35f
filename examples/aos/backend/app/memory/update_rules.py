"""How a result changes what is remembered."""


class UpdateRulesEngine:
    """Applies rules in order."""


def init_update_rules_engine() -> UpdateRulesEngine:
    """Called at start."""
    return UpdateRulesEngine()


get_update_rules_engine = init_update_rules_engine
