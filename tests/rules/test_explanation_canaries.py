"""Nothing reaches a reader that is not theirs: canaries in random decisions, looked for in every letter.

What a reader may know is said here once more, in other words than the code's: by who is who, and not by rule.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.codes import Sensitivity
from rules.explanation.facts import ExplanationFacts
from rules.explanation.refusals import why_no_letter
from rules.explanation.versions import Layout, Version
from rules.facts import Facts, ItemFacts, PersonFacts
from tests.agreement.complete import complete
from tests.decisions.any_facts import any_facts
from tests.in_turn import THOROUGH, in_turn
from tests.rules.explanation_cases import VERSIONS, letter_of, of_reader, sent_to_all, text_of

# ./run check tries 500.
SEEDS = 500 if THOROUGH else 50
GROWN_UP = {"mother", "father", "partner", "carer", "sibling", "relative", "adult", "professional", "informant"}


@cache
def drawn(seed: int) -> Facts:
    return marked(complete(seed))


def marked(facts: Facts) -> Facts:
    """With a canary in every text that somebody typed; some items name somebody by name or number besides."""
    items = tuple(
        replace(item, text=f"Item canary{number:03d}item was seen {besides(facts, number)}")
        for number, item in enumerate(facts.items)
    )
    people = tuple(
        replace(person, views=f"views canary{number}views", not_asked_text=f"canary{number}asked")
        for number, person in enumerate(facts.people)
    )
    return replace(
        facts, items=items, people=people, facts_text="canaryfacts", opinion="canaryopinion", why_now="canarywhy",
        child_words="canarywords", why_outweighs="canaryoutweighs", why_no_more="canarymore", instead="canaryinstead",
    )  # fmt: skip


def name_of(number: int) -> str:
    return f"Canary{number}name"


def phone_of(number: int) -> str:
    return f"0163296{number:04d}"


def besides(facts: Facts, number: int) -> str:
    """Nobody, or one of the people in turn: by name, or by a number that is written in another way."""
    who, phone = number % len(facts.people), phone_of(number % len(facts.people))
    return ("", f"by {name_of(who)}", f"call {phone[:5]} {phone[5:]}")[(number + len(facts.items)) % 3]


def letters(seed: int) -> Iterator[tuple[ExplanationFacts, PersonFacts, str]]:
    facts = sent_to_all(drawn(seed))
    names = {person.ref: name_of(number) for number, person in enumerate(facts.people)}
    details = {person.ref: (phone_of(number),) for number, person in enumerate(facts.people)}
    for person in facts.people:
        explained = of_reader(facts, person.ref, names=names, words_of=details)
        for version in VERSIONS:
            yield explained, person, text_of(letter_of(explained, version=version))


@cache
def all_letters() -> tuple[tuple[ExplanationFacts, PersonFacts, str], ...]:
    return tuple(letter for seed in range(SEEDS) for letter in letters(seed))


def canary(item: ItemFacts) -> str:
    return item.text.split()[1]


def is_grown_up(person: PersonFacts) -> bool:
    return person.role in GROWN_UP if person.age is None else person.age >= 18


def decides_alone(person: PersonFacts) -> bool:
    return person.role == "child" and person.competence in {"COMPETENT", "CAPABLE"}


def test_the_random_decisions_have_something_to_find() -> None:
    """Else the tests below would prove nothing: each kind of canary is there, and so are letters that say something."""
    said, kinds = 0, set()
    for explained, reader, text in all_letters():
        for item in explained.facts.items:
            said += canary(item) in text
            kinds |= {"source"} if Sensitivity.SOURCE in item.sensitivities else set()
            kinds |= {"not disclosed"} if reader.ref in item.not_disclosed_to else set()
            for person in explained.facts.people:
                if person.ref in item.about and person is not reader:
                    kinds |= {"parent"} if is_grown_up(person) else set()
                    kinds |= {"young person"} if decides_alone(person) else set()
    assert kinds == {"source", "not disclosed", "parent", "young person"}
    assert said > SEEDS


def test_no_protected_source_and_nothing_that_must_not_be_disclosed() -> None:
    for explained, reader, text in all_letters():
        for item in explained.facts.items:
            if Sensitivity.SOURCE in item.sensitivities or reader.ref in item.not_disclosed_to:
                assert canary(item) not in text, item


def test_nothing_about_another_adult_and_no_name_or_number_of_theirs() -> None:
    for explained, reader, text in all_letters():
        others = [person for person in explained.facts.people if person is not reader and is_grown_up(person)]
        for person in others:
            assert explained.names[person.ref] not in text
            assert explained.words_of[person.ref][0] not in text.replace(" ", "")
        refs = {person.ref for person in others}
        for item in explained.facts.items:
            if refs & set(item.about):
                assert canary(item) not in text, item


def test_nothing_about_a_young_person_who_decides_in_a_parents_letter() -> None:
    for explained, reader, text in all_letters():
        refs = {person.ref for person in explained.facts.people if person is not reader and decides_alone(person)}
        for item in explained.facts.items:
            if refs & set(item.about):
                assert canary(item) not in text, item


def test_no_view_and_no_reason_of_the_decision_is_copied() -> None:
    words = ("canaryfacts", "canaryopinion", "canarywhy", "canarywords", "canaryoutweighs", "canarymore")
    for explained, _, text in all_letters():
        views = [person.views for person in explained.facts.people]
        assert not [word for word in (*words, *views) if word in text]


def test_no_gap_and_no_count_shows_that_something_is_left_out() -> None:
    for _, _, text in all_letters():
        assert not [word for word in ("redact", "[", "***", "left out", "withheld", "removed") if word in text.lower()]
        assert "\n\n\n" not in text.replace("\n\n", "\n")


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_not_sent_is_in_no_letter(version: Version) -> None:
    """Neither without any sending, nor about the recipients that have none."""
    for facts in map(drawn, in_turn(range(SEEDS))):
        for person in facts.people:
            nothing = of_reader(replace(facts, sendings=()), person.ref)
            assert letter_of(nothing, version=version).sections == ()
            assert why_no_letter(nothing)
        first = sent_to_all(facts).sendings[:1]
        for person in facts.people if first else ():
            text = text_of(letter_of(of_reader(replace(facts, sendings=first), person.ref), version=version))
            for recipient in facts.recipients:
                if recipient.ref != first[0].recipient_ref:
                    assert recipient.organisation not in text


@given(any_facts(), st.sampled_from(VERSIONS), st.sampled_from(Layout))
@settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_was_recorded_a_letter_never_fails(facts: Facts, version: Version, layout: Layout) -> None:
    """And never says anything where nothing was sent."""
    for person in facts.people:
        letter = letter_of(of_reader(facts, person.ref), version=version, layout=layout)
        sent = {sending.recipient_ref for sending in facts.sendings}
        assert not letter.sections or sent & {recipient.ref for recipient in facts.recipients}
