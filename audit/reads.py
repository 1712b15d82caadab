"""Who has read a record: the entries about it, found by their index, and the newest lists that named it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, QuerySet, TextField
from django.db.models.functions import Cast

from audit.ledger import LIST
from audit.models import LedgerEntry

# How a record was read, by the entry about it, in a few words.
HOW: Mapping[str, str] = {
    "family.opened": "Opened",
    "family.who_looked_shown": "Opened this page",
    "family.evidence_made": "Took its evidence from the audit log",
    "person.opened": "Opened one person",
    "person.shared_read": "Read what was shared about one person",
    "person.shared_letter_previewed": "Wrote a letter about what was shared",
    "person.shared_letter_opened": "Opened a letter about what was shared",
    "contacts.opened": "Opened the contact details of one person",
    "disclosure.opened": "Opened what somebody said",
    "decision.opened": "Opened",
    "decision.draft_opened": "Opened the draft",
    "decision.law_opened": "Opened the law for it",
    "decision.printed": "Printed",
    "decision.summarised": "Copied a summary",
    "decision.talk_shown": "Opened the page for a talk",
    "decision.explanation_previewed": "Wrote a letter",
    "decision.letter_opened": "Opened a letter",
    "decision.decline_letter_made": "Made a letter that declines",
    "decision.referral_text_made": "Copied a text for a form",
    "decision.incident_read": "Read an incident about it",
    "decision.who_looked_shown": "Opened this page",
    "decision.evidence_made": "Took its evidence from the audit log",
    "decision.evidence_fields_shown": "Read it to leave fields out of its evidence",
    "rights.record_opened": "Read it to answer a request",
    "rights.record_printed": "Printed it to answer a request",
    "urgent.opened": "Opened the urgent record",
    "family.emergency_opened": "Opened in an emergency",
    "contacts.emergency_opened": "Opened the contact details of one person in an emergency",
    "disclosure.emergency_opened": "Opened what somebody said, in an emergency",
    "decision.emergency_opened": "Opened in an emergency",
    "urgent.emergency_opened": "Opened the urgent record in an emergency",
}
# Lists name many records each, and no index finds one of them: so many of the newest are looked through.
MOST_LISTS = 20_000

# Keys of rows by their kind, as the subject of an entry has it.
About = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Read:
    seq: int
    at: datetime
    event: str
    actor: int | None


@dataclass(frozen=True)
class InLists:
    """How often each person saw a line about it, and when last, in so many lists since a day."""

    people: Sequence[tuple[int | None, int, datetime]]
    lists: int
    since: datetime | None


def reads_of(
    organisation: int, about: About, *, count: int, before: int | None = None, after: int | None = None
) -> list[Read]:
    """The newest reads of any of these rows, or the newest before an entry, or the first after one; newest first."""
    entries = LedgerEntry.objects.filter(organisation=organisation, event__in=list(HOW))
    if before is not None:
        entries = entries.filter(seq__lt=before)
    if after is not None:
        entries = entries.filter(seq__gt=after)
    order = "-seq" if after is None else "seq"
    found: list[Read] = []
    # One at a time: of several rows together, both engines would rather go through the whole chain in its order.
    for subject, key in ((subject, key) for subject, keys in about.items() for key in keys):
        rows = entries.filter(subject=subject, object_pk=str(key)).order_by(order)
        found += [Read(*row) for row in rows.values_list("seq", "timestamp", "event", "actor_id")[:count]]
    nearest = sorted(found, key=lambda read: read.seq, reverse=after is None)[:count]
    return sorted(nearest, key=lambda read: -read.seq)


def in_lists(organisation: int, reference: str) -> InLists:
    """Of the newest lists of the organisation, those that showed this reference, by who saw them."""
    of_lists = LedgerEntry.objects.filter(organisation=organisation, subject=LIST, object_pk=None)
    newest: QuerySet[Any] = of_lists.order_by("-seq")[:MOST_LISTS]
    reach = newest.aggregate(number=Count("pk"), since=Min("timestamp"))
    named = LedgerEntry.objects.filter(pk__in=newest.values("pk")).annotate(shown=Cast("additional_data", TextField()))
    people = named.filter(shown__contains=reference).order_by().values_list("actor_id")
    counted = people.annotate(times=Count("pk"), last=Max("timestamp")).order_by("-last")
    return InLists(list(counted), reach["number"], reach["since"])


@dataclass(frozen=True)
class ReadBy:
    at: datetime
    event: str
    reference: str


def reads_by(organisation: int, actor: int, *, since: tuple[str, int], end: datetime, count: int) -> list[ReadBy]:
    """The newest reads by somebody after the first entry about a row, of this subject and key, and before a moment.

    From there on the chain is read by its numbers: no index has who acted, and everybody's entries would pay for one.
    """
    subject, key = since
    about = LedgerEntry.objects.filter(organisation=organisation, subject=subject, object_pk=str(key))
    first = about.order_by("seq").values_list("seq", flat=True).first()
    if first is None:
        return []
    later = LedgerEntry.objects.filter(organisation=organisation, seq__gt=first, actor=actor, timestamp__lt=end)
    rows = later.filter(event__in=list(HOW)).order_by("-seq")[:count]
    return [ReadBy(*row) for row in rows.values_list("timestamp", "event", "object_repr")]
