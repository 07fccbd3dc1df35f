#!/bin/sh
# ci/deep/more.sh
