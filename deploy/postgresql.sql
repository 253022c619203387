-- Once, as superuser: psql -f deploy/postgresql.sql
-- A statement that fails would otherwise stand in PostgreSQL's log with the answers in it (T8).

CREATE ROLE leercultuur LOGIN PASSWORD 'change-me';
CREATE DATABASE leercultuur OWNER leercultuur ENCODING 'UTF8' TEMPLATE template0;

-- Set by the superuser, so the role cannot undo them.
ALTER ROLE leercultuur SET log_min_error_statement = 'panic';
ALTER ROLE leercultuur SET log_statement = 'none';
ALTER ROLE leercultuur SET log_min_duration_statement = -1;
ALTER ROLE leercultuur SET log_min_messages = 'fatal';
ALTER ROLE leercultuur SET log_error_verbosity = 'terse';
ALTER ROLE leercultuur SET log_parameter_max_length = 0;
ALTER ROLE leercultuur SET log_parameter_max_length_on_error = 0;
ALTER ROLE leercultuur SET log_lock_waits = off;
ALTER ROLE leercultuur SET auto_explain.log_min_duration = -1;
-- Of a process that is killed, PostgreSQL writes down what it was doing, if it knows.
ALTER ROLE leercultuur SET track_activities = off;

-- For the whole server: who connects is not written down either.
ALTER SYSTEM SET log_connections = off;
ALTER SYSTEM SET log_disconnections = off;
ALTER SYSTEM SET log_line_prefix = '%m [%p] ';
-- When a row was written would say in which order colleagues answered. Off is the default.
ALTER SYSTEM SET track_commit_timestamp = off;
-- The write-ahead log holds every row with its time. Finished files are removed, not kept to be
-- overwritten some day; `manage.py daily` finishes one. No archive_mode: that would keep them all.
ALTER SYSTEM SET wal_recycle = off;
ALTER SYSTEM SET log_checkpoints = off;
SELECT pg_reload_conf();

\connect leercultuur
\ir postgresql-log.sql
