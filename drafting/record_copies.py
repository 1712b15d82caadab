"""People and recipients as the decision keeps them: copied from the family's record, the law and the address book."""

from accounts.models import Recipient
from decisions.models import DecisionPerson, DecisionRecipient
from decisions.models.answers import exemption_by_value
from families.models import Person

COPIED = [
    "name", "role", "date_of_birth", "age", "age_on", "due_on", "parental_responsibility", "communication_need",
    "known_as", "at_home", "opens_post", "hears_through",
]  # fmt: skip


def copy_person(row: DecisionPerson, person: Person) -> None:
    """Copy the person's details as they are in the family's record now."""
    for name in COPIED:
        setattr(row, name, getattr(person, name))


def copy_exemption(row: DecisionPerson) -> None:
    """Copy the name of the law that lets them not be informed as its list has it now."""
    for name, value in exemption_by_value(row.informing_exemption).items():
        setattr(row, name, value)


def copy_recipient(row: DecisionRecipient) -> None:
    """Copy the recipient's details as they are in the address book now."""
    entry = row.recipient
    if entry:
        row.name, row.kind, row.route_kind = entry.name, entry.kind, entry.route_kind
        row.route, row.route_checked_on = entry.route, entry.checked_on
        row.in_scope_16la, row.how_used = entry.in_scope_16la, how_used(row)


def how_used(row: DecisionRecipient) -> str:
    """As it was changed for this decision, else as the address book has it now."""
    return row.how_used if row.how_used_changed else how_used_of(row.recipient)


def how_used_of(entry: Recipient | None) -> str:
    return entry.how_used if entry else ""
