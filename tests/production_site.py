"""A site as docs/production.md puts it on a server: a database and two roles, beside whatever else the server has."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests import cluster

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "lantern-orchard-37"


@dataclass(frozen=True)
class Site:
    """`server` is the address of the server's superuser, on any of its databases."""

    name: str
    folder: Path
    server: str

    @property
    def roles(self) -> dict[str, str]:
        return {"owner": f"{self.name}_owner", "runtime": f"{self.name}_runtime"}

    def url(self, role: str) -> str:
        return f"postgres://{self.roles[role]}:{PASSWORD}@{self.server.partition('@')[2].partition('/')[0]}/{self.name}"

    def environment(self, role: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": self.url(role),
            "DATA_FOLDER": str(self.folder),
            "ALLOWED_HOSTS": "decisions.example.org",
            "TRUSTED_PROXIES": "1",
        }

    def make(self) -> None:
        variables = {"database": self.name, **self.roles, "owner_password": PASSWORD, "runtime_password": PASSWORD}
        given = [f"-v{name}={value}" for name, value in variables.items()]
        self.psql(self.server, *given, "-f", "deploy/postgresql.sql")

    def grant(self) -> None:
        """After the first migration."""
        self.psql(self.url("owner"), f"-vruntime={self.roles['runtime']}", "-f", "docs/runtime_role.sql")

    def drop(self) -> None:
        for what in (f"DATABASE {self.name} WITH (FORCE)", *(f"ROLE {role}" for role in self.roles.values())):
            self.psql(self.server, "-c", f"DROP {what}")

    def manage(self, role: str, *arguments: str) -> str:
        return said([sys.executable, "manage.py", *arguments], self.environment(role))

    def psql(self, url: str, *arguments: str) -> str:
        programs = cluster.binaries()
        assert programs
        command = [str(programs / "psql"), "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", url, *arguments]
        return said(command, {"PATH": os.environ["PATH"]})


def said(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
