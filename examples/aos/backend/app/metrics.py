"""Counters and gauges for Prometheus."""


class Counter:
    """Counts up."""

    def __init__(self, name: str):
        self.name, self.value = name, 0

    def inc(self, by: int = 1):
        """One more."""
        self.value += by


nova_runs_total = Counter("nova_runs_total")
nova_worker_pool_size = Counter("nova_worker_pool_size")
recovery_ingest_total = Counter("recovery_ingest_total")
recovery_suggestions_total = Counter("recovery_suggestions_total")
recovery_candidates_pending = Counter("recovery_candidates_pending")
m10_lock_acquired_total = Counter("m10_lock_acquired_total")


def get_metric(name: str) -> Counter:
    """A counter by its name."""
    return Counter(name)


def generate_metrics() -> str:
    """What Prometheus reads."""
    return f"{nova_runs_total.name} {nova_runs_total.value}"
