-- PostgreSQL: the role the site is served with. It owns nothing, so it cannot switch a trigger off, and it can only
-- read, add to and, by disposal, blank in the ledger. Run this as the role that owns the tables, after every migrate:
--   psql -d safeguarding -v runtime=safeguarding_runtime -f docs/runtime_role.sql
-- The role itself is made once, with a password of its own:
--   CREATE ROLE safeguarding_runtime LOGIN PASSWORD '...';
GRANT USAGE ON SCHEMA public TO :"runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"runtime";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO :"runtime";
REVOKE UPDATE, DELETE ON audit_ledgerentry, audit_treetile, audit_checkpoint FROM :"runtime";
-- Disposal blanks values; the trigger lets nothing else pass.
GRANT UPDATE (changes, additional_data, nonces) ON audit_ledgerentry TO :"runtime";
REVOKE ALL ON django_migrations FROM :"runtime";
GRANT SELECT ON django_migrations TO :"runtime";
