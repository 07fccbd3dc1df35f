#!/bin/sh
# start.sh
