"""Gather entries while work is done; link and insert them once, at the end. See docs/adr/0005-gather-then-link.md."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from audit import chain

if TYPE_CHECKING:
    from audit.models import LedgerEntry

Actor = AbstractBaseUser | AnonymousUser | None


class NoRecording(RuntimeError):
    """Something audited was written outside a block; letting it pass would leave it without an entry."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is known of the request entries are made in. The id is made here, never taken from the client."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    address: str | None = None


@dataclass(frozen=True, slots=True)
class _Voice:
    actor: Actor
    at: dt.datetime | None


class _Marker:
    """Sits in Django's list of things to do on commit, which forgets it when its savepoint is rolled back."""

    __slots__ = ()

    def __call__(self) -> None:
        """Nothing: being in the list is all it is for."""


@dataclass(slots=True)
class _Block:
    request: Request
    gathered: list[tuple[_Marker, "LedgerEntry"]] = field(default_factory=list)

    def take_alive(self) -> list["LedgerEntry"]:
        """The entries no savepoint has rolled back, in order; their markers leave Django's list."""
        waiting = {item[1] for item in connection.run_on_commit if isinstance(item[1], _Marker)}
        alive = [entry for marker, entry in self.gathered if marker in waiting]
        connection.run_on_commit = [item for item in connection.run_on_commit if not isinstance(item[1], _Marker)]
        return alive


_block: ContextVar[_Block | None] = ContextVar("ledger_block", default=None)
_voice: ContextVar[_Voice | None] = ContextVar("ledger_voice", default=None)
_request: ContextVar[Request | None] = ContextVar("ledger_request", default=None)


@contextmanager
def recording(*, actor: Actor, at: dt.datetime | None) -> Iterator[None]:
    """A transaction whose audited writes become entries by `actor` at `at`.

    The outermost block gathers and links; an inner one joins it, is a
    savepoint, and speaks in its own voice until it ends. `at=None` takes the
    time of each write.
    """
    if at is not None and timezone.is_naive(at):
        raise ValueError("The ledger needs a time with its zone: pass timezone.now() or an aware time.")
    token = _voice.set(_Voice(actor, at))
    try:
        with transaction.atomic():
            if _block.get() is None:
                yield from _outermost()
            else:
                yield
    finally:
        _voice.reset(token)


def _outermost() -> Iterator[None]:
    block = _Block(_request.get() or Request())
    token = _block.set(block)
    try:
        yield
    finally:
        _block.reset(token)
    if not connection.needs_rollback:
        chain.link(block.take_alive())


@contextmanager
def within(request: Request) -> Iterator[None]:
    """Entries made inside carry this request's id and address."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def current_request() -> Request | None:
    """For work that goes on after the request has been answered, such as a stream."""
    return _request.get()


def queue(entry: "LedgerEntry") -> None:
    """Put an entry into the open block, in the voice of the innermost one."""
    block, voice = _block.get(), _voice.get()
    if block is None or voice is None:
        raise NoRecording(
            f"'{entry.event}' was written outside a ledger block, so it would leave no entry. "
            "Do it inside `with ledger.recording(actor=..., at=...)`."
        )
    entry.timestamp = voice.at or timezone.now()
    if voice.actor is not None and voice.actor.pk is not None:
        entry.actor_id = voice.actor.pk
        entry.actor_email = getattr(voice.actor, "email", None)
    entry.cid = block.request.id
    entry.remote_addr = block.request.address
    marker = _Marker()
    transaction.on_commit(marker)
    block.gathered.append((marker, entry))
