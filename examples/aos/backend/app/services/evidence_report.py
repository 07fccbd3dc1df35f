"""A report on one incident, good enough for a court."""


def generate_evidence_report(incident_id: str) -> bytes:
    """Cover, facts, hashes."""
    pages = [f"Incident {incident_id}", "Facts", "Hashes"]
    return "\f".join(pages).encode()
