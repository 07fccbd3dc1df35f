"""A daemon, started by systemd: reads queue lengths."""

from app.metrics import recovery_candidates_pending


async def collect_m10_metrics():
    """Once around."""
    recovery_candidates_pending.inc()
    try:
        from app.db_async import get_async_session

        return get_async_session()
    except ImportError:
        return None


def run_metrics_collector():
    """For ever."""
    return collect_m10_metrics


if __name__ == "__main__":
    run_metrics_collector()
