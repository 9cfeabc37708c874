"""`deploy/roles.sql` sets up a PostgreSQL of one's own exactly as the embedded one is set up."""

import subprocess
from pathlib import Path

from booka_core.embedded.postgres import installation
from booka_core.testing.servers import Servers

SCRIPT = Path(__file__).parents[3] / "deploy" / "roles.sql"


def psql(servers: Servers, *words: str, database: str = "postgres") -> str:
    program = installation(Path(servers.home), None) / "bin" / "psql"
    done = subprocess.run(
        [program, "-XAtq", *words, servers.url("postgres", database)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_script_can_be_run_again_and_leaves_a_usable_database(postgres_server: Servers) -> None:
    name = "own_database"
    passwords = [f"{role}_password={postgres_server.passwords[f'booka_{role}']}" for role in ("owner", "app", "system")]
    variables = [word for value in (*passwords, f"database={name}") for word in ("-v", value)]
    try:
        for _ in range(2):
            psql(postgres_server, *variables, "-f", str(SCRIPT))
        assert psql(postgres_server, "-c", "SELECT extname FROM pg_extension ORDER BY 1", database=name).split() == [
            "btree_gist",
            "pg_trgm",
            "plpgsql",
        ]
        made = "SET ROLE booka_owner; CREATE TABLE notes (id int); SET ROLE booka_app; INSERT INTO notes VALUES (1)"
        psql(postgres_server, "-c", made, database=name)
        assert psql(postgres_server, "-c", "SELECT has_database_privilege('public', current_database(), 'CONNECT')",
                    database=name) == "f"  # fmt: skip
    finally:
        psql(postgres_server, "-c", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
