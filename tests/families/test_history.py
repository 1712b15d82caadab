"""Nothing written about a family is replaced without trace: every earlier wording, with who, when and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from families import actions
from families.details import ContactDetails, PersonDetails
from families.models import Disclosure, EarlierWording, Person
from tests.cast import Cast
from tests.families.household import NOW, Household, disclosure_details
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
LATER = NOW + timedelta(days=2)
CHILD = PersonDetails(name="Tilly Ashworth", date_of_birth=date(2016, 3, 27))


def said(home: Household, by: User, version: int = 1, why: str = "She corrected me", **details: Any) -> Disclosure:
    return actions.correct_disclosure(
        disclosure=home.disclosure, details=disclosure_details(**details), version=version, why=why, by=by, at=LATER
    )


def corrected(home: Household, by: User, version: int = 1, why: str = "", **details: Any) -> Person:
    return actions.correct_person(
        person=home.child, details=replace(CHILD, **details), version=version, why=why, by=by, at=LATER
    )


def last() -> EarlierWording:
    row: EarlierWording = EarlierWording.objects.latest("pk")
    return row


@pytest.mark.parametrize(
    ("details", "before"),
    [
        ({"facts": "Two bruises."}, {"facts": "A bruise on the left arm, 3 cm."}),
        ({"child_words": "“He did it.”", "level": "s17"}, {"child_words": "", "level": "s47"}),
        ({"immediate_danger": True}, {"immediate_danger": "False"}),
        ({"received_at": NOW - timedelta(hours=5)}, {"received_at": "2026-11-20T13:00:00+00:00"}),
    ],
)
def test_a_disclosure_keeps_what_it_said(cast: Cast, home: Household, details: Any, before: Any) -> None:
    said(home, cast.teammate, **details)
    row = last()
    assert (row.subject, row.subject_id, row.version, row.before) == ("disclosure", home.disclosure.pk, 1, before)
    assert (row.changed_by, row.changed_by_name, row.changed_at) == (cast.teammate, "Bram Oduya", LATER)
    assert row.why == "She corrected me"


@pytest.mark.parametrize(
    ("details", "before"),
    [
        ({"name": "Tilda Ashworth"}, {"name": "Tilly Ashworth"}),
        ({"role": "unborn", "date_of_birth": None}, {"role": "child", "date_of_birth": "2016-03-27"}),
        ({"date_of_birth": None, "age": 9, "age_on": date(2026, 11, 1)},
         {"date_of_birth": "2016-03-27", "age": None, "age_on": None}),
    ],
)  # fmt: skip
def test_a_person_keeps_what_was_known(cast: Cast, home: Household, details: Any, before: Any) -> None:
    corrected(home, cast.practitioner, why="From the birth certificate", **details)
    assert (last().subject, last().subject_id, last().before) == ("person", home.child.pk, before)


def test_a_family_keeps_its_name(cast: Cast, home: Household) -> None:
    actions.correct_family(family=home.family, name="Ashby", version=1, why="Misspelt", by=cast.practitioner, at=LATER)
    assert (last().subject, last().before) == ("family", {"name": "Ashworth"})


def test_contact_details_keep_what_was_safe(cast: Cast, home: Household) -> None:
    details = ContactDetails(
        kind="phone", detail="07700 900123", safe="no", why="He has the phone", checked_on=NOW.date()
    )
    actions.set_safe_contact(contact=home.contact, details=details, version=1, by=cast.practitioner, at=LATER)
    assert (last().subject, last().before["safe"], last().before["why"]) == ("contact", "yes", "Her own phone")


def test_risks_keep_when_they_were_not_known(cast: Cast, home: Household) -> None:
    for version, notes in enumerate([{"other": "A dog"}, {"other": "", "honour_based": "An uncle"}, {}], start=1):
        actions.set_known_risks(person=home.child, notes=notes, version=version, by=cast.practitioner, at=NOW)
    kept = [row.before for row in EarlierWording.objects.filter(subject="person")]
    assert kept == [
        {"risk_other": None},
        {"risk_other": "A dog", "risk_honour_based": None},
        {"risk_other": "", "risk_honour_based": "An uncle"},
    ]


@pytest.mark.parametrize("why", ["", "  ", "n/a", "."])
def test_a_disclosure_is_not_changed_without_a_reason(cast: Cast, home: Household, why: str) -> None:
    with pytest.raises(ValidationError, match="why this is changed"):
        said(home, cast.practitioner, why=why, opinion="She flinches.")
    assert not EarlierWording.objects.exists()


@pytest.mark.parametrize("details", [
    {"name": "Tilda"}, {"role": "relative"}, {"date_of_birth": date(2016, 3, 28)},
])  # fmt: skip
def test_nothing_written_is_replaced_without_a_reason(cast: Cast, home: Household, details: Any) -> None:
    with pytest.raises(ValidationError, match="why this is changed"):
        corrected(home, cast.practitioner, **details)


@pytest.mark.parametrize("details", [
    {"communication_need": "Large print"}, {"parental_responsibility": "no"},
    {"communication_need": "Signs", "parental_responsibility": "yes"},
])  # fmt: skip
def test_what_nobody_knew_is_filled_in_without_one(cast: Cast, home: Household, details: Any) -> None:
    assert corrected(home, cast.practitioner, **details).version == 2
    assert last().why == ""


def test_every_wording_stays_through_many_changes(cast: Cast, home: Household, as_user: SignIn) -> None:
    """Newest first, and the first wording whole at the end."""
    for version, facts in enumerate(["Two bruises.", "Three bruises.", "Three bruises, one old."], start=1):
        said(home, cast.teammate, version=version, facts=facts, why=f"Counted again {version}")
    url = reverse("families:disclosure_history", args=[home.disclosure.public_id])
    html = as_user(cast.supervisor).get(url).content.decode()
    in_order = ["Counted again 3", "Before: Three bruises.", "After: Three bruises, one old.", "Counted again 2",
                "Before: Two bruises.", "Counted again 1", "Before: A bruise on the left arm, 3 cm.",
                "As first written", "A bruise on the left arm, 3 cm."]  # fmt: skip
    at = -1
    for words in in_order:
        at = html.find(words, at + 1)
        assert at >= 0, words
    assert html.count("by Bram Oduya") == 3


def test_a_persons_history_has_contacts_and_risks(cast: Cast, home: Household, as_user: SignIn) -> None:
    by = cast.practitioner
    actions.set_known_risks(person=home.mother, notes={"other": "A dog"}, version=1, by=by, at=NOW)
    actions.set_known_risks(person=home.mother, notes={}, version=2, why="It died", by=by, at=NOW)
    details = ContactDetails(kind="phone", detail="07700 900456", safe="unknown")
    actions.set_safe_contact(contact=home.contact, details=details, version=1, by=by, at=LATER)
    url = reverse("families:person_history", args=[home.mother.public_id])
    html = as_user(cast.teammate).get(url).content.decode()
    for words in ("Known risk: Another risk", "Before: A dog", "It died", "Before: 07700 900123",
                  "After: 07700 900456", "Contact: phone call", "As first written"):  # fmt: skip
        assert words in html, words


def test_a_familys_history_has_each_name(cast: Cast, home: Household, as_user: SignIn) -> None:
    for version, name in enumerate(["Ashby", "Ashcroft"], start=1):
        actions.correct_family(
            family=home.family, name=name, version=version, why="Misspelt", by=cast.practitioner, at=LATER
        )
    html = as_user(cast.practitioner).get(reverse("families:history", args=[home.family.public_id])).content.decode()
    assert all(words in html for words in ("Before: Ashby", "After: Ashcroft", "Before: Ashworth"))


PAGES = {
    "disclosure_correct": ("disclosure", {"facts": "Other", "said_by": "T", "said_to": "A", "level": "s47",
        "received_at_day": "2", "received_at_month": "11", "received_at_year": "2026", "received_at_time": "2pm"}),
    "person_correct": ("child", {"name": "Ned", "role": "child", "age_kind": "not_known",
        "parental_responsibility": "no"}),
    "correct": ("family", {"name": "Ash"}),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_page_asks_why_and_loses_nothing(cast: Cast, home: Household, as_user: SignIn, page: str) -> None:
    what, typed = PAGES[page]
    client = as_user(cast.practitioner)
    url = reverse(f"families:{page}", args=[getattr(home, what).public_id])
    refused = client.post(url, {**typed, "version": "1"})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert html.count("Enter why this is changed") == 2  # in the summary and beside the field
    assert next(iter(typed.values())) in html
    assert client.post(url, {**typed, "version": "1", "why_changed": "I had misheard it"}).status_code == 302
    assert last().why == "I had misheard it"


def test_a_changed_disclosure_says_so(cast: Cast, home: Household, as_user: SignIn) -> None:
    url = reverse("families:disclosure", args=[home.disclosure.public_id])
    assert "since it was first written" not in as_user(cast.practitioner).get(url).content.decode()
    said(home, cast.practitioner, facts="Two bruises.")
    assert "Once since it was first written" in as_user(cast.practitioner).get(url).content.decode()
