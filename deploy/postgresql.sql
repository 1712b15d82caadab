-- PostgreSQL 15 or newer: the database and its two roles, made once, as a superuser:
--   psql -v owner_password=... -v runtime_password=... -f deploy/postgresql.sql
-- The owner migrates, backs up and restores; the other role serves. After the first `manage.py migrate` run
-- docs/runtime_role.sql; tables of later versions are granted by the defaults below. Other names: -v database=...,
-- -v owner=..., -v runtime=...
\set ON_ERROR_STOP on
\if :{?database} \else \set database safeguarding \endif
\if :{?owner} \else \set owner safeguarding_owner \endif
\if :{?runtime} \else \set runtime safeguarding_runtime \endif
-- The passwords stay out of the server's log.
SET log_statement = 'none'; SET log_min_duration_statement = -1; SET log_min_error_statement = 'panic';
CREATE ROLE :"owner" LOGIN CREATEDB PASSWORD :'owner_password';  -- CREATEDB: backup_drill restores into a new one
CREATE ROLE :"runtime" LOGIN PASSWORD :'runtime_password';
-- And so does what people type.
\ir postgresql_logs.sql
\ir postgresql_database.sql
