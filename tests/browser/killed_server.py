"""A real server process on a database file of its own: killed in the middle of anything, and started again."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
MAKE = """
import json
from tests.browser.killed_pages import pages
from tests.tables import make_tables
make_tables()
print(json.dumps(pages()))
"""


class Server:
    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TEST_DATABASE_URL": f"sqlite:///{folder / 'killed.sqlite3'}",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> dict[str, str]:
        """The database with something to type on. Gives the pages by name, and under "email" who opens them."""
        command = [sys.executable, "manage.py", "shell", "-c", MAKE]
        made = subprocess.run(command, cwd=ROOT, env=self.variables, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, str] = json.loads(made.stdout.splitlines()[-1])
        return found

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                # The site's checks are no part of this, and every start would wait for them.
                [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", "--skip-checks",
                 f"127.0.0.1:{self.port}"],
                cwd=ROOT, env=self.variables, stdout=log, stderr=log,
            )  # fmt: skip
        waiting = urllib.request.Request(f"{self.url}/health/")  # noqa: S310  our own address
        while not self._answers(waiting):
            self._is_running()

    def _answers(self, question: urllib.request.Request) -> bool:
        try:
            urllib.request.urlopen(question, timeout=PATIENCE).close()  # noqa: S310
        except urllib.error.URLError:
            return False
        return True

    def _is_running(self) -> None:
        """Waits a moment, and fails with what the server said where it has ended."""
        assert self.process
        try:
            self.process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            return
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """Signal 9: nothing is written, closed or said any more."""
        if self.process:
            self.process.kill()
            self.process.wait()
