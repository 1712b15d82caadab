"""What the robustness benchmarks send to a live site: sessions of people, and requests byte by byte."""

import secrets
import socket
import time
from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from accounts.models import User
from accounts.session_store import SessionStore
from benchmarks.live_site import HOST

FORM = "application/x-www-form-urlencoded"
SESSION, CSRF = "__Host-session", "__Host-csrf"
TIMEOUT = 60.0
# As Django has them; the form may send it as it is.
CSRF_SECRET = "s" * 32


@dataclass(frozen=True)
class Answer:
    """`status` is 0 when none came."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    sent: int

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


def session_of(user: User) -> str:
    """The key of a session as if they had just signed in, with a code too."""
    request = HttpRequest()
    request.session = SessionStore()
    request.session[SESSION_KEY] = str(user.pk)
    request.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    record_authentication(request, user, "mfa", type="totp")
    user_logged_in.send(sender=type(user), request=request, user=user)
    request.session.create()
    return str(request.session.session_key)


def headers_of(session: str, **more: str) -> dict[str, str]:
    """What our proxy sends on."""
    cookies = f"{CSRF}={CSRF_SECRET}" + (f"; {SESSION}={session}" if session else "")
    address = ".".join(str(secrets.randbelow(250) + 1) for _ in range(4))
    return {
        "Host": HOST,
        "Origin": f"https://{HOST}",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": address,
        "Cookie": cookies,
        "Connection": "close",
        **{name.replace("_", "-"): value for name, value in more.items()},
    }


def bytes_of(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def post(port: int, path: str, body: bytes, session: str, **headers: str) -> Answer:
    fields = headers_of(session, Content_Length=str(len(body)), **{"Content_Type": FORM, **headers})
    return send(port, bytes_of("POST", path, fields, body))


def get(port: int, path: str, session: str, **headers: str) -> Answer:
    return send(port, bytes_of("GET", path, headers_of(session, **headers)))


def send(port: int, request: bytes) -> Answer:
    """One request, as it stands, on a connection of its own; what comes is read to the end."""
    start, sent, got = time.perf_counter(), 0, b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as connection:
            try:
                connection.sendall(request)
                sent = len(request)
            except OSError:
                pass  # refused before all of it was read: the answer may have come all the same
            while part := connection.recv(1 << 16):
                got += part
    except OSError:
        pass
    return parsed(got, time.perf_counter() - start, sent, is_head=request.startswith(b"HEAD "))


def parsed(got: bytes, seconds: float, sent: int, *, is_head: bool = False) -> Answer:
    head, _, body = got.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    parts = first.split()
    status = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        body = _joined(body)
    elif len(body) < int(headers.get("content-length", "0")) and not is_head:
        status = 0  # broken off: a browser shows no half a page either
    return Answer(status, headers, body, seconds, sent)


def _joined(body: bytes) -> bytes:
    """The chunks of a streamed answer; one that was broken off gives what came."""
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.split(b";")[0] or b"0", 16)
        if not length:
            break
        whole, body = whole + body[:length], body[length + 2 :]
    return whole
