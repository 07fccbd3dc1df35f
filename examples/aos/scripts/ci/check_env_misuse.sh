#!/usr/bin/env bash
# Secrets are read in one place only.
if grep -rn "os.environ\[" backend/app --include='*.py'; then exit 1; fi
