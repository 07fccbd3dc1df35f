#!/usr/bin/env bash
# An older stall; same name as the registered one.
redis-cli DEBUG SLEEP "${1:-10}"
