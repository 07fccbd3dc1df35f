#!/usr/bin/env bash
# An older CPU spike; same name as the registered one.
timeout "${1:-10}" yes > /dev/null
