"""deploy/postgresql.sql and what the README says to run after it, with two roles, on PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests import cluster
from tests.conftest import THOROUGH

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif(not THOROUGH, reason="every table is made by its migrations: ./run check, or THOROUGH=1"),
]
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "lantern-orchard-37"


@dataclass
class Site:
    """A site as it is put on a server, beside whatever else that server has."""

    name: str
    folder: Path

    @property
    def roles(self) -> dict[str, str]:
        return {"owner": f"{self.name}_owner", "runtime": f"{self.name}_runtime"}

    def url(self, role: str) -> str:
        given = connection.settings_dict
        return f"postgres://{self.roles[role]}:{PASSWORD}@{given['HOST']}:{given['PORT']}/{self.name}"

    def manage(self, role: str, *arguments: str) -> str:
        environment = {
            "DATABASE_URL": self.url(role),
            "DATA_FOLDER": str(self.folder),
            "ALLOWED_HOSTS": "decisions.example.org",
            "TRUSTED_PROXIES": "1",
        }
        return said([sys.executable, "manage.py", *arguments], environment)

    def psql(self, url: str, *arguments: str) -> str:
        programs = cluster.binaries()
        assert programs
        return said([str(programs / "psql"), "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", url, *arguments], {})


def said(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def site(db: None, tmp_path: Path) -> Iterator[Site]:
    made = Site(f"production_{os.getpid()}", tmp_path)
    given = connection.settings_dict
    above = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/postgres"
    assert urlsplit(above).port
    variables = {"database": made.name, **made.roles, "owner_password": PASSWORD, "runtime_password": PASSWORD}
    made.psql(above, *(f"-v{name}={value}" for name, value in variables.items()), "-f", "deploy/postgresql.sql")
    yield made
    for statement in (
        f"DROP DATABASE {made.name} WITH (FORCE)",
        *(f"DROP ROLE {role}" for role in made.roles.values()),
    ):
        made.psql(above, "-c", statement)


def test_a_site_is_set_up_upgraded_and_backed_up_without_a_grant_by_hand(site: Site) -> None:
    site.manage("owner", "migrate", "--verbosity", "0")
    site.psql(site.url("owner"), f"-vruntime={site.roles['runtime']}", "-f", "docs/runtime_role.sql")
    site.manage("runtime", "check", "--deploy", "--database", "default", "--fail-level", "ERROR")
    link = site.manage(
        *("runtime", "create_organisation", "--name", "Alder Family Trust", "--kind", "NON", "--sector", "charity"),
        *("--administrator-name", "Sam Reed", "--administrator-email", "sam@alder.test"),
    )
    assert "works once" in link
    # What a later version adds is granted by the defaults.
    site.psql(site.url("owner"), "-c", "CREATE TABLE later_version (id bigserial PRIMARY KEY, words text)")
    site.psql(site.url("runtime"), "-c", "INSERT INTO later_version (words) VALUES ('one')")
    drill = site.manage("owner", "backup_drill")
    assert drill.startswith("restored the backup of ")
    assert "in 2 chains" in drill
    assert site.manage("runtime", "verify_ledger").startswith("verified ")
