"""In a summary every line is marked that may name somebody to whom something must not be disclosed, or a source."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision, DecisionItem, DecisionPerson
from decisions.presenters.summary import summary
from decisions.presenters.summary_doubts import MARK, MARK_KEPT_FROM
from tests.decisions.cases import MOTHER, PARTNER, Case, plain
from tests.decisions.test_views_summary import bent, first_item
from tests.pages import PageClient, parsed

# Texts are compared in Python: every engine gives the same rows. In any spelling: test_summary_doubts.py.
pytestmark = pytest.mark.sqlite
SignIn = Callable[[User], PageClient]


def made(case: Case, **texts: str) -> str:
    """The summary with these texts on the record. The first item must not be disclosed to the mother's partner."""
    return summary(bent(case, lambda one: plain(Decision).filter(pk=one.pk).update(**texts))).text


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(
    "text",
    [
        "Kit Dunmore came back", "KIT came back", "Because kit's car was there", "D\u00fanmore was seen",
        "Mr. Dun-more was seen", "Kit\u2019s brother rang", "We saw a Dunmore",
    ],
)  # fmt: skip
def test_somebody_it_must_not_be_disclosed_to(closed: Case, text: str) -> None:
    assert PARTNER == "Kit Dunmore"
    assert f"{MARK_KEPT_FROM} {text}" in made(closed, why_now=text)


def test_each_line_about_them(closed: Case) -> None:
    lines = made(closed).splitlines()
    named = [line for line in lines if re.search("kit|dunmore", line, re.IGNORECASE)]
    assert len(named) >= 3
    assert [line for line in named if MARK_KEPT_FROM not in line] == []


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("text", ["Tomos came back", "A kitten was there", "The Ashdown family", "He is not fit"])
def test_nobody_else(closed: Case, text: str) -> None:
    assert "CHECK" not in next(line for line in made(closed, why_now=text).splitlines() if text in line)


def test_a_name_that_another_has_tells_nothing(closed: Case) -> None:
    def same_family(decision: Decision) -> None:
        plain(DecisionPerson).filter(decision=decision, name=PARTNER).update(name="Lee Ashdown", known_as="Bear")
        plain(Decision).filter(pk=decision.pk).update(why_now="The Ashdown house.", what_changed="Bear is back.")

    text = summary(bent(closed, same_family)).text
    assert f"{MARK_KEPT_FROM} The Ashdown house." not in text
    assert f"{MARK_KEPT_FROM} Bear is back." in text
    assert f"{MARK_KEPT_FROM} Lee Ashdown:" in text


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(
    "why_now", ["Marion rang again.", "A MARION PELL rang.", "Pell's son said so.", "marion-pell rang."]
)
def test_a_name_in_what_a_protected_source_said(closed: Case, why_now: str) -> None:
    def protect(decision: Decision) -> None:
        first_item(decision, protected_source=True, text="Her aunt Marion Pell saw him at the bus stop")
        plain(Decision).filter(pk=decision.pk).update(why_now=why_now)

    assert f"{MARK} {why_now}" in summary(bent(closed, protect)).text


def said_by(decision: Decision, who: str) -> Decision:
    assert decision.disclosure
    decision.disclosure.said_by = who
    return decision


@pytest.mark.parametrize("protected_source", [True, False])
def test_who_said_what_was_written_down(closed: Case, *, protected_source: bool) -> None:
    """Only where the source of something is protected: else it is no secret who said it."""

    def protect(decision: Decision) -> None:
        plain(DecisionItem).filter(decision=decision).update(protected_source=False)
        first_item(decision, protected_source=protected_source)
        plain(Decision).filter(pk=decision.pk).update(why_now="Yusra rang.")

    decision = said_by(bent(closed, protect), "Yusra, a neighbour")
    assert (f"{MARK} Yusra rang." in summary(decision).text) is protected_source


def test_the_child_as_the_source_marks_no_line_about_the_child(closed: Case) -> None:
    def protect(decision: Decision) -> None:
        first_item(decision, protected_source=True)
        plain(Decision).filter(pk=decision.pk).update(why_now="The child is not safe.")

    assert f"{MARK} The child is not safe." not in summary(said_by(bent(closed, protect), "The child")).text


def test_the_page_says_what_was_left_out_and_why(closed: Case, as_user: SignIn) -> None:
    path = reverse("decisions:summary", args=[closed.decision.public_id])
    page = parsed(as_user(closed.cast.practitioner).get(path).content.decode())
    said = [line.text for line in page.all("li")]
    assert f"Item 1: must not be disclosed to {PARTNER}" in said
    box = page.by_id("summary")
    assert box is not None
    assert f"must not be disclosed to {PARTNER}" not in box.raw_text


@pytest.mark.parametrize(
    ("person", "item", "line"),
    [
        ({}, {"protected_source": True}, f"Item 1: its source is protected; must not be disclosed to {PARTNER}"),
        ({}, {"handling": "Paper only"}, f"Item 1: must not be disclosed to {PARTNER}; handling: Paper only"),
        ({"role": "informant"}, {}, f"The name of {MOTHER}, who told us"),
        ({"safe_contact": "At the clinic"}, {}, f"How to contact {MOTHER} safely"),
        ({"identifier_kind": "nhs", "identifier": "9434765919"}, {},
         f"The number that goes with the information of {MOTHER}, or why there is none"),
    ],
)  # fmt: skip
def test_each_reason(closed: Case, person: dict[str, str], item: dict[str, object], line: str) -> None:
    def change(decision: Decision) -> None:
        if item:
            first_item(decision, **item)
        if person:
            plain(DecisionPerson).filter(decision=decision, name=MOTHER).update(**person)

    assert line in summary(bent(closed, change)).left_out_lines
