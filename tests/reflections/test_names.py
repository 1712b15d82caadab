"""Words that may say who a reflection is about: found in any spelling, and never more than a warning."""

import pytest
from django.utils import timezone

from decisions.models import Decision
from decisions.presenters.summary_doubts import protected
from families.actions import add_person
from families.details import PersonDetails
from reflections.names import ROLE_WORDS, doubtful_words, doubts, names_of_case
from reflections.questions import QUESTIONS
from tests.cast import Cast
from tests.decisions import closed

cast, decision = closed.cast, closed.decision
CASE = protected(
    names=["Si\u00e2n O\u2019Neill-Hart", "Tomos", "Mother", "De Vries, Annemarie", "Wren Will"],
    texts=(), named_anyway=ROLE_WORDS,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I called Tomos at once.", ["Tomos"]),
        ("tomos\u2019s aunt", ["tomos\u2019s"]),
        ("(TOMOS), then Sian", ["TOMOS", "Sian"]),
        ("Sia\u0302n was there", ["Sia\u0302n"]),
        ("the ONEILL HART family", ["ONEILL", "HART", "ONEILL HART"]),
        ("Anne Marie rang", ["Anne Marie"]),
        ("de-vries came", ["de-vries"]),
        ("I will, with Wren", ["will", "Wren"]),
        ("Write to a.b@example.org", ["a.b@example.org"]),
        ("Call 07700 900123 again", ["07700 900123"]),
        ("in AB12 3CD", ["AB12 3CD"]),
        ("see D-7K2M9Q and F-AAAAA1", ["D-7K2M9Q", "F-AAAAA1"]),
        ("NHS number 943 476 5919", ["943 476 5919"]),
    ],
)
def test_found_as_it_was_typed(text: str, found: list[str]) -> None:
    assert sorted(doubtful_words(text, CASE)) == sorted(found)


@pytest.mark.parametrize(
    "text",
    ["The mother was not there.", "At 9am on 3 March 2026, 2 of us", "A child of 12, section 47", "", "...", "Tom's"],
)
def test_nothing_found_where_nobody_is_named(text: str) -> None:
    assert doubtful_words(text, CASE) == []


@pytest.mark.parametrize("text", ["x" * 4000, "!" * 3999 + "a", "a@" * 2000, "1 " * 2000, "a!" * 2000, "@." * 2000])
def test_whatever_is_typed_is_looked_through_once(text: str) -> None:
    """Patterns that try each start with each end would take seconds on these; a longer text would hang the test."""
    doubtful_words(text * 10, CASE)


def test_each_word_is_said_once_with_its_question() -> None:
    answers = {"went_well": "Tomos, Tomos and Wren", "next_time": "Nothing", "what_happened": "Tomos"}
    found = doubts(answers, ["Tomos", "Wren"])
    assert [(doubt.question, doubt.words) for doubt in found] == [
        (QUESTIONS["went_well"].label, ("Tomos", "Wren")),
        (QUESTIONS["what_happened"].label, ("Tomos",)),
    ]


@pytest.mark.sqlite
def test_names_are_those_of_the_decision_and_of_its_family(cast: Cast, decision: Decision) -> None:
    """Somebody of the family who is not on the decision could be named as well."""
    family = decision.decision_families.get().family
    details = PersonDetails(name="Ottoline", known_as="Otty", role="relative")
    add_person(family=family, details=details, by=cast.practitioner, at=timezone.now())
    named = names_of_case(decision, cast.practitioner)
    assert {person.name for person in decision.people.all()} <= set(named)
    assert {"Ottoline", "Otty", family.name} <= set(named)


@pytest.mark.sqlite
def test_what_they_may_no_longer_see_is_not_read_for_them(cast: Cast, decision: Decision) -> None:
    named = names_of_case(decision, cast.other_team)
    family = decision.decision_families.get().family
    assert family.name not in named
    assert set(named) == {text for person in decision.people.all() for text in (person.name, person.known_as)}
