"""A browser behind the proxy, as far as the site can tell: cookies, and a person who thinks before each request."""

import http.client
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import SimpleCookie

HOST = "decisions.example.org"
TIMEOUT = 30


@dataclass(frozen=True)
class Answer:
    """What a walk reads of an answer."""

    status_code: int
    content: bytes
    headers: dict[str, str]


@dataclass
class Taken:
    """Seconds of each request that was answered, by kind, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, seconds: float, status: int) -> None:
        with self._lock:
            self.seconds.setdefault(kind, []).append(seconds)
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                self.errors.append(f"{kind}: {status}")

    def failed(self, kind: str, error: Exception) -> None:
        with self._lock:
            self.errors.append(f"{kind}: {error}")


class LiveClient:
    """Asks the site on this machine as its proxy would. `think` is the mean in seconds; its time is not measured."""

    def __init__(self, port: int, address: str, think: float, taken: Taken, is_over: Callable[[], bool]) -> None:
        self.port = port
        self.address, self.think, self.taken, self.is_over = address, think, taken, is_over
        self.cookies: SimpleCookie = SimpleCookie()
        self.random = random.Random(address)  # noqa: S311 - how long a person thinks

    def get(self, path: str) -> Answer:
        return self._ask("GET", path.partition("#")[0], "")

    def post(self, path: str, body: str, *, content_type: str) -> Answer:
        return self._ask("POST", path, body, {"Content-Type": content_type, "Origin": f"https://{HOST}"})

    def _ask(self, method: str, path: str, body: str, more: dict[str, str] | None = None) -> Answer:
        if self.is_over():
            raise Over
        time.sleep(self.random.expovariate(1 / self.think))
        kind = "sign in" if path.startswith("/sign-in/") else {"GET": "read"}.get(method, "record")
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items()),
            **(more or {}),
        }
        start = time.perf_counter()
        # A connection for each request, as nginx has by default.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        self.taken.add(kind, time.perf_counter() - start, response.status)
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        return Answer(response.status, content, dict(response.getheaders()))


class Over(Exception):
    """The time of the benchmark is over."""
