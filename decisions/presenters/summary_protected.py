"""What a decision protects: items that a summary leaves out, and the people no line should name unseen."""

from collections.abc import Iterable, Iterator

from decisions.models import Decision, DecisionItem, DecisionPerson
from decisions.presenters.people import person_names
from decisions.presenters.summary_doubts import Protected, names_in, protected
from rules.codes import PersonRole


def held_items(decision: Decision) -> list[DecisionItem]:
    items = decision.items.all()
    return [item for item in items if item.protected_source or item.not_disclosed_to.all() or item.handling]


def left_out_lines(decision: Decision) -> Iterator[str]:
    """What a summary leaves out, and why, for those who may read the whole record."""
    people = person_names(decision)
    numbers = {item.pk: number for number, item in enumerate(decision.items.all(), 1)}
    for item in held_items(decision):
        yield f"Item {numbers[item.pk]}: {'; '.join(_reasons(item, people))}"
    reached = {event.person_id for event in decision.informing_events.all() if event.safe_contact}
    for person in decision.people.all():
        if is_informant(person):
            yield f"The name of {people[person.pk]}, who told us"
        if person.safe_contact or person.pk in reached:
            yield f"How to contact {people[person.pk]} safely"
        if person.identifier_kind:
            yield f"The number that goes with the information of {people[person.pk]}, or why there is none"


def _reasons(item: DecisionItem, people: dict[int, str]) -> Iterator[str]:
    if item.protected_source:
        yield "its source is protected"
    if names := [people[row.person_id] for row in item.not_disclosed_to.all()]:
        yield f"must not be disclosed to {', '.join(names)}"
    if item.handling:
        yield f"handling: {item.handling}"


def is_informant(person: DecisionPerson) -> bool:
    return person.role == PersonRole.INFORMANT


def sources_and_places(decision: Decision) -> Protected:
    """Who told us, protected sources, and numbers and places of what is left out and of safe ways to reach people."""
    everybody, held = list(decision.people.all()), held_items(decision)
    informants = [person for person in everybody if is_informant(person)]
    shown = [person for person in everybody if not is_informant(person)]
    safe = [person.safe_contact for person in everybody]
    safe += [event.safe_contact for event in decision.informing_events.all()]
    return protected(
        names=[*_all_names(informants), *_sources(decision, held)],
        texts=[*(item.text for item in held), *safe],
        named_anyway=[*(person.name for person in shown), *(person.get_role_display() for person in shown)],
    )


def _sources(decision: Decision, held: Iterable[DecisionItem]) -> Iterator[str]:
    """Names in an item whose source is protected, and who said what was written down as the disclosure."""
    texts = [item.text for item in held if item.protected_source]
    for found in map(names_in, texts):
        yield from found
        yield " ".join(found)
    if texts and decision.disclosure:
        yield decision.disclosure.said_by


def people_kept_from(decision: Decision) -> list[DecisionPerson]:
    """Everybody to whom an item must not be disclosed."""
    keys = {row.person_id for item in decision.items.all() for row in item.not_disclosed_to.all()}
    return [person for person in decision.people.all() if person.pk in keys]


def those_kept_from(decision: Decision) -> Protected:
    """Their names, without what they share with somebody else of the record, such as a family name."""
    kept_from = people_kept_from(decision)
    others = [person.name for person in decision.people.all() if person not in kept_from]
    return protected(names=_all_names(kept_from), texts=(), named_anyway=others)


def _all_names(people: Iterable[DecisionPerson]) -> list[str]:
    return [name for person in people for name in (person.name, person.known_as)]
