"""Fixtures that the plugins put around every test, left out where they would find nothing to do.

Of eleven, a plain function needs none, and setting them up and down again takes longer than most pure tests.
"""

from collections.abc import Callable
from typing import Any

import pytest


def marked(name: str) -> Callable[[Any], bool]:
    return lambda item: item.get_closest_marker(name) is not None


def asks_for(name: str) -> Callable[[Any], bool]:
    return lambda item: name in item.fixturenames


def named_by_the_test(name: str) -> Callable[[Any], bool]:
    """By its arguments, not only by another fixture, which gets it all the same."""
    return lambda item: name in item._fixtureinfo.argnames


# By name, which tests have work for it.
NEEDED: dict[str, Callable[[Any], bool]] = {
    "_django_db_marker": marked("django_db"),
    "_django_set_urlconf": marked("urls"),
    "_django_isolate_apps": marked("django_isolate_apps"),
    "_template_string_if_invalid_marker": marked("ignore_template_errors"),
    "_live_server_helper": asks_for("live_server"),
    "_pw_trace_api_requests": asks_for("playwright"),
    "_django_setup_unittest": lambda item: type(item) is not pytest.Function,
    "_django_clear_site_cache": lambda _: False,  # django.contrib.sites is not installed
    "_dj_autoclear_mailbox": lambda _: False,  # tests/conftest.py does it, with what else is emptied
    "_fail_for_invalid_template_variable": lambda _: False,  # nor is what it looks for asked of it
    "monkeypatch": named_by_the_test("monkeypatch"),
    "request": named_by_the_test("request"),
    "django_db_blocker": named_by_the_test("django_db_blocker"),
}


def leave_out(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function):
            item.fixturenames = [name for name in item.fixturenames if name not in NEEDED or NEEDED[name](item)]
