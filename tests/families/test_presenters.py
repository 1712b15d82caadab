from datetime import date, timedelta

import pytest

from families import actions, presenters
from families.models import Disclosure, Person
from tests.cast import Cast
from tests.families.household import NOW, TODAY, Household, contact, person


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(hours=2), ""),
        (timedelta(hours=24), ""),
        (timedelta(hours=25), "Recorded late: 1 day after it was received"),
        (timedelta(days=3, hours=5), "Recorded late: 3 days after it was received"),
    ],
)
def test_late_in_words(wait: timedelta, words: str) -> None:
    assert presenters.late_in_words(NOW - wait, NOW) == words


def test_three_boxes_always_stand(home: Household) -> None:
    texts = presenters.disclosure_texts(home.disclosure)
    assert [text.value for text in texts] == ["A bruise on the left arm, 3 cm.", "Nothing recorded", "Nothing recorded"]


def test_a_disclosure_shows_who_wrote_it(home: Household) -> None:
    rows = {row.key: row.value for row in presenters.disclosure_rows(home.disclosure)}
    assert rows["Written"] == "20 November 2026, 3pm, by Asha Verrall"
    assert rows["Happened"] == "Not known"


@pytest.mark.parametrize(
    ("details", "lines"),
    [
        ({"date_of_birth": date(2016, 3, 27)}, ["10", "Born 27 March 2016"]),
        ({"age": 14, "age_on": date(2026, 11, 1)}, ["14 or 15", "Recorded as 14 on 1 November 2026"]),
        ({"role": "unborn", "due_on": date(2027, 2, 3)}, "Due 3 February 2027"),
        ({}, "Not known"),
    ],
)
def test_age_lines(cast: Cast, home: Household, details: dict[str, object], lines: object) -> None:
    somebody = person(home.family, cast.practitioner, **details)
    rows = {row.key: row.value for row in presenters.person_rows(somebody, TODAY)}
    assert rows["Age"] == lines


@pytest.mark.parametrize(
    ("details", "tag", "because"),
    [
        ({"safe": "yes", "checked_on": TODAY}, "Safe", "Checked on 20 November 2026"),
        (
            {"safe": "yes", "checked_on": TODAY - timedelta(days=91)},
            "Ask again before using",
            "Checked on 21 August 2026, more than 90 days ago.",
        ),
        ({"safe": "no", "checked_on": TODAY}, "Do not use", "Not safe when checked on 20 November 2026"),
        ({"safe": "unknown"}, "Ask again before using", "Nobody has asked whether it is safe."),
    ],
)
def test_contact_lines(cast: Cast, home: Household, details: dict[str, object], tag: str, because: str) -> None:
    way = contact(home.mother, cast.practitioner, **details)
    [line] = presenters.contact_lines([way], risk_in_family=False, today=TODAY)
    assert (line.tag, line.because) == (tag, because)


def test_one_known_risk_makes_every_unclear_way_in_the_family_unsafe(cast: Cast, home: Household) -> None:
    contact(home.mother, cast.practitioner, kind="letter")
    actions.set_known_risks(person=home.child, notes={"violence_at_home": ""}, version=1, by=cast.practitioner, at=NOW)
    cards = presenters.person_cards(Person.objects.filter(family=home.family), TODAY)
    assert [line.tag for line in cards[1].contacts] == ["Safe", "Do not use"]
    assert "known risk" in cards[1].contacts[1].because


def test_a_list_of_disclosures_tells_nothing_of_what_was_said(home: Household) -> None:
    [line] = presenters.disclosure_lines(Disclosure.objects.all())
    assert (line.received, line.level, line.late) == (
        "20 November 2026, 1pm",
        "Significant harm, or likely (section 47)",
        "",
    )
