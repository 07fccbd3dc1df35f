"""Which kinds of worker a tenant may use."""

from ..models.tenant import WorkerConfig, WorkerRegistry


class WorkerRegistryError(Exception):
    """Something about a worker is wrong."""


class WorkerNotFoundError(WorkerRegistryError):
    """No such worker."""


class WorkerRegistryService:
    """Finds workers and their settings."""

    def __init__(self, session):
        self.session = session

    def available(self) -> list:
        """Workers with the tenant's settings."""
        return [(WorkerRegistry(name="business-builder"), WorkerConfig(enabled=True))]


def get_worker_registry_service(session) -> WorkerRegistryService:
    """A service on this session."""
    return WorkerRegistryService(session)
