from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Recipient
from tests import shared
from tests.accounts.entries import entered
from tests.administration.pages import SignIn, an_entry
from tests.cast import Cast
from tests.pages import in_one_line

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

cast = shared.cast
ENTRY = {
    "name": "Northmere front door",
    "kind": "social_care",
    "route_kind": "secure_email",
    "route": "duty@north.test",
    "checked_on_day": "2",
    "checked_on_month": "11",
    "checked_on_year": "2026",
    "how_used": "They will check that the child is safe.",
}


def at(name: str, *ids: Any) -> str:
    return reverse(f"administration:{name}", args=ids)


def text(answer: Any) -> str:
    return in_one_line(answer)


def test_an_entrys_life(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    assert "There are no entries yet" in text(client.get(at("address_book")))
    client.post(at("recipient_add"), ENTRY)
    entry = Recipient.objects.get()
    assert (entry.organisation, entry.checked_on) == (cast.organisation, date(2026, 11, 2))
    assert "2 November 2026" in text(client.get(at("address_book")))
    assert "They will check that the child is safe." in text(client.get(at("address_book")))
    client.post(at("recipient_change", entry.public_id), {**ENTRY, "route": "new@north.test", "how_used": "To help."})
    client.post(at("recipient_retire", entry.public_id))
    entry.refresh_from_db()
    assert (entry.route, entry.how_used, entry.retired) == ("new@north.test", "To help.", True)
    assert "Retired" in text(client.get(at("address_book")))
    client.post(at("recipient_restore", entry.public_id))
    entry.refresh_from_db()
    assert not entry.retired
    assert [event for event in entered(cast.organisation) if "recipient" in event] == [
        "created accounts.recipient",
        *["changed accounts.recipient"] * 3,
    ]


def test_only_our_own_entries_are_shown(cast: Cast, as_user: SignIn) -> None:
    (theirs,) = an_entry(cast.stranger)
    assert str(theirs) not in text(as_user(cast.administrator).get(at("address_book")))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter name of the team or service"),
        ({"name": "x" * 121}, "must be 120 characters or fewer"),
        ({"name": "a\x00"}, "cannot be kept"),
        ({"kind": "pigeon"}, "Select an answer from the list"),
        ({"route_kind": ""}, "Select how information reaches them safely"),
        ({"route": ""}, "Enter number, address or place"),
        ({"route": "x" * 301}, "must be 300 characters or fewer"),
        ({"route": "not an address"}, "Enter an email address, such as"),
        ({"route_kind": "phone", "route": "ask Jo"}, "Enter a telephone number"),
        ({"checked_on_year": "2099"}, "must be today or in the past"),
        ({"checked_on_month": "13"}, "There is a problem"),
    ],
)
def test_bad_input_keeps_what_was_typed(cast: Cast, as_user: SignIn, changes: dict[str, str], said: str) -> None:
    client = as_user(cast.administrator)
    (entry,) = an_entry(cast)
    for path in (at("recipient_add"), at("recipient_change", entry)):
        answer = client.post(path, {**ENTRY, **changes})
        assert answer.status_code == 422
        assert said in text(answer)
    if "name" not in changes:
        assert 'value="Northmere front door"' in text(answer)
    assert Recipient.objects.get().name == "Front door"


def test_a_date_may_be_left_out(cast: Cast, as_user: SignIn) -> None:
    given = {name: value for name, value in ENTRY.items() if not name.startswith("checked_on")}
    assert as_user(cast.administrator).post(at("recipient_add"), given).status_code == 302
    assert "Never" in text(as_user(cast.administrator).get(at("address_book")))


def test_who_is_within_the_duty_to_share_is_ticked_and_unticked(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    client.post(at("recipient_add"), {**ENTRY, "in_scope_16la": "on"})
    entry = Recipient.objects.get()
    assert entry.in_scope_16la
    assert "within the duty to share about a child" in text(client.get(at("address_book")))
    form = text(client.get(at("recipient_change", entry.public_id)))
    assert "Within the duty to share about a child (Children Act 2004 section 16LA)" in form
    client.post(at("recipient_change", entry.public_id), ENTRY)
    entry.refresh_from_db()
    assert not entry.in_scope_16la
    assert "within the duty to share about a child" not in text(client.get(at("address_book")))
