#!/usr/bin/env bash
# Make Redis stop answering.
[ "${CHAOS_ALLOWED:-}" = true ] || exit 1
redis-cli CLIENT PAUSE 30000
