"""Started by a systemd timer: what failed since yesterday?"""

from app.jobs.failure_classification_engine import aggregate_patterns


def run() -> dict:
    """Fetch and count."""
    try:
        from app.db import engine

        return aggregate_patterns(engine.all("failures"))
    except ImportError:
        return {}


if __name__ == "__main__":
    print(run())
