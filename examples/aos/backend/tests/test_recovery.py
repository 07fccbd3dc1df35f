"""The matcher."""

from app.services.recovery_matcher import HALF_LIFE_DAYS, RecoveryMatcher


def test_match():
    assert RecoveryMatcher().match({"code": 1}) and HALF_LIFE_DAYS


def test_everywhere():
    from app.main import app
    from cli.aos import cmd_recovery_candidates

    assert app and cmd_recovery_candidates() == []
