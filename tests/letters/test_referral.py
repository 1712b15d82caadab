"""The text for a recipient's own form: what they are given, and who told us is left out."""

from django.urls import reverse

from audit.models import LedgerEntry
from decisions.models import ItemNotDisclosedTo
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


def test_an_item_that_names_who_told_us_is_left_out_too(closed: Case) -> None:
    decision = closed.again()
    person = next(person for person in decision.people.all() if person.name == PARTNER)
    item = next(item for item in decision.items.all() if item.text == "Attendance this term")
    item.text = "Kit saw him at the bus stop"
    found = referral(decision, decision.recipients.get())
    assert found is not None
    assert item.text in found.text
    person.role = "informant"
    found = referral(decision, decision.recipients.get())
    assert found is not None
    assert item.text in found.left_out
    assert "Kit" not in found.text


def test_whom_it_must_not_reach_goes_with_it(closed: Case) -> None:
    decision = closed.again()
    partner = next(person for person in decision.people.all() if person.name == PARTNER)
    item = next(item for item in decision.items.all() if item.text == "Attendance this term")
    item._prefetched_objects_cache["not_disclosed_to"] = [ItemNotDisclosedTo(person_id=partner.pk)]  # type: ignore[attr-defined]
    found = referral(decision, decision.recipients.get())
    assert found is not None
    assert f"Attendance this term (Must not be disclosed to: {PARTNER})" in found.text


def test_nothing_for_a_recipient_who_is_given_nothing(closed: Case) -> None:
    decision = closed.again()
    decision._prefetched_objects_cache["items"] = []  # type: ignore[attr-defined]
    decision._prefetched_objects_cache["sendings"] = []  # type: ignore[attr-defined]
    assert referral(decision, decision.recipients.get()) is None


def test_making_it_is_entered(closed: Case, as_user: SignIn) -> None:
    recipient = closed.decision.recipients.get()
    path = reverse("letters:referral", args=[closed.decision.public_id, recipient.pk])
    assert "Attendance this term" in as_user(closed.cast.practitioner).get(path).content.decode()
    entry = LedgerEntry.objects.get(event="decision.referral_text_made")
    assert entry.additional_data == {"recipient": recipient.pk}
