#!/bin/sh
set -eu
until pg_isready --quiet --dbname="$DATABASE_URL"; do sleep 2; done
python manage.py migrate --no-input
psql "$DATABASE_URL" -q -v ON_ERROR_STOP=1 -v runtime=safeguarding_runtime -f docs/runtime_role.sql
