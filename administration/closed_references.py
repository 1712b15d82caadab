"""The references by which an audit log entry would reveal a record that is closed to the user."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from audit.models import LedgerEntry
from decisions.incident_links import TO_DECISIONS
from decisions.models import Decision, UrgentRecord
from emergencies.models import EmergencyOpening
from families.models import Disclosure, Family, Person
from incidents.models import Incident
from rights.models import RightsRequest

PERSON = Person._meta.label_lower
# Of a letter to them, a way to reach them, a risk.
OF_SOMEBODY = re.compile(r"person (\d+) ")


def closed_references(user: User) -> frozenset[str]:
    """Nothing, and no query, for whoever nothing is closed to."""
    if not (user.closed_families or user.closed_decisions):
        return frozenset()
    return frozenset(reference for rows in _closed(user) for reference in rows.values_list("reference", flat=True))


def without_closed_entries(entries: Iterable[LedgerEntry], user: User) -> list[LedgerEntry]:
    """Without those about any of it. What is about somebody of a family may have their key alone.

    Asked of the lines of a page, not of the database: as many references as a large organisation has fit in no query.
    """
    rows, references = list(entries), closed_references(user)
    if not references:
        return rows
    people = {str(key) for key in Person.objects.filter(family__in=user.closed_families).values_list("pk", flat=True)}
    return [row for row in rows if not _is_about(row, references, people)]


def _is_about(entry: LedgerEntry, references: Iterable[str], people: Collection[str]) -> bool:
    by_key = OF_SOMEBODY.match(entry.object_repr)
    person = by_key[1] if by_key else entry.object_pk if entry.subject == PERSON else None
    return person in people or any(reference in entry.object_repr for reference in references)


def _closed(user: User) -> Iterator[QuerySet[Any]]:
    families, decisions = user.closed_families, user.closed_decisions
    yield Family.objects.filter(pk__in=families)
    yield Decision.objects.filter(pk__in=decisions)
    yield UrgentRecord.objects.filter(decisions__in=decisions)
    yield Disclosure.objects.filter(family__in=families)
    yield RightsRequest.objects.filter(person__family__in=families)
    yield EmergencyOpening.objects.filter(family__in=families)
    for way in TO_DECISIONS:
        yield Incident.objects.filter(**{f"{way}__in": decisions})
