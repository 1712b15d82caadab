"""Bodies of 150 MB, and bodies that come a byte a second: what is taken of them, and whether others are served.

    python -m benchmarks.bodies [--megabytes 150] [--at-once 8] [--seconds 20] [--nginx FILE]

The site as in production, at gunicorn's own port, and behind nginx with deploy/nginx.conf (without TLS) where it is
installed or named. "Taken" is what the machine took from the sender before it was answered or cut off, buffers of the
connection included. docs/robustness.md has the figures.
"""

import argparse
import select
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.urls import reverse

from benchmarks.live_nginx import nginx
from benchmarks.live_site import LiveSite, live_site
from benchmarks.scale import say

if TYPE_CHECKING:
    from benchmarks.live_client import Answer

PIECE, MEGABYTE = 1 << 16, 1_000_000
PATIENCE, OTHERS = 60.0, 5.0
BOUNDARY = "a-boundary"
MULTIPART = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'.encode()
Head = dict[str, str]


@dataclass(frozen=True)
class Kind:
    """How a body is announced, what comes first of it, and how each piece is wrapped."""

    name: str
    headers: Head
    first: bytes = b""
    wrap: Callable[[bytes], bytes] = bytes


def kinds(size: int) -> Iterator[Kind]:
    length = {"Content-Length": str(size)}
    yield Kind("length told", {**length, "Content-Type": "application/x-www-form-urlencoded"}, b"a=")
    yield Kind("multipart", {**length, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, MULTIPART)
    chunked = {"Transfer-Encoding": "chunked", "Content-Type": "application/x-www-form-urlencoded"}
    yield Kind("chunked", chunked, b"", lambda piece: b"%x\r\n%b\r\n" % (len(piece), piece))


def main(megabytes: int, at_once: int, seconds: int, program: str) -> int:
    with live_site("bodies") as live, ExitStack() as stack:
        from benchmarks.live_client import session_of  # noqa: PLC0415  models need Django
        from tests.cast import make_cast  # noqa: PLC0415

        sessions = {"signed in": session_of(make_cast().practitioner), "nobody": ""}
        stack.enter_context(live.served())
        ports = {"gunicorn": live.port}
        if program:
            ports["nginx"] = stack.enter_context(nginx(program, live.port, live.site.folder))
        workers, failed = live.workers(), 0
        for server, port in ports.items():
            for who, session in sessions.items():
                for kind in kinds(megabytes * MEGABYTE):
                    failed += not large(live, f"{server}, {who}, {kind.name}", port, session, kind, megabytes, at_once)
            slow(server, port, sessions["signed in"], at_once, seconds)
        alive = live.workers() == workers and live.health() == 200  # noqa: PLR2004
        say(f"the same workers serve at the end: {alive}; a body taken whole, or not refused: {failed}")
    return 0 if alive and not failed else 1


def large(
    live: LiveSite, name: str, port: int, session: str, kind: Kind, megabytes: int, at_once: int
) -> bool:  # fmt: skip
    """So many at once. Whether each was refused, and not taken whole."""
    forget_peaks(live.workers())
    before = memory(live.workers())
    found: list[tuple[Answer, int]] = []
    threads = [
        threading.Thread(target=lambda: found.append(sent(port, session, kind, megabytes * MEGABYTE)))
        for _ in range(at_once)
    ]
    for thread in threads:
        thread.start()
    others = asked_meanwhile(port, lambda: any(thread.is_alive() for thread in threads))
    for thread in threads:
        thread.join()
    statuses = sorted({answer.status for answer, _ in found})
    took = max(answer.seconds for answer, _ in found)
    most = max(taken for _, taken in found) / MEGABYTE
    say(f"{name}: {at_once} answered {statuses} in {took:.1f} s at most, {most:.1f} MB taken at most; "
        f"workers {before} MB before, {memory(live.workers())} at most; others {others}")  # fmt: skip
    return most < megabytes and not set(statuses) - {400, 411, 413}


def sent(port: int, session: str, kind: Kind, size: int) -> "tuple[Answer, int]":
    """The answer, and how many bytes were taken. Sends on until it is answered."""
    from benchmarks.live_client import bytes_of, headers_of, parsed  # noqa: PLC0415

    start, got, taken = time.perf_counter(), b"", 0
    fields = {**headers_of(session), **kind.headers}
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(
            bytes_of("POST", reverse("drafting:urgent" if session else "account_login"), fields, kind.first)
        )
        connection.settimeout(0.05)
        piece = kind.wrap(b"x" * PIECE)
        with suppress(ConnectionError):  # cut off; the answer may have come before
            while taken < size and time.perf_counter() - start < PATIENCE:
                with suppress(TimeoutError):
                    taken += connection.send(piece)
                if got := readable(connection):
                    break
        connection.settimeout(PATIENCE)
        with suppress(OSError):
            while part := connection.recv(PIECE):
                got += part
    return parsed(got, time.perf_counter() - start, taken), taken


def readable(connection: socket.socket) -> bytes:
    """What has come, without waiting."""
    ready, _, _ = select.select([connection], [], [], 0)
    return connection.recv(PIECE) if ready else b""


def slow(server: str, port: int, session: str, at_once: int, seconds: int) -> None:
    """So many send a byte a second of a small form; another opens the sign-in page meanwhile."""
    from benchmarks.live_client import FORM, bytes_of, headers_of  # noqa: PLC0415

    over = time.monotonic() + seconds
    head = bytes_of(
        "POST", reverse("drafting:urgent"), headers_of(session, Content_Length="2000", Content_Type=FORM), b"a="
    )

    def trickle() -> None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            connection.sendall(head)
            while time.monotonic() < over:
                connection.sendall(b"x")
                time.sleep(1)

    threads = [threading.Thread(target=trickle) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    others = asked_meanwhile(port, lambda: time.monotonic() < over)
    for thread in threads:
        thread.join()
    say(f"{server}, {at_once} at a byte a second: others {others}")


def asked_meanwhile(port: int, is_going_on: Callable[[], bool]) -> str:
    """How others are served: each asks for the sign-in page, and gives up after some seconds."""
    from benchmarks.live_client import bytes_of, headers_of  # noqa: PLC0415

    request, times, missed = bytes_of("GET", reverse("account_login"), headers_of("")), [0.0], 0
    while is_going_on():
        start, got = time.perf_counter(), b""
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=OTHERS) as connection:
            connection.sendall(request)
            got = connection.recv(PIECE)
        served = got.startswith(b"HTTP/1.1 200")
        times.append(time.perf_counter() - start if served else 0.0)
        missed += not served
        time.sleep(0.2)
    return f"{len(times) - 1 - missed} served within {max(times):.1f} s, {missed} not within {OTHERS:.0f} s"


def forget_peaks(processes: list[int]) -> None:
    for process in processes:
        with suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text("5")


def memory(processes: list[int]) -> list[int]:
    """The most that each had since it was last forgotten, in MB."""
    found = []
    for process in processes:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        found += [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")]
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=150)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--nginx", dest="program", default=shutil.which("nginx") or "")
    sys.exit(main(**vars(parser.parse_args())))
