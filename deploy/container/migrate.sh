#!/bin/sh
set -eu
python manage.py migrate --no-input
psql "$DATABASE_URL" -q -v ON_ERROR_STOP=1 -v runtime=safeguarding_runtime -f docs/runtime_role.sql
