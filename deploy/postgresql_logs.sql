-- PostgreSQL: what keeps words that people typed out of the server's own log, for both roles. As a superuser, or on
-- version 15 and newer somebody who was granted SET on these parameters; all but the last need it:
--   psql -d safeguarding -v owner=safeguarding_owner -v runtime=safeguarding_runtime -f deploy/postgresql_logs.sql
-- A failed statement holds what it would have written, and the detail of an error the row that was refused. The site's
-- own log says which rule was broken, and where. `manage.py check --deploy --database default` asks for each of these.
ALTER ROLE :"owner" SET log_min_messages = 'log';
ALTER ROLE :"owner" SET log_min_error_statement = 'panic';
ALTER ROLE :"owner" SET log_error_verbosity = 'terse';
ALTER ROLE :"owner" SET log_statement = 'none';
ALTER ROLE :"owner" SET log_min_duration_statement = -1;
ALTER ROLE :"owner" SET log_min_duration_sample = -1;
ALTER ROLE :"owner" SET log_transaction_sample_rate = 0;
ALTER ROLE :"owner" SET log_parameter_max_length = 0;
ALTER ROLE :"owner" SET log_parameter_max_length_on_error = 0;
ALTER ROLE :"runtime" SET log_min_messages = 'log';
ALTER ROLE :"runtime" SET log_min_error_statement = 'panic';
ALTER ROLE :"runtime" SET log_error_verbosity = 'terse';
ALTER ROLE :"runtime" SET log_statement = 'none';
ALTER ROLE :"runtime" SET log_min_duration_statement = -1;
ALTER ROLE :"runtime" SET log_min_duration_sample = -1;
ALTER ROLE :"runtime" SET log_transaction_sample_rate = 0;
ALTER ROLE :"runtime" SET log_parameter_max_length = 0;
ALTER ROLE :"runtime" SET log_parameter_max_length_on_error = 0;
