"""Many agents working on one job."""

from .services.blackboard_service import BlackboardService, get_blackboard_service
from .services.credit_service import CreditService, get_credit_service
from .services.job_service import JobService, get_job_service
from .services.message_service import MessageService, get_message_service
from .services.registry_service import RegistryService, get_registry_service
from .services.worker_service import WorkerService, get_worker_service

__all__ = [
    "BlackboardService",
    "CreditService",
    "JobService",
    "MessageService",
    "RegistryService",
    "WorkerService",
    "get_blackboard_service",
    "get_credit_service",
    "get_job_service",
    "get_message_service",
    "get_registry_service",
    "get_worker_service",
]
