#!/usr/bin/env bash
# Take a lot of memory for a while.
[ "${CHAOS_ALLOWED:-}" = true ] || exit 1
timeout 30 head -c 1G /dev/zero | tail
