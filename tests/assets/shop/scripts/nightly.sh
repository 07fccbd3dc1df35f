#!/bin/sh
python -m app.services.legacy
