"""From rows to paper: canaries in random decisions of the database, looked for in every letter and page that is made.

The rules themselves are tried on random decisions: tests/rules/test_explanation_canaries.py.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader

from decisions.models import (
    Decision,
    DecisionItem,
    DecisionPerson,
    ItemAbout,
    ItemNotDisclosedTo,
    ItemRecipient,
    Sending,
)
from families.actions import add_safe_contact
from families.details import ContactDetails
from letters.actions import make_letter, make_shared_letter
from letters.models import LetterMade, SharedLetter
from letters.output import bytes_of
from rules.explanation.facts import Choices
from rules.explanation.versions import Version
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, plain, twin_of
from tests.in_turn import THOROUGH, in_turn, one_in_turn
from tests.letters.test_letters import SignIn
from tests.letters.test_shared import kept_from
from tests.pages import parsed
from tests.shared import undone
from tests.test_access_matrix import signed_in

# What a database keeps is the same on every engine.
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

# Two a day of those by which a letter is made at all; ./run check tries all twelve.
SEEDS = list(range(12)) if THOROUGH else in_turn((0, 1, 5, 6, 8, 11), 3)
SETS = one_in_turn(range(4))
NUMBERS = {CHILD: "01632 960801", MOTHER: "01632 960802", PARTNER: "01632 960803"}


@dataclass
class Hidden:
    """What nobody but these may read, by its canary."""

    decision: Decision
    readers: dict[str, set[int]] = field(default_factory=dict)
    childs: dict[str, bool] = field(default_factory=dict)  # whether it is about the child, or has their number


def random_decision(case: Case, seed: int) -> Hidden:
    """The recorded case again with other items: about whom, told by whom and kept from whom by lot."""
    rng, draft = Random(seed), twin_of(case.decision)  # noqa: S311
    people = {person.name: person for person in draft.people.all()}
    plain(DecisionPerson).filter(decision=draft).update(informing_state="TOLD_BEFORE", informing_closing="")
    if rng.random() < 0.5:
        plain(DecisionPerson).filter(pk=people[CHILD].pk).update(competence="COMPETENT", consent_state="REFUSED")
    if rng.random() < 0.5:
        plain(Sending).filter(decision=draft).update(said_differently="canarysaid")
    else:
        plain(Sending).filter(decision=draft).update(said_differently="")
    hidden = Hidden(draft)
    for number, item in enumerate(draft.items.all()):
        _by_lot(rng, item, f"canary{seed}item{number}x", people, hidden)
    plain(Decision).filter(pk=draft.pk).update(state="recorded", recorded_at=case.at)
    hidden.decision = Decision.objects.recorded().get(pk=draft.pk)
    return hidden


def _by_lot(rng: Random, item: DecisionItem, canary: str, people: dict[str, DecisionPerson], hidden: Hidden) -> None:
    about = rng.sample(sorted(people), rng.choice((1, 1, 2)))
    kept = [name for name in people if rng.random() < 0.2]
    source, named = rng.random() < 0.2, rng.choice(["", "", *NUMBERS.values(), PARTNER])
    plain(DecisionItem).filter(pk=item.pk).update(text=f"{canary} {named}".strip(), protected_source=source)
    for model, names in ((ItemAbout, about), (ItemNotDisclosedTo, kept)):
        rows: Any = plain(model)
        rows.filter(item=item)._raw_delete("default")
        common = {"organisation_id": item.organisation_id, "decision_id": item.decision_id, "item": item}
        rows.bulk_create([model(**common, person=people[name]) for name in names])
    plain(ItemRecipient).filter(item=item).update(given=True)
    hidden.childs[canary] = CHILD in about or named == NUMBERS[CHILD]
    child = DecisionPerson.objects.get(pk=people[CHILD].pk)
    hidden.readers[canary] = {
        person.pk
        for name, person in people.items()
        if not source
        and name not in kept
        and set(about) <= ({name, CHILD} if name == MOTHER and child.competence != "COMPETENT" else {name})
        and not (named == PARTNER and name != PARTNER)
        and not (named in NUMBERS.values() and not _may_read_number(name, named, child))
    }


def _may_read_number(name: str, number: str, child: DecisionPerson) -> bool:
    whose = next(each for each, other in NUMBERS.items() if other == number)
    return whose == name or (whose == CHILD and name == MOTHER and child.competence != "COMPETENT")


def letters_of(case: Case, hidden: Hidden) -> Iterator[tuple[int, LetterMade]]:
    for person in hidden.decision.people.all():
        for version in Version:
            output_format = "pdf" if version == Version.ADULT else "html"
            try:
                yield person.pk, make_letter(
                    decision=hidden.decision, person=person, language="en", output_format=output_format,
                    choices=Choices(version=version, contact="Asha"), route="in_person", submission_id=uuid4(),
                    by=case.cast.practitioner, at=case.at,
                )  # fmt: skip
            except ValidationError:
                continue


def text_of(letter: LetterMade | SharedLetter) -> str:
    made = bytes_of(letter.content, letter.format)
    if letter.format == "html":
        return made.decode()
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


@pytest.fixture
def numbered(closed: Case) -> Case:
    """With a phone number of everybody."""
    for person in closed.family.people.all():
        details = ContactDetails(kind="phone", detail=NUMBERS[person.name], safe="yes", checked_on=closed.at.date())
        add_safe_contact(person=person, details=details, by=closed.cast.practitioner, at=closed.at)
    return closed


def test_nothing_reaches_a_reader_that_is_not_theirs(numbered: Case) -> None:
    found = kept_out = 0
    client = signed_in(numbered.cast.practitioner)
    for seed in SEEDS:
        hidden = random_decision(numbered, seed)
        for reader, letter in letters_of(numbered, hidden):
            page = client.get(reverse("letters:made", args=[hidden.decision.public_id, letter.public_id]))
            for text in (text_of(letter), page.content.decode()):
                assert "canarysaid" not in text
                for canary, readers in hidden.readers.items():
                    found += canary in text
                    kept_out += reader not in readers
                    assert canary not in text or reader in readers, (seed, canary)
    assert found > len(SEEDS)
    assert kept_out > len(SEEDS)


@dataclass
class OfSet:
    """By canary, who of the family may read it in a letter, and of whom it may stand on the page."""

    in_letter: dict[str, set[int]] = field(default_factory=dict)
    on_page: dict[str, set[int]] = field(default_factory=dict)


def random_set(case: Case, seed: int) -> OfSet:
    """Two or three decisions about the same people. Of some of them somebody must not be told, by lot.

    A child who decides for themselves on one of them is no longer the mother's to know on any.
    """
    rng, found = Random(f"set {seed}"), OfSet()  # noqa: S311
    decisions = [random_decision(case, seed * 10 + number) for number in range(rng.choice((2, 3)))]
    people = {row.pk: row for each in decisions for row in each.decision.people.all()}
    decides = any(row.competence == "COMPETENT" for row in people.values() if row.name == CHILD)
    for each in decisions:
        kept = {name for name in (MOTHER, CHILD, PARTNER) if rng.random() < 0.3}
        for name in kept:
            kept_from(case, each.decision, name)
        for canary, readers in each.readers.items():
            may = {
                people[key] for key in readers if not (people[key].name == MOTHER and decides and each.childs[canary])
            }
            found.on_page[canary] = {row.person_id for row in may}
            found.in_letter[canary] = {row.person_id for row in may if row.name not in kept}
    return found


def shared_letters(case: Case) -> Iterator[tuple[int, SharedLetter]]:
    for person in case.family.people.all():
        for version in Version:
            output_format = "pdf" if version == Version.ADULT else "html"
            try:
                yield person.pk, make_shared_letter(
                    person=person, language="en", output_format=output_format, route="in_person", submission_id=uuid4(),
                    choices=Choices(version=version, contact="Asha"), by=case.cast.practitioner, at=case.at,
                )  # fmt: skip
            except ValidationError:
                continue


def test_nothing_of_several_decisions_reaches_a_reader_that_is_not_theirs(numbered: Case) -> None:
    found = kept_out = 0
    client = signed_in(numbered.cast.practitioner)
    for seed in SETS:
        with undone():
            hidden = random_set(numbered, seed)
            looked_at = [
                (
                    person.pk,
                    client.get(reverse("shared:about", args=[person.public_id])).content.decode(),
                    hidden.on_page,
                )
                for person in numbered.family.people.all()
            ]
            for reader, letter in shared_letters(numbered):
                page = client.get(reverse("shared:made", args=[letter.person.public_id, letter.public_id]))
                looked_at += [(reader, each, hidden.in_letter) for each in (text_of(letter), page.content.decode())]
            for reader, text, may_read in looked_at:
                assert "canarysaid" not in text
                for canary, readers in may_read.items():
                    found += canary in text
                    kept_out += reader not in readers
                    assert canary not in text or reader in readers, (seed, canary)
    assert found > len(SETS)
    assert kept_out > len(SETS)


def test_the_page_says_whether_it_is_safe(numbered: Case, as_user: SignIn) -> None:
    reader = numbered.decision.people.get(name=MOTHER)
    path = reverse("letters:letter", args=[numbered.decision.public_id, reader.pk])
    text = parsed(as_user(numbered.cast.practitioner).get(path).content.decode()).all("main")[0].text
    assert "Phone call: Safe." in text
    for name in (CHILD, PARTNER):
        assert NUMBERS[name] not in text
