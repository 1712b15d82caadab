"""Scenes built once for a whole module, where building one takes longer than the tests that look at it.

A module takes them by assignment, and gives its own expensive fixtures the module's scope:

    cast, now = shared.cast, shared.now

    @pytest.fixture(scope="module")
    def decision(cast: Cast, now: datetime) -> Decision: ...

Everything is built inside a transaction that ends with the module. Each test has Django's own rollback inside
that, and the objects of the scene are put back as they were built. Not for tests that commit (transactional_db).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, make_cast

TRANSACTION = "_module_transaction"


@dataclass(frozen=True)
class Built:
    """One object of the scene, and what it was when the scene was built."""

    thing: models.Model
    attributes: dict[str, Any]
    related: dict[str, Any]
    prefetched: dict[str, Any]

    @classmethod
    def of(cls, thing: models.Model) -> "Built":
        values = dict(thing.__dict__)
        return cls(thing, values, dict(thing._state.fields_cache), dict(values.get("_prefetched_objects_cache", {})))

    def put_back(self) -> None:
        self.thing.__dict__.clear()
        self.thing.__dict__.update(self.attributes)
        self.thing._state.fields_cache = dict(self.related)
        self.thing._state.adding = False
        if "_prefetched_objects_cache" in self.attributes:
            self.thing._prefetched_objects_cache = dict(self.prefetched)  # type: ignore[attr-defined]


_built: dict[int, Built] = {}


def remember(value: object) -> None:
    """Called with the value of every fixture of a module's scope."""
    for thing in _models_in(value):
        _built.setdefault(id(thing), Built.of(thing))


def put_back() -> None:
    """Called after every test."""
    for built in _built.values():
        built.put_back()


def _models_in(value: object) -> Iterator[models.Model]:
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, models.Model):
            yield thing
        waiting.extend(_inside(thing))


def _inside(thing: object) -> Iterable[object]:
    if isinstance(thing, models.Model):
        return [*thing._state.fields_cache.values(), *vars(thing).get("_prefetched_objects_cache", {}).values()]
    if isinstance(thing, models.QuerySet):
        return thing._result_cache or []
    if isinstance(thing, Mapping):
        return thing.values()
    if isinstance(thing, list | tuple):
        return thing
    is_scene = is_dataclass(thing) or type(thing).__module__.startswith("tests.")
    return vars(thing).values() if is_scene and hasattr(thing, "__dict__") else []


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back, so that one scene serves many attempts."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _module_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django closes the connection after each test, which would end the module's transaction with it."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "close", lambda: None)
        yield
        transaction.set_rollback(True)
    _built.clear()


@pytest.fixture(scope="module")
def cast(_module_transaction: None) -> Cast:
    return make_cast()


@pytest.fixture(scope="module")
def now() -> datetime:
    return timezone.now()
