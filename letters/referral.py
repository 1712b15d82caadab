"""A text for one recipient's own form: what was sent or is given to them, and what such forms ask besides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounts.namesakes import name_alone
from decisions.facts.informing import informing_now
from decisions.models import Decision, DecisionItem, DecisionPerson, DecisionRecipient
from decisions.presenters.labels import code_words, joined
from decisions.presenters.people import age_words, person_names
from rules.codes import Consent, Informing, ItemKind, PersonRole
from rules.explanation.whose_words import NO_NAMES, SHORTEST_NAME, words
from ui.moments import moment

KINDS = (
    (ItemKind.FACT, "WHAT WAS SEEN OR SAID"),
    (ItemKind.CHILD_WORDS, "THE CHILD'S OWN WORDS"),
    (ItemKind.OPINION, "PROFESSIONAL OPINION"),
    (ItemKind.DOCUMENT, "DOCUMENTS AND RECORDS"),
)
CHILDREN = frozenset({PersonRole.CHILD, PersonRole.UNBORN})


@dataclass(frozen=True)
class Referral:
    text: str
    left_out: tuple[str, ...]  # items that could show who told us


def referral(decision: Decision, recipient: DecisionRecipient) -> Referral | None:
    """None for a recipient who is given nothing. Costs no query on a decision read with its parts."""
    given = [item for item in decision.items.all() if _is_given(item, recipient)]
    sendings = [row for row in decision.sendings.all() if row.recipient_id == recipient.pk]
    otherwise = [row.said_differently for row in sendings if row.said_differently]
    if not given and not otherwise:
        return None
    informants = _names_of_informants(decision)
    items = [item for item in given if not (item.protected_source or informants & {*words(item.text)})]
    differing = [text for text in otherwise if not informants & {*words(text)}]
    parts = [*_head(decision, recipient), *_people(decision, items)]
    for kind, title in KINDS:
        parts += _section(title, [_line(item, decision) for item in items if item.kind == kind])
    parts += _section("WHAT WAS SAID THAT DIFFERS FROM THIS", differing)
    left_out = [item.text for item in given if item not in items] + [
        text for text in otherwise if text not in differing
    ]
    return Referral("\n".join(parts), tuple(left_out))


def _is_given(item: DecisionItem, recipient: DecisionRecipient) -> bool:
    return any(cell.given and cell.recipient_id == recipient.pk for cell in item.grid.all())


def _names_of_informants(decision: Decision) -> set[str]:
    """Every word of what somebody who told us is called, unless somebody else here is called that too."""
    informants, others = set[str](), set[str]()
    for person in decision.people.all():
        names = {word for word in words(f"{person.name} {person.known_as}") if len(word) >= SHORTEST_NAME}
        (informants if person.role == PersonRole.INFORMANT else others).update(names)
    return informants - others - NO_NAMES


def _head(decision: Decision, recipient: DecisionRecipient) -> Iterator[str]:
    yield f"To: {joined(recipient.name, recipient.person_or_role)}"
    author = name_alone(decision.author_name)
    yield f"From: {joined(author, decision.author_job, decision.team_name, decision.organisation_name)}"
    yield f"Decided: {moment(decision.decided_at)}"
    if decision.level:
        yield f"Level of concern: {decision.get_level_display()}"


def _people(decision: Decision, items: Iterable[DecisionItem]) -> list[str]:
    """The children, and those whom an item given here is about. Who told us is left out."""
    about = {row.person_id for item in items for row in item.about.all()}
    people = [
        person
        for person in decision.people.all()
        if (person.pk in about or person.role in CHILDREN) and person.role != PersonRole.INFORMANT
    ]
    names = person_names(decision)
    return _section("PEOPLE", [_person(person, names[person.pk], decision) for person in people])


def _person(person: DecisionPerson, name: str, decision: Decision) -> str:
    responsible = person.parental_responsibility == "yes"
    now = informing_now(decision).get(person.pk)
    state = now.row.informing_state if now else person.informing_state
    who = joined(
        name,
        person.get_role_display().lower(),
        age_words(person),
        "has parental responsibility" if responsible else "",
        f"communication: {person.communication_need}" if person.communication_need else "",
    )
    return ". ".join(filter(None, (who, code_words(Consent, person.consent_state), code_words(Informing, state))))


def _line(item: DecisionItem, decision: Decision) -> str:
    names = person_names(decision)
    informants = {person.pk for person in decision.people.all() if person.role == PersonRole.INFORMANT}
    kept_from = [row.person_id for row in item.not_disclosed_to.all() if row.person_id not in informants]
    hidden = ", ".join(names[key] for key in kept_from)
    handling = f"Handle as: {item.handling}" if item.handling else ""
    marked = ". ".join(filter(None, (handling, f"Must not be disclosed to: {hidden}" if hidden else "")))
    return f"{item.text} ({marked})" if marked else item.text


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"- {line}" for line in lines)] if lines else []
