#!/usr/bin/env bash
# The worker pool without containers.
set -euo pipefail
cd "$(dirname "$0")/../backend"
python -m app.worker.pool
