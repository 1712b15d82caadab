"""A session is found by its key alone, until it expires."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.session_store import SessionStore

pytestmark = pytest.mark.django_db


def kept() -> str:
    store = SessionStore()
    store["said"] = "yes"
    store.create()
    assert store.session_key
    return store.session_key


def test_it_is_the_one_of_the_site() -> None:
    assert f"{settings.SESSION_ENGINE}.SessionStore" == f"{SessionStore.__module__}.{SessionStore.__qualname__}"


def test_what_was_put_there_is_there() -> None:
    assert SessionStore(kept()).get("said") == "yes"


def test_a_key_that_none_has_begins_a_new_one() -> None:
    key = kept()
    store = SessionStore("x" * len(key))
    assert store.get("said") is None
    assert store.session_key is None


@pytest.mark.parametrize(("seconds", "said"), [(-1, None), (60, "yes")])
def test_it_ends_when_it_expires(seconds: int, said: str | None) -> None:
    key = kept()
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + timedelta(seconds=seconds))
    assert SessionStore(key).get("said") == said
