-- As superuser, in the database itself, and again after every restore: a new database knows nothing of
-- it. psql -d leercultuur -f deploy/postgresql-log.sql
-- Lets `manage.py daily` have the finished write-ahead log removed (T6).

GRANT EXECUTE ON FUNCTION pg_switch_wal() TO leercultuur;
-- From PostgreSQL 15; before that only a superuser may ask for a checkpoint.
SELECT 'GRANT pg_checkpoint TO leercultuur'
    FROM pg_roles WHERE rolname = 'pg_checkpoint' \gexec
