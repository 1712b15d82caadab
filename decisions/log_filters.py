"""The conditions of the decision log's filters. None joins another table, so that each can use an index."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from decisions.database.of_each import none, some
from decisions.database.sending_keys import not_sent_yet
from decisions.informing_queries import informing_events_due
from decisions.models import Decision, DecisionFamily, DecisionPerson, DecisionProvision, DecisionRecipient, OpenMatter
from decisions.sending_queries import reply_overdue_before, responses_of, unconfirmed
from rules.codes import SHARED

NOT_SENT = "not_sent"
NO_BASIS = "none"
OTHER_TEAMS = "other"
SUPERVISED = "supervised"
NOT_IN_ADDRESS_BOOK = "other"
WAITING = "waiting"
ANYTHING = "anything"
DAY = timedelta(days=1)
# Filters by what stays of a decision that is disposed of. None of them asks what day it is.
OF_SKELETON = ("decided_from", "decided_to", "author", "team")
NO_DAY = date.min
Rows = QuerySet[Decision]


def narrowed(rows: Rows, chosen: Mapping[str, Any], user: User, today: date) -> Rows:
    """The decisions that match every filter with a value. `chosen` are codes, public ids and days."""
    for name, condition in CONDITIONS.items():
        if chosen.get(name):
            rows = rows.filter(condition(chosen[name]))
    if chosen.get("team"):
        rows = _of_team(rows, chosen["team"], user)
    return rows.filter(_overdue(chosen["overdue"], today)) if chosen.get("overdue") else rows


def _of_team(rows: Rows, team: str, user: User) -> Rows:
    if team == SUPERVISED:
        return rows.filter(team_id__in=user.team_ids(Role.SUPERVISOR))
    return rows.exclude(team_id__in=user.team_ids()) if team == OTHER_TEAMS else rows.filter(team__public_id=team)


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _about_person(public_id: str) -> Q:
    """Of few decisions: their keys first, and not a question asked of every decision."""
    return _keys(DecisionPerson.objects.filter(person__public_id=public_id))


def _about_family(public_id: str) -> Q:
    return _keys(DecisionFamily.objects.filter(family__public_id=public_id))


def _keys(rows: QuerySet[Any]) -> Q:
    return Q(pk__in=set(rows.order_by().values_list("decision", flat=True)))


def _to_recipient(public_id: str) -> Q:
    """Also whoever asked for it and was refused."""
    rows = DecisionRecipient.objects.filter(decision=OuterRef("pk"))
    unlisted = public_id == NOT_IN_ADDRESS_BOOK
    return Q(some(rows.filter(recipient=None) if unlisted else rows.filter(recipient__public_id=public_id)))


def _with_outcome(outcome: str) -> Q:
    return _not_sent() if outcome == NOT_SENT else Q(outcome=outcome)


def _not_sent() -> Q:
    return _open("not_sent") & Q(some(not_sent_yet(Decision)), outcome__in=sorted(SHARED), standing_until=None)


def _with_consent(states: frozenset[str]) -> Q:
    return Q(some(DecisionPerson.objects.filter(decision=OuterRef("pk"), consent_state__in=states)))


def _with_basis(code: str) -> Q:
    rows = DecisionProvision.objects.filter(decision=OuterRef("pk"), layer="L1")
    return Q(none(rows)) if code == NO_BASIS else Q(some(rows.filter(code=code)))


def _with_review(state: str) -> Q:
    """By the latest review: presenters.log says the same of one. `reviews` is a reverse relation from reviews."""
    reviews = Decision._meta.get_field("reviews").related_model.objects.order_by()  # type: ignore[union-attr]
    later = reviews.filter(decision=OuterRef("decision"), round__gt=OuterRef("round"))
    latest = reviews.filter(none(later), decision=OuterRef("pk"))
    if state == WAITING:
        answered = latest.filter(outcome="RETURNED", reply__isnull=False)
        return Q(none(reviews.filter(decision=OuterRef("pk")))) | Q(some(answered))
    given = latest.filter(outcome=state)
    return Q(some(given.filter(reply__isnull=True) if state == "RETURNED" else given))


def _overdue(what: str, today: date) -> Q:
    kinds = {name: condition(today) for name, condition in OVERDUE.items() if what in (name, ANYTHING)}
    return reduce(or_, kinds.values())


def _sending_overdue(today: date) -> Q:
    return _not_sent() & Q(_not_followed(), recorded_at__lt=start_of(today))


def _informing_overdue(today: date) -> Q:
    return _open("informing") & Q(some(informing_events_due(Decision, today - DAY)))


def _reply_overdue(today: date) -> Q:
    limit = reply_overdue_before(today)
    chased = responses_of(Decision).filter(kind="CHASED", at__gte=limit)
    asked = unconfirmed(Decision).filter(none(chased), sent_at__lt=limit)
    return _open("unanswered") & Q(some(asked), standing_until=None)


def _review_date_over(today: date) -> Q:
    return _open("dated") & Q(_not_followed(), look_again_on__lt=today)


def _group_over(today: date) -> Q:
    return _open("dated") & Q(_not_followed(), standing_until__lt=today)


def _open(kind: str) -> Q:
    """Of the few that may have something to be done: the rest is asked of them."""
    return Q(some(OpenMatter.objects.filter(decision=OuterRef("pk"), kind=kind)))


def _not_followed() -> Q:
    return none(Decision.objects.recorded().filter(supersedes=OuterRef("pk")).order_by())


CONDITIONS: Mapping[str, Callable[[Any], Q]] = {
    "decided_from": lambda day: Q(decided_at__gte=start_of(day)),
    "decided_to": lambda day: Q(decided_at__lt=start_of(day + DAY)),
    "child": _about_person,
    "family": _about_family,
    "recipient": _to_recipient,
    "outcome": _with_outcome,
    "consent": _with_consent,
    "legal_basis": _with_basis,
    "author": lambda author: Q(author__public_id=author),
    "review": _with_review,
}
OVERDUE: Mapping[str, Callable[[date], Q]] = {
    "sending": _sending_overdue,
    "informing": _informing_overdue,
    "reply": _reply_overdue,
    "review_date": _review_date_over,
    "group": _group_over,
}
