#!/usr/bin/env bash
# The same run, many times, must give the same trace.
for seed in $(seq "${1:-100}"); do
  GOLDEN_SEED=$seed python3 -m pytest -q backend/tests/test_recovery.py || exit 1
done
