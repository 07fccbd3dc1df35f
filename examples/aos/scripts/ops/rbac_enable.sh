#!/usr/bin/env bash
# Switch role checks on, carefully: back up, restart, look.
set -eu
here=$(dirname "$0")
pg_dump "${DATABASE_URL:-}" > before.dump
docker compose up -d backend
if [ -f "$here/rbac_enable_smoke.sh" ]; then
  "$here/rbac_enable_smoke.sh" "${BASE_URL:-http://localhost:8000}"
fi
