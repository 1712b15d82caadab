"""A site as docs/production.md sets it up, live on this machine, of which parts can be killed.

PostgreSQL with durable writes and the two roles; gunicorn with two workers, without the proxy. What systemd does on a
server is done here by a thread: it starts PostgreSQL again when it has died. Gunicorn starts its workers itself.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.scale import prepare
from tests import cluster
from tests.production_site import ROOT, Site

WORKERS = ("--workers", "2", "--threads", "4", "--worker-class", "gthread")
HOST = "decisions.example.org"
UP_WITHIN = 120


class Server:
    """A PostgreSQL server on one port, which is the same after it was killed. As durable as one is made by default."""

    def __init__(self, programs: Path, home: Path, settings: str = "") -> None:
        self.programs, self.home, self.settings = programs, home, settings
        self.port, self.password = cluster.free_port(), secrets.token_hex(16)
        self.starts = 0
        self._kept: threading.Event | None = None

    @property
    def url(self) -> str:
        return f"postgres://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        cluster.make(self.programs, self.home, self.password)
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {self.settings}"
        cluster.call(
            *(self.programs / "pg_ctl", "--pgdata", self.home / "data", "--log", self.home / "log"),
            *("-w", "--timeout=100", "--options", options, "start"),
        )
        self.starts += 1

    def stop(self, mode: str = "immediate") -> None:
        with suppress(cluster.ClusterError):
            cluster.call(self.programs / "pg_ctl", "--pgdata", self.home / "data", "-w", f"--mode={mode}", "stop")

    @property
    def postmaster(self) -> int:
        """Its process, or 0 when there is none."""
        with suppress(OSError, ValueError):
            number = int((self.home / "data" / "postmaster.pid").read_text().split()[0])
            if Path(f"/proc/{number}").exists():
                return number
        return 0

    def backends(self) -> list[int]:
        """The processes that answer the site."""
        return [each for each in children(self.postmaster) if " idle" in title(each) or "COMMIT" in title(each)]

    @contextmanager
    def kept_up(self) -> Iterator[None]:
        """Started again whenever it is not there, as systemd would."""
        over = threading.Event()

        def keep() -> None:
            while not over.wait(0.2):
                if not self.postmaster:
                    # The processes that were left behind may not have gone yet.
                    with suppress(cluster.ClusterError, subprocess.TimeoutExpired):
                        self.start()

        keeper = threading.Thread(target=keep)
        keeper.start()
        try:
            yield
        finally:
            over.set()
            keeper.join()


def children(process: int) -> list[int]:
    with suppress(OSError):
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


def title(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def kill(process: int) -> bool:
    """`kill -9`."""
    with suppress(ProcessLookupError):
        if process:
            os.kill(process, signal.SIGKILL)
            return True
    return False


class LiveSite:
    """The site, its server and the port on which gunicorn listens."""

    def __init__(self, site: Site, server: Server) -> None:
        self.site, self.server, self.port = site, server, cluster.free_port()
        self.master = 0

    @property
    def log(self) -> Path:
        return self.site.folder / "log"

    def workers(self) -> list[int]:
        return children(self.master)

    def environment(self) -> dict[str, str]:
        """With the key that this process has too: a session made here is one of the site's."""
        return {**self.site.environment("runtime"), "SECRET_KEY": os.environ["SECRET_KEY"]}

    @contextmanager
    def served(self) -> Iterator[None]:
        command = [sys.executable, "-m", "gunicorn", "safeguarding.wsgi", "--bind", f"127.0.0.1:{self.port}", *WORKERS]
        with self.log.open("a") as log:
            process = subprocess.Popen(  # noqa: S603 - our own server
                [*command, "--no-control-socket", "--log-level", "warning"],
                env=self.environment(),
                cwd=ROOT,
                stderr=log,
            )
            self.master = process.pid
            try:
                self.wait()
                yield
            finally:
                process.terminate()
                process.wait(60)

    def health(self) -> int:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/health/", headers={"Host": HOST})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def wait(self) -> float:
        """Seconds until it is ready."""
        start = time.monotonic()
        while self.health() != 200:  # noqa: PLR2004
            if time.monotonic() - start > UP_WITHIN:
                raise SystemExit(f"The site was not up after {UP_WITHIN} s:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.3)
        return time.monotonic() - start


@contextmanager
def live_site(name: str, *, settings: str = "", folder: Path | None = None) -> Iterator[LiveSite]:
    """Migrated and granted, with static files, and not served yet. This process has the owner's role."""
    programs = cluster.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed.")
    home = folder or Path(tempfile.mkdtemp(prefix="safeguarding-postgres-", dir=cluster.OPEN_TO_ALL))
    server = Server(programs, home, settings)
    try:
        server.make()
        with tempfile.TemporaryDirectory(prefix=f"safeguarding-{name}-") as data:
            site = Site(name, Path(data), server.url)
            site.make()
            os.environ["TEST_DATABASE_URL"] = site.url("owner")
            prepare()
            site.grant()
            site.manage("runtime", "collectstatic", "--no-input", "--verbosity", "0")
            yield LiveSite(site, server)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
