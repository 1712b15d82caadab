"""Canaries in random decisions: what is suggested out is not in the copy that is made of the rest, in either format.

The decisions are those that the letters are tried on: tests/letters/test_canaries.py.
"""

import pytest
from django.core.exceptions import ValidationError

from decisions.models import Decision
from rights.entries import entries_of
from rights.models import FamilyCopy, RightsRequest
from rights.preparing import prepared
from rules.rights.suggest import ItemChoice
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case
from tests.in_turn import THOROUGH
from tests.letters.test_canaries import NUMBERS, Hidden, numbered, random_decision
from tests.rights.requests import copied, decided, opened, text_of
from tests.shared import undone

# What a database keeps is the same on every engine.
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]
__all__ = ["numbered"]

# Each of those who ask once, with one format; with both and twice in ./run check.
SEEDS = range(6 if THOROUGH else 3)
ASKING = ((MOTHER, "SELF", ""), (CHILD, "PARENT", MOTHER), (PARTNER, "SELF", ""))


def asked(case: Case, about: str, asker: str, name: str) -> RightsRequest:
    return opened(case.family.people.get(name=about), case.cast.officer, asker=asker, asked_by_name=name)


def hidden_from(decision: Decision, request: RightsRequest, hidden: Hidden) -> set[str]:
    """By hand: what a reader must not be given. What is about somebody else as well is a part to word."""
    reader = decision.people.get(person_id=request.reader.pk if request.reader else 0)
    known = {reader.pk, decision.people.get(person_id=request.person_id).pk}
    child = decision.people.get(name=CHILD)
    able = child.competence == "COMPETENT" and reader.pk != child.pk
    found = set()
    for item in decision.items.all():
        about = {row.person_id for row in item.about.all()}
        kept = reader.pk in {row.person_id for row in item.not_disclosed_to.all()}
        numbers = [whose for whose, number in NUMBERS.items() if number in item.text]
        others = [whose for whose in numbers if decision.people.get(name=whose).pk not in known]
        young = able and (child.pk in about or child.pk in known)
        if item.protected_source or kept or young or others or not about & known:
            found.add(item.text.split()[0])
    return found & set(hidden.readers)


def copies_of(case: Case, request: RightsRequest, number: int) -> list[FamilyCopy]:
    decided(request, case.cast.officer)
    formats = ("html", "pdf") if THOROUGH else ("html", "pdf")[number % 2 :][:1]
    try:
        return [copied(request, case.cast.officer, output_format=each) for each in formats]
    except ValidationError:
        return []  # nothing is given


def test_nothing_that_is_suggested_out_is_in_a_copy(numbered: Case) -> None:
    kept_out = given = 0
    for number, seed in enumerate(SEEDS):
        with undone():
            hidden, who = random_decision(numbered, seed), ASKING[seed % 3]
            request = asked(numbered, *who)
            [record] = [each for each in prepared(request, numbered.cast.officer) if each.decision == hidden.decision]
            must_not = hidden_from(hidden.decision, request, hidden)
            suggested = {
                canary
                for entry, _ in record.entries
                for canary in hidden.readers
                if canary in " ".join(entry.lines) and entry.suggestion
                and entry.suggestion.choice == ItemChoice.LEAVE_OUT
            }  # fmt: skip
            assert must_not <= suggested, (seed, who)
            kept_out += len(must_not)
            for copy in copies_of(numbered, request, number):
                text = text_of(copy)
                given += sum(canary in text for canary in hidden.readers)
                assert [canary for canary in must_not if canary in text] == [], (seed, who)
                others = [NUMBERS[name] for name in NUMBERS if name not in {who[0], who[2]}]
                assert [number for number in others if number in text] == [], (seed, who)
    assert kept_out > len(SEEDS)
    assert given


def test_a_part_is_never_given_as_it_is(numbered: Case) -> None:
    """Where an item is about somebody else as well, a suggestion stands: the officer's own words, or nothing."""
    hidden = random_decision(numbered, 3)
    decision = Decision.objects.with_parts().get(pk=hidden.decision.pk)
    request = asked(numbered, MOTHER, "SELF", "")
    mother = decision.people.get(name=MOTHER)
    for item, entry in zip(
        decision.items.all(),
        [each for each in entries_of(decision, request) if each.section == "information"],
        strict=True,
    ):
        if {row.person_id for row in item.about.all()} - {mother.pk}:
            assert entry.suggestion is not None, item.text
