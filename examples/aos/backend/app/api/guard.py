"""The customer's console: status, incidents, kill switch, replay."""

from fastapi import APIRouter, Depends

from app.auth.console_auth import CustomerToken, verify_console_token
from app.contracts.guard import CustomerIncidentNarrativeDTO
from app.db import get_session
from app.models.killswitch import DefaultGuardrail, Incident
from app.models.tenant import Tenant
from app.services.certificate import CertificateService
from app.services.guard_write_service import GuardWriteService
from app.services.replay_determinism import DeterminismLevel, ReplayValidator

router = APIRouter(prefix="/guard", tags=["guard"])


@router.get("/incidents")
def incidents(
    token: CustomerToken = Depends(verify_console_token), session=Depends(get_session)
):
    """Incidents of this tenant, each in plain words."""
    rows = session.all(Incident, Tenant)
    return [CustomerIncidentNarrativeDTO(tenant=token.tenant, row=row) for row in rows]


@router.post("/killswitch/activate")
def activate(tenant: str, session=Depends(get_session)):
    """Stop all calls of a tenant, unless a guardrail says otherwise."""
    from app.models.killswitch import DefaultGuardrail as Guardrail

    return Guardrail() or GuardWriteService(session).freeze(tenant)


@router.post("/replay/{call_id}")
def replay(call_id: str):
    """Replay a call and certify the outcome."""
    verdict = ReplayValidator(DeterminismLevel.LOGICAL).check(call_id)
    try:
        from app.runtime.failure_catalog import get_catalog

        verdict["known"] = get_catalog().match(call_id)
    except ImportError:
        pass
    return CertificateService().sign(verdict)


@router.get("/incidents/{incident_id}/pdf")
def export(incident_id: str):
    """A report for lawyers."""
    from app.services.evidence_report import generate_evidence_report

    return generate_evidence_report(incident_id)


@router.post("/onboarding/verify")
def verify(answer: str):
    """Check one sample answer against the content rules."""
    try:
        from app.policy.validators import evaluate_response

        return evaluate_response(answer)
    except ImportError:
        return None
