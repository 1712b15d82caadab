"""Which records are due: their rule is confirmed and over, and nothing holds them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import User
from decisions.database.triggers import EVENTS
from decisions.models import Decision, DecisionFamily, DecisionPerson, Restriction, Sending, UrgentRecord
from families.models import Disclosure, Family, Person
from incidents.models import Incident, IncidentEvent
from retention.belongings import Kind
from retention.closed_on_duty import without_closed_on_duty
from retention.models import Hold, RetentionRule
from reviews.models import Review, SecondLook
from rights.models import RightsRequest
from rules.retention import STAFF_YEARS, CountedFrom, due_on, in_words, latest_birth, years_after

MOST_SHOWN = 100
CHUNK = 500
CHILDREN = ("child", "unborn")
CHILDHOOD = 18
OF_STAFF = f"{STAFF_YEARS} years from the latest record, as a concern about somebody who works here"
# What is written of a decision after it was recorded.
WRITTEN_SINCE: tuple[tuple[tuple[Any, ...], str], ...] = (
    ((*EVENTS, Sending), "written_at"),
    ((Review,), "given_at"),
    ((SecondLook,), "written_at"),
)


@dataclass(frozen=True)
class Due:
    """A record, when its time is over, by which rule, and why it is kept all the same."""

    kind: str
    row: Any
    due_on: date
    rule: str
    families: frozenset[int]
    is_held: bool

    @property
    def key(self) -> str:
        return str(self.row.public_id)


def rules_of(organisation: int) -> dict[str, RetentionRule]:
    """The rule of each kind that an officer confirmed last."""
    rows = RetentionRule.objects.filter(organisation=organisation).order_by("pk")
    return {rule.kind: rule for rule in rows}


def due_records(officer: User, today: date, *, keys: Sequence[str] | None = None) -> list[Due]:
    """The oldest that are due, at most as many as a page shows; or those of these addresses that are.

    What is closed to this officer is for another.
    """
    found: list[Due] = []
    for kind, rule in rules_of(officer.organisation_id).items():
        due = (each for each in _of_kind(kind, rule, officer, today, keys) if each.due_on <= today)
        found += islice(due, MOST_SHOWN)
    return sorted(found, key=lambda each: each.due_on)[:MOST_SHOWN]


def _of_kind(kind: str, rule: RetentionRule, officer: User, today: date, keys: Sequence[str] | None) -> Iterator[Due]:
    rows = without_closed_on_duty(kind, CANDIDATES[kind](officer.organisation_id), officer)
    if keys is not None:
        rows = rows.filter(public_id__in=keys)
    elif kind == Kind.DECISION:
        rows = rows.filter(decided_at__lt=_not_after(rule, today))
    start = 0
    while some := list(rows.order_by("pk")[start : start + CHUNK]):
        yield from _judged(kind, rule, some)
        start += CHUNK


def _not_after(rule: RetentionRule, today: date) -> datetime:
    """No decision of a later day can be due: whoever is a child on it was born at most a childhood before."""
    years = rule.years if rule.counted_from == CountedFrom.LAST else max(rule.years - CHILDHOOD, 0)
    last = years_after(today, -years) + timedelta(days=1)
    return datetime.combine(last, time.min, timezone.get_current_timezone())


def _judged(kind: str, rule: RetentionRule, rows: list[Any]) -> Iterator[Due]:
    families, last, born = READERS[kind](rows)
    held = _held(kind, rows, families)
    concerns = Restriction.objects.filter(organisation=rows[0].organisation_id, about_staff=True)
    staff_families, staff_decisions = (set(concerns.values_list(name, flat=True)) for name in ("family", "decision"))
    for row in rows:
        day = due_on(rule.counted_from, rule.years, youngest_born=born.get(row.pk), last=last[row.pk])
        words = in_words(rule.counted_from, rule.years)
        own = frozenset(families.get(row.pk, ()))
        if own & staff_families or (kind == Kind.DECISION and row.pk in staff_decisions):
            day, words = max(day, years_after(last[row.pk], STAFF_YEARS)), OF_STAFF
        yield Due(kind, row, day, words, own, row.pk in held)


def _held(kind: str, rows: list[Any], families: dict[int, set[int]]) -> set[int]:
    holds = Hold.objects.filter(organisation=rows[0].organisation_id).standing()
    on_families = set(holds.exclude(family=None).values_list("family", flat=True))
    held = {key for key, own in families.items() if own & on_families}
    if kind == Kind.DECISION:
        held |= set(holds.exclude(decision=None).values_list("decision", flat=True))
    return held


Read = tuple[dict[int, set[int]], dict[int, date], dict[int, date]]


def _read_decisions(rows: list[Decision]) -> Read:
    families = _families_of(row.pk for row in rows)
    on_families = DecisionFamily.objects.filter(family__in=set().union(*families.values()), decision__state="recorded")
    latest = on_families.order_by().values("family").annotate(latest=Max("decision__decided_at"))
    of_family = {line["family"]: timezone.localdate(line["latest"]) for line in latest}
    last = {row.pk: timezone.localdate(row.decided_at) for row in rows}
    for key, own in families.items():
        last[key] = max([last[key], *(of_family[family] for family in own if family in of_family)])
    for models, column in WRITTEN_SINCE:
        for model in models:
            since = model._default_manager.filter(decision__in=list(last)).order_by().values("decision")
            for line in since.annotate(latest=Max(column)):
                last[line["decision"]] = max(last[line["decision"]], timezone.localdate(line["latest"]))
    people = DecisionPerson.objects.filter(decision__in=list(last), role__in=CHILDREN)
    return (
        families,
        last,
        _youngest(people, "decision_id", {row.pk: timezone.localdate(row.decided_at) for row in rows}),
    )


def _families_of(keys: Iterator[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {key: set() for key in keys}
    for decision, family in DecisionFamily.objects.filter(decision__in=list(found)).values_list("decision", "family"):
        found[decision].add(family)
    return found


def _read_urgent(rows: list[UrgentRecord]) -> Read:
    return {}, {row.pk: timezone.localdate(row.recorded_at) for row in rows}, {}


def _read_families(rows: list[Family]) -> Read:
    last = {row.pk: timezone.localdate(row.registered_at) for row in rows}
    written = Disclosure.objects.filter(family__in=list(last)).order_by().values("family")
    for line in written.annotate(latest=Max("written_at")):
        last[line["family"]] = max(last[line["family"]], timezone.localdate(line["latest"]))
    people = Person.objects.filter(family__in=list(last), role__in=CHILDREN)
    return {key: {key} for key in last}, last, _youngest(people, "family_id", last)


def _read_requests(rows: list[RightsRequest]) -> Read:
    last = {row.pk: max(event.on_day for event in row.events.all()) for row in rows}
    return {row.pk: {row.person.family_id} for row in rows}, last, {}


def _read_incidents(rows: list[Incident]) -> Read:
    last = {row.pk: timezone.localdate(row.written_at) for row in rows}
    events = IncidentEvent.objects.filter(incident__in=list(last)).order_by().values("incident")
    for line in events.annotate(latest=Max("written_at")):
        last[line["incident"]] = max(last[line["incident"]], timezone.localdate(line["latest"]))
    return {}, last, {}


def _youngest(people: Any, of: str, last: dict[int, date]) -> dict[int, date]:
    born: dict[int, date] = {}
    for person in people:
        key = getattr(person, of)
        day = latest_birth(
            born=person.date_of_birth, age=person.age, age_on=person.age_on, due=person.due_on, last=last[key]
        )
        born[key] = max(born.get(key, day), day)
    return born


ALONE = Q(decision_families=None, people__rights_requests=None)
CANDIDATES: dict[str, Any] = {
    Kind.DECISION: lambda organisation: Decision.objects.recorded().filter(organisation=organisation),
    Kind.URGENT: lambda organisation: UrgentRecord.objects.filter(organisation=organisation, decisions=None),
    Kind.FAMILY: lambda organisation: Family.objects.filter(ALONE, organisation=organisation).distinct(),
    Kind.INCIDENT: lambda organisation: Incident.objects.exclude(
        pk__in=Incident.objects.open().filter(organisation=organisation).values("pk")
    ).filter(organisation=organisation, decision=None, urgent=None),
    Kind.REQUEST: lambda organisation: (
        RightsRequest.objects.filter(organisation=organisation, events__kind="CLOSED")
        .select_related("person")
        .prefetch_related("events")
    ),
}
READERS: dict[str, Any] = {
    Kind.DECISION: _read_decisions, Kind.URGENT: _read_urgent, Kind.FAMILY: _read_families,
    Kind.REQUEST: _read_requests,
    Kind.INCIDENT: _read_incidents,
}  # fmt: skip
