"""Five maintenance jobs in one; a systemd timer starts it with `-m`."""

import argparse


def run_outbox() -> int:
    """Send what waits, when the back end can be imported."""
    try:
        from app.worker.outbox_processor import OutboxProcessor

        return OutboxProcessor().run_once([])
    except ImportError:
        return 0


def run_dead_letters() -> int:
    """The module is in the back end's own scripts folder, not beside this one."""
    try:
        from scripts.ops.reconcile_dl import reconcile_dead_letter

        return reconcile_dead_letter()
    except ImportError:
        return 0


if __name__ == "__main__":
    argparse.ArgumentParser().parse_args()
    print(run_outbox() + run_dead_letters())
