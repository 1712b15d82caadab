"""The text for a recipient's own form: what they are given, and who told us is left out."""

from dataclasses import replace

import pytest
from django.urls import reverse

from audit.models import LedgerEntry
from letters.referral import referral
from tests.decisions.cases import CHILD, PARTNER, Case
from tests.letters.test_letters import SignIn


def text_of(case: Case) -> str:
    decision = case.again()
    found = referral(decision, decision.recipients.get())
    assert found is not None
    return found.text


def test_it_has_what_they_are_given_by_kind_and_nothing_withheld(closed: Case) -> None:
    text = text_of(closed)
    own_words = text[text.index("THE CHILD'S OWN WORDS") :]
    assert "- His account: he got cross and hit me" in own_words
    assert "- Attendance this term" in text
    assert "special educational needs" not in text
    assert CHILD in text
    assert PARTNER in text
    assert "Gave the class teacher's name too." in text[text.index("DIFFERS") :]


def test_what_could_show_who_told_us_is_left_out_and_named_to_its_author(closed: Case) -> None:
    decision = closed.again()
    item = next(item for item in decision.items.all() if item.text == "Attendance this term")
    item.protected_source = True
    found = referral(decision, decision.recipients.get())
    assert found is not None
    assert item.text not in found.text
    assert found.left_out == (item.text,)
    assert replace(found, left_out=()) != found


def test_whom_it_must_not_reach_goes_with_it(closed: Case) -> None:
    decision = closed.again()
    hidden = [item for item in decision.items.all() if item.not_disclosed_to.all()]
    text = text_of(closed)
    for item in hidden:
        if any(cell.given for cell in item.grid.all()):
            assert "Must not be disclosed to:" in text[text.index(item.text) :]


def test_nothing_for_a_recipient_who_is_given_nothing(closed: Case) -> None:
    decision = closed.again()
    decision._prefetched_objects_cache["items"] = []  # type: ignore[attr-defined]
    decision._prefetched_objects_cache["sendings"] = []  # type: ignore[attr-defined]
    assert referral(decision, decision.recipients.get()) is None


@pytest.mark.parametrize("who", ["practitioner"])
def test_making_it_is_entered(closed: Case, as_user: SignIn, who: str) -> None:
    recipient = closed.decision.recipients.get()
    path = reverse("letters:referral", args=[closed.decision.public_id, recipient.pk])
    assert "Attendance this term" in as_user(getattr(closed.cast, who)).get(path).content.decode()
    entry = LedgerEntry.objects.get(event="decision.referral_text_made")
    assert entry.additional_data == {"recipient": recipient.pk}
