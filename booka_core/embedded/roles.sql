-- The roles, the database and the extensions Booka needs, for psql. Safe to run again; a second run only sets the
-- passwords anew. Wants three variables: owner_password, app_password, system_password; and a login that may create
-- roles and databases. Why three roles: the owner migrates and may bypass row policies (data migrations, back-ups);
-- the application owns nothing and bypasses nothing, so a forgotten filter shows no rows; the system role bypasses
-- policies for the few reviewed paths that must see across tenants, and owns nothing either.
\set ON_ERROR_STOP on
\if :{?database}
\else
  \set database booka
\endif

SELECT format('CREATE ROLE %I LOGIN', role) FROM unnest(ARRAY['booka_owner', 'booka_app', 'booka_system']) AS role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

SET password_encryption = 'scram-sha-256';
ALTER ROLE booka_owner  WITH LOGIN BYPASSRLS   NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'owner_password';
ALTER ROLE booka_app    WITH LOGIN NOBYPASSRLS NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'app_password';
ALTER ROLE booka_system WITH LOGIN BYPASSRLS   NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'system_password';

SELECT format('CREATE DATABASE %I OWNER booka_owner', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO booka_owner, booka_app, booka_system;

\connect :"database"

-- Exclusion constraints over ids and time ranges; search by similarity.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO booka_owner;
GRANT USAGE ON SCHEMA public TO booka_app, booka_system;
ALTER DEFAULT PRIVILEGES FOR ROLE booka_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO booka_app, booka_system;
ALTER DEFAULT PRIVILEGES FOR ROLE booka_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO booka_app, booka_system;
