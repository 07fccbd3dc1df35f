"""Started by cron: escalate what nobody approved."""

import asyncio


def main():
    """The task lives in an API route."""
    from app.api.policy import run_escalation_task

    return asyncio.run(run_escalation_task())


if __name__ == "__main__":
    main()
