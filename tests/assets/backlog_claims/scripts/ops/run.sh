#!/bin/sh
# ops/run.sh
