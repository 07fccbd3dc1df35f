"""The web application: starts the parts, mounts the routers."""

from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from .auth import verify_api_key
from .auth.rbac_middleware import RBACMiddleware
from .contracts.decisions import backfill_run_id_for_request
from .db import init_db
from .logging_config import setup_logging
from .metrics import generate_metrics
from .middleware.tenant import TenantMiddleware
from .planners import PlannerProtocol
from .skills import get_skill
from .utils.budget_tracker import BudgetTracker
from .utils.rate_limiter import RateLimiter
from .api.agents import router as agents_router
from .api.cost_guard import router as cost_guard_router
from .api.cost_intelligence import router as cost_intelligence_router
from .api.cost_ops import router as cost_ops_router
from .api.costsim import router as costsim_router
from .api.customer_visibility import router as customer_visibility_router
from .api.embedding import router as embedding_router
from .api.founder_actions import router as founder_actions_router
from .api.founder_timeline import router as founder_timeline_router
from .api.guard import router as guard_router
from .api.health import router as health_router
from .api.integration import router as integration_router
from .api.legacy_routes import router as legacy_routes_router
from .api.memory_pins import router as memory_pins_router
from .api.onboarding import router as onboarding_router
from .api.ops import router as ops_router
from .api.policy import router as policy_router
from .api.policy_layer import router as policy_layer_router
from .api.rbac_api import router as rbac_router
from .api.recovery import router as recovery_router
from .api.recovery_ingest import router as recovery_ingest_router
from .api.runtime import router as runtime_router
from .api.status_history import router as status_history_router
from .api.traces import router as traces_router
from .api.v1_killswitch import router as v1_killswitch_router
from .api.v1_proxy import router as v1_proxy_router
from .api.workers import router as workers_router
from .predictions.api import router as c2_predictions_router
from .api.feedback import router as feedback_router
from .api.policy_proposals import router as policy_proposals_router
from .api.predictions import router as predictions_router
from .api.discovery import router as discovery_router


@asynccontextmanager
async def lifespan(app: FastAPI):
    """Prepare everything; what is missing is skipped."""
    setup_logging()
    init_db()
    try:
        from .events.publisher import get_publisher

        get_publisher().publish("started", {})
    except ImportError:
        pass
    try:
        from .auth.rbac_engine import init_rbac_engine
        from .db import get_session
        from .memory.memory_service import init_memory_service
        from .memory.update_rules import init_update_rules_engine

        init_rbac_engine(get_session)
        init_memory_service()
        init_update_rules_engine()
    except ImportError:
        pass
    try:
        from .services.orphan_recovery import recover_orphaned_runs

        await recover_orphaned_runs()
    except ImportError:
        pass
    yield


app = FastAPI(lifespan=lifespan)
app.add_middleware(RBACMiddleware)
app.add_middleware(TenantMiddleware)

app.include_router(health_router)
app.include_router(policy_router)
app.include_router(runtime_router)
app.include_router(status_history_router)
app.include_router(costsim_router)
app.include_router(memory_pins_router)
app.include_router(rbac_router)
app.include_router(traces_router, prefix="/api/v1")
app.include_router(recovery_router)
app.include_router(recovery_ingest_router)
app.include_router(agents_router)
app.include_router(policy_layer_router, prefix="/api/v1")
app.include_router(embedding_router, prefix="/api/v1")
app.include_router(workers_router)
# Tenants stay switched off until there is more than one of them:
# from .api.tenants import router as tenants_router
# app.include_router(tenants_router)
app.include_router(v1_proxy_router)
app.include_router(v1_killswitch_router)
app.include_router(guard_router)
app.include_router(ops_router)
app.include_router(founder_timeline_router)
app.include_router(customer_visibility_router)
app.include_router(onboarding_router)
app.include_router(integration_router)
app.include_router(cost_intelligence_router)
app.include_router(cost_ops_router)
app.include_router(cost_guard_router)
app.include_router(c2_predictions_router)
app.include_router(founder_actions_router)
app.include_router(legacy_routes_router)
app.include_router(feedback_router)
app.include_router(policy_proposals_router)
app.include_router(predictions_router)
app.include_router(discovery_router)


@app.get("/runs/{run_id}")
async def run_status(run_id: str, key: str = Depends(verify_api_key)):
    """Where a run stands."""
    from .db import get_async_session
    from .models.tenant import WorkerRun

    async with get_async_session() as session:
        return session.one(WorkerRun, run_id)
