"""A plugin's fixture left out by name must still be one, and be left out only where it has nothing to do."""

import pytest
from django.conf import settings
from django.core import mail

from tests.idle_fixtures import NEEDED


def names(request: pytest.FixtureRequest) -> set[str]:
    """Those it has, but for pytest's own `request`, by which these tests ask."""
    return (set(NEEDED) & set(request.node.fixturenames)) - {"request"}


def test_each_is_a_fixture_that_some_plugin_has(request: pytest.FixtureRequest) -> None:
    known = request._fixturemanager  # pytest's own
    missing = {name for name in NEEDED if not known.getfixturedefs(name, request.node)} - {"request"}
    # ./run test --fast drives no browser.
    assert missing == set() or (
        missing == {"_pw_trace_api_requests"} and not known.getfixturedefs("page", request.node)
    )


def test_a_plain_test_gets_none(request: pytest.FixtureRequest) -> None:
    assert names(request) == set()


def test_a_test_gets_what_it_names(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTHING", "")
    assert names(request) == {"monkeypatch"}


@pytest.mark.urls("tests.ui.kitchen")
def test_a_test_gets_what_it_is_marked_for(request: pytest.FixtureRequest) -> None:
    assert names(request) == {"_django_set_urlconf"}
    assert settings.ROOT_URLCONF == "tests.ui.kitchen"


def test_there_is_no_cache_of_sites_to_empty() -> None:
    assert "django.contrib.sites" not in settings.INSTALLED_APPS


@pytest.mark.parametrize("time", ["first", "second"])
def test_no_earlier_message_is_in_the_box(time: str) -> None:
    assert mail.outbox == []
    mail.send_mail(time, "Words", "from@north.test", ["to@north.test"])
    assert len(mail.outbox) == 1
