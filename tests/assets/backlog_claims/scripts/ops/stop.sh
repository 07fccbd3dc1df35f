#!/bin/sh
# ops/stop.sh
