"""What evidence an officer wants: found by its reference or its days, counted before anything is made."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from administration.evidence_record import LeftOutFields
from administration.evidence_scope import About, of_decision, of_family, scope_of
from administration.models import MOST_ALONE, EvidenceRequest
from audit.disposal import MOST_KEYS
from audit.evidence.scope import (
    Scope,
    addresses_left_out,
    everything,
    nothing_left_out,
    numbers_about,
    period,
)
from audit.models import LedgerEntry
from decisions.models import Decision, DecisionPerson
from families.models import Family, Person
from ui.moments import moment

What = EvidenceRequest.What
RESTRICTED = "It is restricted to named people. Answer a request that names it instead"
WITH_WORDS = ~Q(changes={})


class NotThere(LookupError):
    """No recorded decision and no family of the organisation has this reference, or has it any more."""


@dataclass(frozen=True)
class Counts:
    entries: int
    decisions: int
    families: int
    people: int
    with_words: int

    @property
    def needs_second(self) -> bool:
        return self.decisions + self.families > MOST_ALONE

    def columns(self) -> Mapping[str, int]:
        return asdict(self)


@dataclass(frozen=True)
class Wanted:
    """`record` is the reference of a decision or a family; the days are those of a period, both included."""

    organisation: int
    what: str
    record: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None

    @cached_property
    def about(self) -> About | None:
        """The record, if it is one. Raises NotThere."""
        of_organisation = {"organisation": self.organisation, "reference": self.record}
        if self.what == What.DECISION:
            for decision in Decision.objects.recorded().filter(**of_organisation):
                return of_decision(decision)
        elif self.what == What.FAMILY:
            for family in Family.objects.filter(**of_organisation):
                return of_family(family)
        else:
            return None
        raise NotThere

    def is_closed_to(self, officer: User) -> bool:
        """A record that is restricted to others, or has one in it, is read by a request that names it."""
        if self.about is None:
            return False
        family = {self.about.family.pk} if self.about.family else set()
        decisions = {row.pk for row in self.about.decisions}
        return bool(family & officer.closed_families or decisions & officer.closed_decisions)

    @property
    def words(self) -> str:
        if self.what == What.DECISION:
            return f"Decision {self.record}"
        if self.what == What.FAMILY:
            return f"Family {self.record} and the decisions about it"
        if self.first_day and self.last_day:
            return f"The audit log from {moment(self.first_day)} to {moment(self.last_day)}"
        return "The whole audit log"

    def _moments(self) -> tuple[dt.datetime, dt.datetime]:
        first, last = self.first_day or dt.date.min, self.last_day or dt.date.min
        return tuple(  # type: ignore[return-value]  # two of them
            timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (first, last + dt.timedelta(days=1))
        )

    def scope(self, *, addresses: bool, left_out: LeftOutFields | None = None) -> Scope:
        if self.about:
            return scope_of(self.about, addresses=addresses, left_out=left_out)
        leave_out = nothing_left_out if addresses else addresses_left_out
        if self.what == What.PERIOD:
            return period([self.organisation], *self._moments(), leave_out=leave_out)
        return everything([self.organisation], leave_out=leave_out)

    def counts(self) -> Counts:
        entries = LedgerEntry.objects.filter(organisation=self.organisation)
        if self.about:
            return _of_record(entries, self.about)
        if self.what == What.PERIOD:
            since, until = self._moments()
            entries = entries.filter(recorded_at__gte=since, recorded_at__lt=until)
        return Counts(
            **entries.aggregate(
                entries=Count("pk"),
                decisions=_rows("decisions.decision"),
                families=_rows("families.family"),
                people=_rows("families.person"),
                with_words=Count("pk", filter=WITH_WORDS),
            )
        )


def _rows(subject: str) -> Count:
    return Count("object_pk", distinct=True, filter=Q(subject=subject))


def _of_record(entries: "QuerySet[LedgerEntry]", about: About) -> Counts:
    last = entries.order_by("-seq").values_list("seq", flat=True).first() or 0
    numbers = numbers_about(about.organisation, about.rows(), last)
    named = DecisionPerson.objects.filter(decision__in=about.decisions).values_list("person_id", flat=True)
    of_family = Person.objects.filter(family=about.family).values_list("pk", flat=True) if about.family else ()
    return Counts(
        entries=len(numbers),
        decisions=len(about.decisions),
        families=1 if about.family else 0,
        people=len({*named, *of_family} - {None}),
        with_words=sum(entries.filter(WITH_WORDS, seq__in=some).count() for some in _in_lists(numbers)),
    )


def _in_lists(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[start : start + MOST_KEYS] for start in range(0, len(numbers), MOST_KEYS))


def wanted_by(request: EvidenceRequest) -> Wanted:
    return Wanted(request.organisation_id, request.what, request.record, request.first_day, request.last_day)
