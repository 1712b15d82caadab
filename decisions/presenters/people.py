"""How the people and recipients of a decision are named on screen, in print and in exports."""

from collections.abc import Callable, Iterable

from decisions.models import Decision, DecisionPerson, DecisionRecipient
from decisions.presenters.labels import code_words, joined, lines
from families.identifiers import nhs_in_groups
from families.names import age_words, names_of
from rules.identifiers import IdentifierKind
from rules.organisations import RecipientKind
from ui.labels import distinct_names

__all__ = ["age_words", "identifier_lines", "kept_from", "person_names", "recipient_names", "recipient_names_of"]
# How each of its lines begins: the summary for another system leaves them out.
IDENTIFIER = "Child's number"


def person_names(decision: Decision) -> dict[int, str]:
    """By key, each named so that no two read the same. Costs no query on a decision read with its parts."""
    return _named_once(decision, "person_names", lambda: names_of((row.pk, row) for row in decision.people.all()))


def _named_once(decision: Decision, attribute: str, names: Callable[[], dict[int, str]]) -> dict[int, str]:
    """Every presenter of a page asks for these names, and who is on a recorded decision cannot change (ADR 0012)."""
    if decision.is_draft:
        return names()
    if attribute not in decision.__dict__:
        decision.__dict__[attribute] = names()
    found: dict[int, str] = decision.__dict__[attribute]
    return found


def identifier_lines(person: DecisionPerson) -> Iterable[str]:
    """The number that the child's information goes with, or why none."""
    kind = person.identifier_kind
    number = nhs_in_groups(person.identifier) if kind == IdentifierKind.NHS else person.identifier
    return lines(
        (IDENTIFIER, joined(code_words(IdentifierKind, kind), number)),
        (f"{IDENTIFIER}, why none is used", person.why_no_identifier),
    )


def kept_from(decision: Decision) -> list[str]:
    """Everybody from whom an item is kept: a copy of the whole record must not reach them."""
    people = {row.person_id for item in decision.items.all() for row in item.not_disclosed_to.all()}
    return [name for key, name in person_names(decision).items() if key in people]


def recipient_names(decision: Decision) -> dict[int, str]:
    return _named_once(decision, "recipient_names", lambda: recipient_names_of(decision.recipients.all()))


def recipient_names_of(recipients: Iterable[DecisionRecipient]) -> dict[int, str]:
    """Two of one name: by how they came on the list, by who gets it there, by service or by route."""
    by_key = {row.pk: row for row in recipients}
    return distinct_names({key: row.name for key, row in by_key.items()}, lambda key: _differences(by_key[key]))


def _differences(row: DecisionRecipient) -> tuple[str, ...]:
    return _origin(row), row.person_or_role, _kind(row), row.route


def _origin(row: DecisionRecipient) -> str:
    if row.is_asker:
        return "asked"
    return "address book" if row.recipient_id else "not in the address book"


def _kind(row: DecisionRecipient) -> str:
    return str(dict(RecipientKind.choices()).get(row.kind, "")).lower()
