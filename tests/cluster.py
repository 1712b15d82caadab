"""A PostgreSQL server of the test run's own: private directory, free port, loopback only, gone afterwards."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
TRIES = 3
OPEN_TO_ALL = "/tmp"  # noqa: S108 - mkdtemp makes a folder of its own in it
# Nothing here outlives the run, so it need not survive a power cut.
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class ClusterError(Exception):
    """The server could not be made or started; the message says what it said."""


def binaries(debian: Path = DEBIAN) -> Path | None:
    """The newest directory with a whole server, on PATH or where Debian keeps them (off PATH)."""
    on_path = shutil.which("initdb")
    versions = sorted(debian.glob("*/bin"), key=lambda found: version(found.parent.name), reverse=True)
    for candidate in [*([Path(on_path).resolve().parent] if on_path else []), *versions]:
        if all((candidate / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return candidate
    return None


def version(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root, so root hands over to the user Debian made for it."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def call(*command: str | Path) -> None:
    result = subprocess.run(
        [*unprivileged(), *map(str, command)],
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    if result.returncode:
        raise ClusterError(result.stdout.strip())


def make(bin_dir: Path, home: Path, password: str) -> None:
    secret = home / "password"
    secret.write_text(password)
    if os.geteuid() == 0:
        for path in (home, secret):
            shutil.chown(path, "postgres", "postgres")
    call(
        bin_dir / "initdb",
        *("--pgdata", home / "data", "--username=postgres", "--pwfile", secret),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
    )


def start(bin_dir: Path, home: Path) -> int:
    """The port it listens on. Another program may take a free port first, hence the tries."""
    for attempt in range(TRIES):
        port = free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {HASTE}"
        try:
            call(
                *(bin_dir / "pg_ctl", "--pgdata", home / "data", "--log", home / "log"),
                *("-w", "--timeout=60", "--options", options, "start"),
            )
        except ClusterError as error:
            if attempt == TRIES - 1:
                log = home / "log"
                raise ClusterError(f"{error}\n{log.read_text() if log.exists() else ''}") from error
        else:
            return port
    raise AssertionError("unreachable")


@contextmanager
def cluster(bin_dir: Path) -> Iterator[str]:
    """The address of a server that lives as long as the block."""
    # Root's own temporary folder may be closed to the user the server runs as.
    home = Path(tempfile.mkdtemp(prefix="safeguarding-postgres-", dir=OPEN_TO_ALL if os.geteuid() == 0 else None))
    password = secrets.token_hex(16)
    try:
        make(bin_dir, home, password)
        try:
            yield f"postgres://postgres:{password}@127.0.0.1:{start(bin_dir, home)}/postgres"
        finally:
            if (home / "data" / "postmaster.pid").exists():
                with suppress(ClusterError, subprocess.TimeoutExpired):
                    call(bin_dir / "pg_ctl", "--pgdata", home / "data", "-w", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
