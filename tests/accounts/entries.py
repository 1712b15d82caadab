"""What the ledger holds, in a form that tests can compare."""

from typing import Any

from accounts.models import Organisation
from audit.models import LedgerEntry


def entered(organisation: Organisation | None) -> list[str]:
    """The events of a chain in their order, each with what kind of row it is about."""
    rows = LedgerEntry.objects.filter(organisation=organisation.pk if organisation else 0).order_by("seq")
    return [f"{row.event} {row.subject}".strip() for row in rows]


def last(organisation: Organisation) -> Any:
    return LedgerEntry.objects.filter(organisation=organisation.pk).order_by("seq").last()
