"""Many agents fetch many pages."""

from app.agents.services.blackboard_service import BlackboardService
from app.agents.services.job_service import JobService
from app.agents.services.registry_service import RegistryService
from app.agents.services.worker_service import WorkerService


def main(urls: list):
    """One item for each page."""
    return (
        JobService(None).create(str(urls), 0),
        RegistryService().alive(),
        BlackboardService(),
        WorkerService,
    )


if __name__ == "__main__":
    print(main([]))
