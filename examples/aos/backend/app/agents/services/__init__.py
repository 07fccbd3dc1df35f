"""Services of the agents; governance is left out, as in the real package."""

from .blackboard_service import BlackboardService, get_blackboard_service
from .credit_service import CreditService, get_credit_service
from .invoke_audit_service import InvokeAuditService, get_invoke_audit_service
from .job_service import JobService, get_job_service
from .message_service import MessageService, get_message_service
from .registry_service import RegistryService, get_registry_service
from .worker_service import WorkerService, get_worker_service

__all__ = [
    "BlackboardService",
    "CreditService",
    "InvokeAuditService",
    "JobService",
    "MessageService",
    "RegistryService",
    "WorkerService",
    "get_blackboard_service",
    "get_credit_service",
    "get_invoke_audit_service",
    "get_job_service",
    "get_message_service",
    "get_registry_service",
    "get_worker_service",
]
