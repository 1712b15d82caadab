"""Why a record that is due cannot go yet, or not without another one."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from decisions.models import Decision, UrgentRecord
from families.models import Family
from incidents.models import Incident, IncidentDecision
from letters.models import SharedLetterDecision
from retention.due import Due
from rights.models import RightsRequest

HELD = "It is on hold. Lift the hold first"
ASKED = "Somebody has asked for what it holds, and has not been answered yet"
NOT_CLOSED = "An incident about it is not closed yet"
ELSEWHERE = "Another data protection officer must dispose of this"
ON_DECISION = "A decision is about the family"


def kept_back(chosen: Iterable[Due], officer: User) -> dict[str, str]:
    """By reference, why a record must stay: everything that is chosen is looked at together.

    What is closed to the officer is not named.
    """
    chosen = list(chosen)
    going = {due.row.pk for due in chosen if isinstance(due.row, Decision)}
    reasons = {due.row.reference: _why(due, going, officer) for due in chosen}
    return {reference: reason for reference, reason in reasons.items() if reason}


def _why(due: Due, going: set[int], officer: User) -> str:
    if due.is_held:
        return HELD
    if isinstance(due.row, Decision):
        return _why_decision(due.row, going, officer)
    if isinstance(due.row, UrgentRecord) and due.row.incidents.open().exists():
        return NOT_CLOSED
    if isinstance(due.row, Family) and due.row.decision_families.exists():
        return ON_DECISION
    return ""


def _why_decision(decision: Decision, going: set[int], officer: User) -> str:
    about = Q(person__on_decisions__decision=decision) | Q(named_records__decision=decision)
    asked = RightsRequest.objects.unanswered().filter(about, organisation=decision.organisation_id)
    if asked.exists():
        return ASKED
    if Incident.objects.open().filter(_about(decision)).exists():
        return NOT_CLOSED
    for rows, words in (
        (Decision.objects.filter(followed_by=decision), "It follows {}. Dispose of that one first"),
        (_in_its_letters(decision), "A letter is about {} too. Choose both"),
        (_of_its_urgent_record(decision), "{} is about the same urgent record. Choose both"),
    ):
        other = rows.exclude(state=Decision.State.DISPOSED).exclude(pk__in=going).first()
        if other is not None:
            return ELSEWHERE if other.pk in officer.decisions_closed_on_duty else words.format(other.reference)
    return ""


def _about(decision: Decision) -> Q:
    """Incidents about it, about its urgent record, and about it among others."""
    about = Q(decision=decision) | Q(pk__in=IncidentDecision.objects.filter(decision=decision).values("incident"))
    return about | Q(urgent=decision.urgent_id) if decision.urgent_id else about


def _in_its_letters(decision: Decision) -> "QuerySet[Decision]":
    letters = SharedLetterDecision.objects.filter(decision=decision).values("letter")
    others = SharedLetterDecision.objects.filter(letter__in=letters).exclude(decision=decision)
    found: QuerySet[Decision] = Decision.objects.filter(pk__in=others.values("decision"))
    return found


def _of_its_urgent_record(decision: Decision) -> "QuerySet[Decision]":
    rows: QuerySet[Decision] = Decision.objects.exclude(pk=decision.pk)
    return rows.filter(urgent=decision.urgent_id) if decision.urgent_id else rows.none()
