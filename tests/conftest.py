"""Fixtures of every test. Others' come in by import lines."""

import os
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings

from accounts.models import User
from tests.cast import Cast, make_cast
from tests.flush import let_tests_flush
from tests.pages import PageClient

# The browser's own loop runs in the test's thread; the project itself is never async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

hypothesis_settings.register_profile("suite", deadline=None, derandomize=False, max_examples=50)
hypothesis_settings.load_profile("suite")

let_tests_flush()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the other engine are deselected, not skipped; browser tests come last."""
    other = "postgres" if "sqlite" in settings.DATABASES["default"]["ENGINE"] else "sqlite"
    dropped = [item for item in items if item.get_closest_marker(other)]
    kept = [item for item in items if not item.get_closest_marker(other)]
    items[:] = sorted(kept, key=lambda item: item.get_closest_marker("browser") is not None)
    if dropped:
        config.hook.pytest_deselected(items=dropped)


@pytest.fixture(autouse=True)
def _no_earlier_guesses() -> None:
    """Counts of wrong passwords live in the cache and must not outlive a test."""
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_user() -> Callable[[User], PageClient]:
    """A client signed in as that person, without the sign-in page."""

    def sign_in(user: User) -> PageClient:
        client = PageClient()
        client.force_login(user)
        return client

    return sign_in
