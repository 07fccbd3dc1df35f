#!/usr/bin/env bash
# Nothing is certified while runs are kept in memory only.
if grep -q "_runs_store" backend/app/api/workers.py; then exit 1; fi
curl -fs http://localhost:8000/health
