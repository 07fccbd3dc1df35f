#!/bin/sh
# ci/lint.sh
