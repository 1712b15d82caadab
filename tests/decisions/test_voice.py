"""People's own voice after recording: read back, corrected, said to the recipients. Nothing said before is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404

from accounts.models import User
from decisions.models import ConsentEvent
from tests.decisions import events
from tests.decisions.cases import MOTHER, Case, copy, refused, shown
from tests.decisions.test_triggers_closed import insert
from tests.decisions.test_views_events import url
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]


class TestReadBack:
    def test_a_correction_stands_beside_what_was_recorded(self, closed: Case) -> None:
        said = ConsentEvent.objects.filter(decision=closed.decision).exclude(views="")[0]
        events.read_back(closed, outcome="CORRECTED", corrected_to="I said: not to her father.")
        events.read_back(closed, at=closed.at + timedelta(hours=1))
        text = shown(closed.again())
        assert said.views in text
        assert text.index(said.views) < text.index("they corrected it to: I said: not to her father.")
        assert text.index("not to her father") < text.index("they said that it is right")

    def test_later_views_have_it_beside_them_too(self, closed: Case) -> None:
        later = events.said(closed, views="Stop it now.", at=closed.at + timedelta(hours=1))
        events.read_back(closed, of=later)
        lines = shown(closed.again()).splitlines()
        beside = next(line for line in lines if "they said that it is right" in line)
        assert lines.index("In their own words: Stop it now.") < lines.index(beside)

    def test_who_said_nothing_has_nothing_to_be_read_back(self, closed: Case, as_user: SignIn) -> None:
        silent = events.said(closed, views="", consent_state="GIVEN")
        with pytest.raises(Http404):
            events.read_back(closed, of=silent)
        client = as_user(closed.cast.practitioner)
        assert client.get(url("add_read_back", closed.decision, silent.public_id)).status_code == 404


@pytest.mark.parametrize(
    ("add", "changed", "name"),
    [
        (events.read_back, {"outcome": "CORRECTED"}, "views_read_back_as_they_said"),
        (events.read_back, {"corrected_to": "No."}, "views_read_back_as_they_said"),
        (events.read_back, {"outcome": "MAYBE"}, "views_read_back_as_they_said"),
        (events.statement, {"text": ""}, "statement_to_recipients_says_what"),
        (events.passed_on, {"why_not": "Too late"}, "statement_passed_on_or_why_not"),
        (events.passed_on, {"passed_on_at": None, "how": ""}, "statement_passed_on_or_why_not"),
    ],
)
def test_the_database_takes_no_half_of_it(closed: Case, add: Any, changed: dict[str, Any], name: str) -> None:
    with refused(name if connection.vendor == "postgresql" else f"CHECK constraint failed|{name}"):
        insert(copy(add(closed), **changed))


@pytest.mark.sqlite
@pytest.mark.parametrize("page", ["detail", "print"])
def test_everything_they_said_is_on_the_page(closed: Case, as_user: SignIn, page: str) -> None:
    events.read_back(closed, outcome="CORRECTED", corrected_to="zq-corrected")
    events.passed_on(closed, of=events.statement(closed, text="zq-statement"), how="zq-how")
    answer = as_user(closed.cast.practitioner).get(url(page, closed.decision)).content.decode()
    assert all(word in answer for word in ("zq-corrected", "zq-statement", "zq-how", MOTHER))
