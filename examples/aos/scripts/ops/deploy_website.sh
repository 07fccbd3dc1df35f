#!/usr/bin/env bash
# Build the console and copy it to the server.
set -eu
cd website/aos-console/console
npm run build
rsync -a dist/ "${TARGET:?}"
