from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow_signed_in
from accounts.compiled_queries import CompiledQuery
from accounts.leaving import has_come_back
from accounts.models import DutyNumber, User
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from administration.first_steps import first_steps
from administration.ledger_presenters import last_checks
from decisions.actions import list_decisions
from decisions.models import Decision, UrgentRecord
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people_on_lists import NOBODY, who_is_on
from reflections.queries import OFFERED_FOR, offered_for
from reminders.due import tasks
from reminders.queries import failing_on_home
from reviews.queries import awaiting_review_by, count_awaiting_review_by
from safeguarding.unsubmitted_text import unsubmitted_text

MOST_RECENT = 5


def _drafts(user: User) -> QuerySet[Decision]:
    rows: QuerySet[Decision] = Decision.objects.drafts_of(user).only("public_id", "reference", "started_at")
    return rows.order_by("-started_at")


def _recent(user: User) -> QuerySet[Decision]:
    rows: QuerySet[Decision] = Decision.objects.recorded_by(user).with_sendings()
    shown = rows.only("public_id", "reference", "decided_at", "outcome", "standing_until")
    return shown.order_by("-recorded_at", "-pk")[:MOST_RECENT]


def _longest_waiting(user: User) -> QuerySet[Decision]:
    return awaiting_review_by(user).only("recorded_at").order_by("recorded_at")[:1]


def _unwritten(user: User, today: date) -> QuerySet[UrgentRecord]:
    rows: QuerySet[UrgentRecord] = UrgentRecord.objects.visible_to(user).overdue(today)
    return rows.order_by()


_DRAFTS = CompiledQuery(Decision, _drafts)
_RECENT = CompiledQuery(Decision, _recent)
_LONGEST = CompiledQuery(Decision, _longest_waiting)
_UNWRITTEN = CompiledQuery(UrgentRecord, _unwritten)
_OFFERED = CompiledQuery(Decision, offered_for)
_NUMBERS = CompiledQuery(DutyNumber, duty_numbers_visible_to)


def _enter(user: User, due: list[str], *rows: Sequence[Decision]) -> None:
    """The lines say whom each record is about, so showing them is an entry. A page without lines shows nobody."""
    references = dict.fromkeys([*due, *(row.reference for shown in rows for row in shown)])
    if references:
        list_decisions(listed="home", references=references, by=user, at=timezone.now())


@require_safe
@allow_signed_in
def home(request: SignedInRequest) -> HttpResponseBase:
    """What each person is here for: what is due, drafts to go on with, decisions to review, rooms to enter."""
    user, today = request.user, timezone.localdate()
    reviews = user.has(Permission.REVIEW_DECISIONS)
    waiting = count_awaiting_review_by(user) if reviews else 0
    due, drafts, recent = tasks(user, today), _DRAFTS.rows(user), _RECENT.rows(user)
    listed = {row.pk for row in (*drafts, *recent)} | {task.decision for task in due if task.decision}
    about = who_is_on(listed, user)
    offered = _OFFERED.rows(user, timezone.now() - OFFERED_FOR)
    _enter(user, [task.reference for task in due if task.of_a_record], drafts, recent, offered)
    checks = last_checks(user) if user.has(Permission.SEE_LEDGER) else None
    context = {
        "records": user.has(Permission.START_DECISIONS),
        "reviews": reviews,
        "runs": user.has(Permission.MANAGE_PEOPLE),
        "checks": checks.rows if checks else [],
        "first_steps": first_steps(user, is_verified=bool(checks.verification)) if checks else [],
        "decides": user.has(Permission.RECORD_DECISIONS),
        "reports_incidents": user.has(Permission.REPORT_INCIDENTS),
        "follows": user.has(Permission.FOLLOW_COMPLAINTS),
        "tasks": [(task, task.who or about.get(task.decision or 0, NOBODY).words) for task in due],
        "drafts": [(draft, about.get(draft.pk, NOBODY).about) for draft in drafts],
        "recent": [(row, about.get(row.pk, NOBODY), outcome_words(row)) for row in recent],
        "offered": offered,
        "waiting": waiting,
        "longest": _LONGEST.rows(user)[0] if waiting else None,
        "unwritten": _UNWRITTEN.count(user, today) if reviews else 0,
        "numbers": _NUMBERS.rows(user),
        "not_emailed": failing_on_home(user),
        "unsubmitted_text": unsubmitted_text(user) if has_come_back(request) else None,
    }
    return render(request, "home.html", context)
