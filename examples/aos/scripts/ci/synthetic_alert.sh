#!/usr/bin/env bash
# Make an alarm ring, to see that it rings. The Python inside is no file of its own.
python3 - <<'PY'
from app.metrics import get_metric
get_metric("replay_failed").inc()
PY
curl -s "${ALERTMANAGER_URL:-http://localhost:9093}/api/v2/alerts"
