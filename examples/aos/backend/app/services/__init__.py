"""Business logic. Only some services are re-exported here."""

from .event_emitter import (
    EntityType,
    EventEmitter,
    EventEmitterError,
    EventType,
    OpsEvent,
    get_event_emitter,
)
from .recovery_matcher import RecoveryMatcher
from .tenant_service import (
    QuotaExceededError,
    TenantService,
    TenantServiceError,
    get_tenant_service,
)
from .worker_registry_service import (
    WorkerNotFoundError,
    WorkerRegistryError,
    WorkerRegistryService,
    get_worker_registry_service,
)

__all__ = [
    "EntityType",
    "EventEmitter",
    "EventEmitterError",
    "EventType",
    "OpsEvent",
    "QuotaExceededError",
    "RecoveryMatcher",
    "TenantService",
    "TenantServiceError",
    "WorkerNotFoundError",
    "WorkerRegistryError",
    "WorkerRegistryService",
    "get_event_emitter",
    "get_tenant_service",
    "get_worker_registry_service",
]
