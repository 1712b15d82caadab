"""A test that commits leaves the database as it found it, whatever kind of test comes next."""

import time
from collections.abc import Iterator
from threading import Thread

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import TransactionTestCase

from accounts.models import User
from audit import triggers
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def flush() -> None:
    """What Django calls after each test that commits."""
    TransactionTestCase("__init__")._fixture_teardown()  # type: ignore[attr-defined]  # not in the stubs


def standing() -> Iterator[object]:
    """The rows that stand for the code; what is remembered of them counts too."""
    yield list(ContentType.objects.order_by("pk").values_list())
    yield list(Permission.objects.order_by("pk").values_list())
    yield ContentType.objects.get_for_model(User).pk


def test_rows_that_stand_for_the_code_stay_as_they_were() -> None:
    make_cast()
    before = list(standing())
    flush()
    assert not User.objects.exists()
    assert list(standing()) == before
    assert before[:2] != [[], []]


def test_no_trigger_is_missing_afterwards() -> None:
    flush()
    assert triggers.missing(connection) == []


def test_waits_for_what_a_live_server_is_still_answering() -> None:
    ended: list[float] = []

    def answer() -> None:
        time.sleep(0.2)
        ended.append(time.monotonic())
        request_finished.send(WSGIHandler)
        connection.close()

    request_started.send(WSGIHandler, environ={})
    thread = Thread(target=answer)
    thread.start()
    flush()
    emptied = time.monotonic()
    thread.join()
    assert ended[0] <= emptied
