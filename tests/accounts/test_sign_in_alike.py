"""A refused sign-in says nothing of who has an account, and costs the same work: counted, because time cannot be."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.guesses import of_account, of_address, take
from accounts.links import one_time_path
from accounts.models import User
from tests import shared
from tests.cast import PASSWORD, Cast
from tests.pages import PageClient
from tests.shared import undone

cast = shared.cast

# Queries are counted, and every engine is asked the same.
pytestmark = pytest.mark.sqlite

WRONG = "wrong-wrong-wrong"
# Everything in a query that is not its shape: what was typed, numbers, the names of savepoints and cursors.
VALUES = re.compile(r"'(?:[^']|'')*'(?:::\w+)?|\b\d+\b|\"s\d+_x\d+\"|\"_django_curs_\w+\"|\bNULL\b|%s")


@dataclass(frozen=True)
class Work:
    """What one request answered, and what it cost."""

    status: int
    text: str
    hashes: int
    queries: tuple[str, ...]


@contextmanager
def counted_hashes() -> Iterator[list[str]]:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(salt)
        return str(encode(self, password, salt))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MD5PasswordHasher, "encode", counted)
        yield hashed


def work_of(ask: Callable[[], Any], *typed: str) -> Work:
    """What was typed is shown again, and the token of a form is new each time: both are left out."""
    with counted_hashes() as hashed, CaptureQueriesContext(connection) as asked:
        answer = ask()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    for part in typed:
        text = text.replace(part, "")
    shapes = tuple(VALUES.sub("?", one["sql"]) for one in asked.captured_queries)
    return Work(answer.status_code, text, len(hashed), shapes)


def try_to_sign_in(email: str, password: str, client: PageClient | None = None) -> Work:
    client = client or PageClient()
    return work_of(lambda: client.post("/sign-in/", {"login": email, "password": password}), email)


KINDS = ["wrong", "deactivated", "deactivated and wrong", "invited", "withdrawn", "next door", "other case"]


@pytest.fixture
def tries(cast: Cast) -> dict[str, tuple[str, str]]:
    now, by = timezone.now(), cast.administrator
    actions.deactivate(user=cast.teammate, by=by, at=now)
    actions.withdraw_password(user=cast.other_team, by=by, at=now)
    invited = actions.invite(full_name="New", email="new@north.test", by=by, at=now)
    return {
        "unknown": ("nobody@north.test", PASSWORD),
        "wrong": (cast.practitioner.email, WRONG),
        "deactivated": (cast.teammate.email, PASSWORD),
        "deactivated and wrong": (cast.teammate.email, WRONG),
        "invited": (invited.email, PASSWORD),
        "withdrawn": (cast.other_team.email, PASSWORD),
        "next door": (cast.stranger.practitioner.email, WRONG),
        "other case": (cast.supervisor.email.upper(), WRONG),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_known_name_is_answered_as_an_unknown_one(tries: dict[str, tuple[str, str]], kind: str) -> None:
    try_to_sign_in("first@north.test", WRONG)  # what is read once by a process is read by now
    unknown, known = try_to_sign_in(*tries["unknown"]), try_to_sign_in(*tries[kind])
    assert (known.status, known.hashes) == (unknown.status, unknown.hashes) == (422, 1)
    assert known.text == unknown.text
    assert known.queries == unknown.queries


def test_and_is_held_after_as_many_tries(tries: dict[str, tuple[str, str]]) -> None:
    """A deactivated account with the right password too. Of ten tries the page takes two, each of which counts once."""
    held = {}
    for name in ("unknown", *KINDS):
        with undone():  # each alone, or the place that they come from is held
            for _ in range(8):
                take(of_account(tries[name][0]), of_address("127.0.0.1"))
            tried = [try_to_sign_in(*tries[name]).status for _ in range(2)]
            held[name] = try_to_sign_in(*tries[name])
        assert tried == [422] * 2, name
    assert (held["unknown"].status, held["unknown"].hashes) == (429, 0)
    assert [name for name in KINDS if held[name] != held["unknown"]] == []


def opened(path: str, client: PageClient | None = None) -> Work:
    client = client or PageClient()
    return work_of(lambda: client.get(path), path)


def test_a_link_that_does_not_work_tells_of_nobody(cast: Cast) -> None:
    """Unknown, known with a wrong token, deactivated with its own token, and used: one page, one cost."""
    now, by = timezone.now(), cast.administrator
    invited = actions.invite(full_name="New", email="new@north.test", by=by, at=now)
    gone = one_time_path(cast.teammate)
    actions.deactivate(user=cast.teammate, by=by, at=now)
    token = one_time_path(invited).rstrip("/").rpartition("/")[2]
    paths = {
        "unknown": reverse("choose_password", args=[uuid4(), token]),
        "known": reverse("choose_password", args=[cast.practitioner.public_id, token]),
        "next door": reverse("choose_password", args=[cast.stranger.practitioner.public_id, token]),
        "made up": reverse("choose_password", args=[invited.public_id, "x" * 40]),
        "deactivated": gone,
    }
    opened(paths["unknown"])
    answers = {name: opened(path) for name, path in paths.items()}
    assert {answer.status for answer in answers.values()} == {404}
    assert [name for name, answer in answers.items() if answer != answers["unknown"]] == []
    unopened = [opened(reverse("choose_password", args=[key, "set-password"])) for key in (invited.public_id, uuid4())]
    assert (unopened[0].status, unopened[0]) == (404, unopened[1])


def test_nor_does_a_password_sent_to_it(cast: Cast) -> None:
    new = {"password1": "saltmarsh-heron-52", "password2": "saltmarsh-heron-52"}

    def sent(person: User | None) -> Work:
        client = PageClient()
        path = reverse("choose_password", args=[person.public_id if person else uuid4(), "set-password"])
        return work_of(lambda: client.post(path, new), path)

    sent(None)
    assert sent(cast.practitioner) == sent(None)
    assert sent(None).hashes == 0
