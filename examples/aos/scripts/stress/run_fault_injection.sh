#!/usr/bin/env bash
# Break steps on purpose, with a runner that is written on the spot.
runner=$(mktemp)
echo 'print("broken on purpose")' > "$runner"
python3 "$runner"
