"""Whether answers depend on a person or a recipient, and would be lost if they were removed from a draft."""

from typing import Any

from decisions.models import DecisionPerson, DecisionRecipient
from drafting.draft import Draft
from drafting.record_copies import COPIED

# Columns filled in by the first page; all others are answered on other pages.
OF_THE_FIRST_PAGE = frozenset({"id", "organisation", "decision", "person", "person_version", "source_of_harm", *COPIED})


def about(draft: Draft, person: DecisionPerson) -> bool:
    """Whether anything was answered about this person, including autosaved text."""
    columns = [field for field in person._meta.concrete_fields if field.name not in OF_THE_FIRST_PAGE]
    return (
        any(getattr(person, field.attname) for field in columns)
        or any(row.person_id == person.pk for row in draft.provisions)
        or any(_names(item.about.all(), person) or _names(item.not_disclosed_to.all(), person) for item in draft.items)
        or _in_form_data(draft, "consent", "informing", "sensitive", pk=person.pk)
    )


def for_recipient(draft: Draft, recipient: DecisionRecipient) -> bool:
    """Whether anything was answered about sharing with this recipient, including autosaved text."""
    grid = [row for item in draft.items for row in item.grid.all() if row.recipient_id == recipient.pk]
    return (
        bool(recipient.choice)
        or recipient.how_used_changed
        or any(row.given or row.why_withheld for row in grid)
        or any(sending.recipient_id == recipient.pk for sending in draft.sendings)
        or _in_form_data(draft, "choice", "used", pk=recipient.pk)
    )


def _names(rows: Any, person: DecisionPerson) -> bool:
    return any(row.person_id == person.pk for row in rows)


def _in_form_data(draft: Draft, *groups: str, pk: int) -> bool:
    starts = tuple(f"{group}-{pk}-" for group in groups)
    typed = (page.form_data.items() for page in draft.pages.values())
    return any(key.startswith(starts) and any(values) for page in typed for key, values in page)
