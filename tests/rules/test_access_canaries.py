"""Nothing that an officer gives by leaving it ticked is somebody else's: canaries in random decisions, no database.

What somebody may be given is said here once more, by who is who and not by rule. That the page of a record ticks what
has neither a suggestion nor a doubt, and that a copy holds what was given and nothing else: tests/rights.
"""

from collections.abc import Iterator
from functools import cache

from rules.codes import NOT_INFORMED, Consent, Sensitivity
from rules.facts import Facts, PersonFacts
from rules.rights.called import doubt
from rules.rights.held import Asking, HeldItem
from rules.rights.suggest import suggestions
from tests.rules.test_explanation_canaries import (
    SEEDS,
    canary,
    decides_alone,
    drawn,
    is_grown_up,
    name_of,
    phone_of,
)

PARENTS = {"mother", "father"}


def asking(facts: Facts, subject: PersonFacts, reader: PersonFacts) -> Asking:
    people = list(enumerate(facts.people))
    return Asking(
        people=facts.people, subject=subject.ref, reader=reader.ref, is_parent=subject is not reader,
        names={person.ref: name_of(number) for number, person in people},
        details={person.ref: (phone_of(number),) for number, person in people},
    )  # fmt: skip


def asked(facts: Facts) -> Iterator[tuple[PersonFacts, PersonFacts]]:
    """Everybody for themselves, and each parent for each child."""
    for reader in facts.people:
        yield reader, reader
        if reader.role in PARENTS:
            yield from ((child, reader) for child in facts.people if child.role == "child")


def held(facts: Facts) -> list[HeldItem]:
    items = [
        HeldItem(
            text=item.text, about=frozenset(item.about), source=Sensitivity.SOURCE in item.sensitivities,
            kept_from=frozenset(item.not_disclosed_to),
        )
        for item in facts.items
    ]  # fmt: skip
    views = [HeldItem(text=person.views, whose=person.ref) for person in facts.people]
    concern = [HeldItem(text=text, is_concern=True) for text in (facts.facts_text, facts.opinion)]
    return [*items, *views, *concern]


@cache
def answers() -> list[tuple[Facts, PersonFacts, PersonFacts, str]]:
    """With the text of everything that is ticked beforehand."""
    found = []
    for seed in range(SEEDS):
        facts = drawn(seed)
        items = held(facts)
        for subject, reader in asked(facts):
            about = asking(facts, subject, reader)
            against = suggestions(items, about)
            given = [
                item.text for item, each in zip(items, against, strict=True) if each is None and not doubt(item, about)
            ]
            found.append((facts, subject, reader, "\n".join(given)))
    return found


def test_no_item_is_given_that_is_a_source_or_kept_from_them_or_about_somebody_else() -> None:
    kept = given = 0
    for facts, subject, reader, text in answers():
        known = {subject.ref, reader.ref}
        for item in facts.items:
            others = set(item.about) - known
            hidden = Sensitivity.SOURCE in item.sensitivities or reader.ref in item.not_disclosed_to or bool(others)
            kept += hidden
            given += canary(item) in text
            assert not (hidden and canary(item) in text), item
    assert kept > SEEDS
    assert given > SEEDS / 4


def test_a_young_person_who_decides_is_asked_first() -> None:
    seen = 0
    for facts, subject, reader, text in answers():
        alone = {each.ref for each in facts.people if decides_alone(each) and each is not reader}
        alone -= {each.ref for each in facts.people if is_grown_up(each)}
        for item in facts.items:
            if alone & {*item.about, subject.ref}:
                seen += 1
                assert canary(item) not in text, item
    assert seen


def test_nobody_else_is_named_and_no_number_or_view_of_theirs_is_given() -> None:
    own = 0
    for facts, subject, reader, text in answers():
        for number, person in enumerate(facts.people):
            views = f"views canary{number}views"
            if person in {subject, reader}:
                own += views in text
                continue
            assert name_of(number) not in text
            assert phone_of(number) not in text.replace(" ", "")
            assert views not in text, (subject.role, reader.role)
    assert own > SEEDS


def test_somebody_who_is_not_to_know_is_given_nothing() -> None:
    seen = 0
    for _, _, reader, text in answers():
        later = reader.informing.state in NOT_INFORMED or bool(reader.informing.closing)
        if later or reader.consent_state == Consent.NOT_SOUGHT_UNSAFE:
            seen += 1
            assert text == ""
    assert seen > SEEDS / 4


def test_a_suspected_source_of_harm_is_given_nothing_of_what_worried_us() -> None:
    seen = 0
    for _, _, reader, text in answers():
        if reader.alleged_source_of_harm:
            seen += 1
            assert "canaryfacts" not in text
            assert "canaryopinion" not in text
    assert seen
