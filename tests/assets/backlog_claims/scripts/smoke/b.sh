#!/bin/sh
# smoke/b.sh
