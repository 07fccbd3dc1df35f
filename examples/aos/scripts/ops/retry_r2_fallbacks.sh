#!/usr/bin/env bash
# Upload once more what could not be uploaded.
set -eu
for file in "${FALLBACK_DIR:?}"/*; do echo "retry $file"; done
