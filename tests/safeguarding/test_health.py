"""The address a load balancer asks: open to all, and empty of everything."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import LazySettings
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


@contextmanager
def database_raising(error: Exception) -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise error

    with connection.execute_wrapper(refuse):
        yield


def test_well(client: Client) -> None:
    response = client.get("/health/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Content-Type"] == "text/plain"


def test_asks_nobody_to_sign_in_and_starts_no_session(client: Client) -> None:
    assert not client.get("/health/").cookies


def test_head_is_enough(client: Client) -> None:
    response = client.head("/health/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_but_reading(client: Client, method: str) -> None:
    assert getattr(client, method)("/health/").status_code == 405


@pytest.mark.parametrize("error", [OperationalError("db at 10.0.0.7 is down"), InterfaceError("closed")])
def test_database_away(client: Client, error: Exception) -> None:
    with database_raising(error):
        response = client.get("/health/")
    assert (response.status_code, response.content) == (503, b"database away\n")


def test_is_not_sent_elsewhere_by_the_https_rule(client: Client, settings: LazySettings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/").status_code == 200
    assert client.get("/").status_code == 301


def test_costs_two_queries(client: Client, django_assert_num_queries: object) -> None:
    """Whether there is a table of migrations, and which are in it."""
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(2):
        client.get("/health/")
