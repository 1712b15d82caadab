"""How many warnings each decision of the queue has (ADR 0023)."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from audit.parts import read_parts
from decisions.facts.decision import assessed
from decisions.models import Decision

# Everything that is added to a recorded decision. None of it is ever changed or deleted.
EVENTS = (
    "consent_events", "informing_events", "sendings", "not_sent", "receipts", "responses", "additions",
    "wrong_information", "corrections", "complaints", "complaint_acknowledgements", "complaint_answers",
    "views_read_back", "statements_to_recipients", "statements_passed_on", "contact_plans", "contact_outcomes",
)  # fmt: skip
# What the rules read of a recorded decision.
PARTS = (
    "organisation__law_notices", "urgent", "people__covers", "recipients", "items__about", "items__not_disclosed_to",
    "items__grid", "provisions", "sendings", "receipts", "advice", "consent_events", "informing_events", "responses",
    "additions", "wrong_information__corrections", "complaints__answers",
)  # fmt: skip
MOST_KEPT = 10_000


@dataclass(frozen=True)
class Warnings:
    count: int
    act_now: bool  # one of them is to be acted on at once


# A recorded decision with that many events has the same warnings for ever: the database refuses every change to it
# (ADR 0012). Numbers only, and of this process only, so that new rules count again after every start.
_counts: OrderedDict[tuple[UUID, int], Warnings] = OrderedDict()


def forget() -> None:
    """For tests, which undo what no site can undo."""
    _counts.clear()


def with_event_count(decisions: "QuerySet[Decision]") -> "QuerySet[Decision]":
    """Annotated with `event_count`, which warning_counts() needs."""
    total: F | Coalesce | Value = Value(0)
    for relation in EVENTS:
        rows = Decision._meta.get_field(relation).related_model._default_manager  # type: ignore[union-attr]
        counted = rows.filter(decision=OuterRef("pk")).order_by().values("decision").annotate(number=Count("pk"))
        total = total + Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)  # type: ignore[assignment]
    return decisions.annotate(event_count=total)


def warning_counts(decisions: Sequence[Decision]) -> dict[int, Warnings]:
    """By key, the warnings of recorded decisions that are annotated by with_event_count()."""
    keys = {decision.pk: (decision.public_id, decision.event_count) for decision in decisions}  # type: ignore[attr-defined]
    unknown = [decision for decision in decisions if keys[decision.pk] not in _counts]
    read_parts(unknown, PARTS)
    for decision in unknown:
        found_now = assessed(decision).warnings
        _counts[keys[decision.pk]] = Warnings(len(found_now), any(finding.first for finding in found_now))
    found = {decision: _counts[key] for decision, key in keys.items()}
    while len(_counts) > MOST_KEPT:
        _counts.popitem(last=False)
    return found
