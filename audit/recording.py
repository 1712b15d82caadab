"""Gather entries while work is done; link and insert them once, at the end. See docs/adr/0005-gather-then-link.md."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from audit import chain
from audit.chain import Entry

Actor = AbstractBaseUser | AnonymousUser | None


class NoRecording(RuntimeError):
    """An audited write outside a recording block, refused because it would leave no entry."""


@dataclass(frozen=True, slots=True)
class Request:
    """The HTTP request of the entries. The id is generated here and never taken from the client."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ActorContext:
    """Who acts, and when, in one recording block."""

    actor: Actor
    at: dt.datetime | None


class _Marker:
    """Placed in Django's on-commit list, which drops it when its savepoint is rolled back."""

    __slots__ = ()

    def __call__(self) -> None:
        """Do nothing: only its presence in the list matters."""


@dataclass(slots=True)
class _Block:
    request: Request
    gathered: list[tuple[_Marker, Entry]] = field(default_factory=list)
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    def take_alive(self) -> list[Entry]:
        """The entries no savepoint has rolled back, in order; their markers leave Django's list."""
        waiting = {item[1] for item in connection.run_on_commit if isinstance(item[1], _Marker)}
        alive = [entry for marker, entry in self.gathered if marker in waiting]
        connection.run_on_commit = [item for item in connection.run_on_commit if not isinstance(item[1], _Marker)]
        return alive


_block: ContextVar[_Block | None] = ContextVar("ledger_block", default=None)
_actor_context: ContextVar[ActorContext | None] = ContextVar("ledger_actor_context", default=None)
_request: ContextVar[Request | None] = ContextVar("ledger_request", default=None)


@contextmanager
def recording(*, actor: Actor, at: dt.datetime | None) -> Iterator[None]:
    """A transaction whose audited writes become entries by `actor` at `at`.

    The outermost block gathers and links; an inner one joins it as a
    savepoint, with its own actor and time until it ends. `at=None` takes the
    time of each write.
    """
    if at is not None and timezone.is_naive(at):
        raise ValueError("The ledger needs a time with its zone: pass timezone.now() or an aware time.")
    token = _actor_context.set(ActorContext(actor, at))
    try:
        with transaction.atomic():
            if _block.get() is None:
                yield from _outermost()
            else:
                yield
    finally:
        _actor_context.reset(token)


def _outermost() -> Iterator[None]:
    block = _Block(_request.get() or Request())
    token = _block.set(block)
    try:
        yield
    finally:
        _block.reset(token)
    if not connection.needs_rollback:
        chain.link(block.take_alive())
        for act in block.afterwards:
            act()


@contextmanager
def within(request: Request) -> Iterator[None]:
    """Entries made inside carry this request's id and address."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def current_request() -> Request | None:
    """For work that continues after the response, such as a stream."""
    return _request.get()


def after_linking(act: Callable[[], None]) -> None:
    """Do this when the entries of the open block are linked, still in its transaction."""
    block = _block.get()
    if block is None:
        raise NoRecording("Disposal outside a ledger block would leave no entry.")
    block.afterwards.append(act)


def queue(entry: Entry) -> None:
    """Put an entry into the open block, with the actor and time of the innermost one."""
    block, context = _block.get(), _actor_context.get()
    if block is None or context is None:
        raise NoRecording(
            f"'{entry.event}' was written outside a ledger block, so it would leave no entry. "
            "Do it inside `with ledger.recording(actor=..., at=...)`."
        )
    entry.timestamp = context.at or timezone.now()
    if context.actor is not None and context.actor.pk is not None:
        entry.actor_id = context.actor.pk
        entry.actor_email = getattr(context.actor, "email", None)
        # Whoever is let in from outside says so in all that they leave.
        entry.additional_data = {**entry.additional_data, **getattr(context.actor, "entered_as", {})}
    entry.cid = block.request.id
    entry.remote_addr = block.request.address
    marker = _Marker()
    transaction.on_commit(marker)
    block.gathered.append((marker, entry))
