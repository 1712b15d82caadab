"""`manage.py` in a process of its own, as the shell sees it; several commands in one, for to start it takes longest."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = """
import contextlib, io, json, runpy, sys
ended = []
for arguments in json.loads(sys.argv[1]):
    sys.argv, out, err, code = ["manage.py", *arguments], io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            runpy.run_path("manage.py", run_name="__main__")
        except SystemExit as stop:
            code = stop.code
    ended.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(ended))
"""


class Ended(NamedTuple):
    code: int
    out: str
    err: str


def manage(*commands: list[str], environment: Mapping[str, str]) -> list[Ended]:
    """How each command ended, and what it said. A traceback of any of them fails the test."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(commands)],
        cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stderr == ""
    return [Ended(*ended) for ended in json.loads(ran.stdout)]
