#!/bin/sh
# smoke/a.sh
