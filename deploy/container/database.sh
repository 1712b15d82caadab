#!/bin/sh
# Run once by the image of PostgreSQL, when its folder is new.
set -eu
psql -U postgres -v owner_password="$OWNER_PASSWORD" -v runtime_password="$RUNTIME_PASSWORD" -f /postgresql.sql
