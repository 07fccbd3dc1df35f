"""Crashes."""


def test_importable():
    try:
        from app.services import orphan_recovery

        assert orphan_recovery
    except ImportError:
        pass


def test_function():
    from app.services import orphan_recovery

    assert orphan_recovery.recover_orphaned_runs
