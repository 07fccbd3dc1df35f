#!/usr/bin/env bash
# Does a role without rights get refused?
curl -s -o /dev/null -w '%{http_code}\n' "${1:-http://localhost:8000}/api/v1/rbac/info"
