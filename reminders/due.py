"""What is due for one user, from every section they may open, as one list in date order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from accounts.queries import closed_days, school_holidays_visible_to
from accounts.roles import Permission, Role
from audit.parts import read_parts
from audit.statements import rows_where
from decisions.facts.sendings import sendings_of
from decisions.models import Complaint, Decision, LawNotice, OpenMatter, UrgentRecord
from decisions.presenters.complaints import NOUNS
from decisions.presenters.statutory_report import open_reports
from decisions.queries import may_add_to
from decisions.restricted_queries import without_reviewer
from decisions.sending_queries import reply_overdue_before
from letters.models import RouteAgreement
from reminders.due_emergencies import openings_to_check
from reminders.due_evidence import evidence_to_answer
from reminders.due_incidents import open_incidents
from reminders.task import MOST, Task
from reviews.models import Review
from reviews.queries import alone_decisions_of, questions_for
from rights.complaints import without_those_requested
from rights.models import RequestEvent, RightsRequest
from rules.codes import Trigger
from rules.complaints import ComplaintKind, last_day
from rules.reply_deadlines import transfer
from rules.rights.clock import Happened, clock
from ui.moments import moment

ENDS_SOON = timedelta(days=7)
MOST_OF_WHO = 80


def tasks(user: User, today: date) -> list[Task]:
    """Overdue first, then what waits, then by day. A fixed number of queries for any number of rows."""
    found = [task for source in SOURCES for task in source(user, today)]
    return sorted(found, key=lambda task: (not task.overdue, task.due or today, task.words))


def _urgent(user: User, today: date) -> Iterator[Task]:
    for row in _URGENT.rows(user, today):
        address = reverse("decisions:urgent_detail", args=[row.public_id])
        task = Task("Complete the urgent record", row.reference, address, row.complete_by, row.complete_by < today)
        yield replace(task, who=Truncator(row.who).chars(MOST_OF_WHO))


def _questions(user: User, _today: date) -> Iterator[Task]:
    for review in _QUESTIONS.rows(user):
        address = reverse("reviews:reply", args=[review.public_id])
        reference: str = review.reference  # type: ignore[attr-defined]  # the query's own column
        yield Task("Reply to a request for clarification", reference, address, None, decision=review.decision_id)


def _passed_to(user: User, today: date) -> Iterator[Task]:
    for row in _PASSED_TO.rows(user):
        yield _task(row, "Decide what was passed to you", row.look_again_on, today)


def _replies_due(user: User, today: date) -> Iterator[Task]:
    for row in _REPLIES_DUE.rows(user, reply_overdue_before(today)):
        yield _task(row, "Find out whether it arrived", None, today)


def _follow_up(user: User, today: date) -> Iterator[Task]:
    """What is to be told to whoever got something wrong, complaints to answer, statements, planned contact."""
    for row in _FOLLOW_UP.rows(user, today):
        adds = may_add_to(row, user)
        if adds and row.to_correct:  # type: ignore[attr-defined]  # the query's own columns
            yield _task(row, "Tell recipients that information was wrong", today, today)
        if adds and row.to_answer:  # type: ignore[attr-defined]
            yield _task(row, "Answer an objection or a complaint", None, today)
        if adds and row.to_pass_on:  # type: ignore[attr-defined]
            yield _task(row, "Pass on a person's statement", None, today)
        if row.contact_due_on:  # type: ignore[attr-defined]
            yield _task(row, "Contact someone as planned", row.contact_due_on, today)  # type: ignore[attr-defined]


def _to_send(user: User, today: date) -> Iterator[Task]:
    """Due on the day it was recorded: a decision to share protects nobody until it is sent.

    A file for the next school has five school days, and is everybody's in the team.
    """
    rows = _TO_SEND.rows(user)
    files = [row for row in rows if row.trigger == Trigger.KCSIE_TRANSFER and not sendings_of(row).sent]
    closed = closed_days(school_holidays_visible_to(user)) if files else frozenset()
    for row in rows:
        mine = row.author_id == user.pk
        if row in files:
            if mine or row.team_id in user.team_ids(Role.PRACTITIONER):
                due = transfer(row.starts_on or timezone.localdate(row.decided_at), today, closed).day
                yield _task(row, "Send the file to the next school", due, today)
        elif mine or row.team_id in user.team_ids(Role.SUPERVISOR):
            yield _task(row, "Send it, or enter why you will not", timezone.localdate(row.recorded_at), today)


def _reports(user: User, today: date) -> Iterator[Task]:
    """What the law says must be told to the police, in a draft or recorded, and is not yet."""
    rows = _REPORTS.rows(user)
    read_parts(rows, ("recipients", "sendings"))
    for row, report in open_reports(rows, today):
        address = reverse("drafting:continue", args=[row.public_id]) if row.is_draft else ""
        task = _task(row, "Report to the police", report.due.expected, today)
        yield replace(task, address=address or task.address)


def _informing_due(user: User, today: date) -> Iterator[Task]:
    for row in _INFORMING_DUE.rows(user, today):
        due: date = row.informing_due_on  # type: ignore[attr-defined]  # the query's own columns
        handed_over: bool = row.informing_handed_over  # type: ignore[attr-defined]
        what = "Ask whether somebody was informed" if handed_over else "Review who has been informed"
        yield _task(row, what, due, today)


def _restricted(user: User, _today: date) -> Iterator[Task]:
    """For the data protection officer: restricted records that nobody named can review."""
    for row in without_reviewer(user)[:MOST]:
        address = reverse("decisions:restricted_record", args=[row.public_id])
        words = "Name somebody who can review a restricted record"
        yield Task(words, row.record.reference, address, None, of_a_record=False)


def _agreements(user: User, today: date) -> Iterator[Task]:
    """A letter that waits for a supervisor: nothing of whom it is to, or of the way."""
    for row in _AGREEMENTS.rows(user, timezone.make_aware(datetime.combine(today, time()))):
        reference: str = row.reference  # type: ignore[attr-defined]  # the query's own columns
        address = reverse("letters:agree", args=[row.decision_public_id, row.person_id])  # type: ignore[attr-defined]
        what = "Agree a route for a letter, or say why not"
        yield Task(what, reference, address, None, decision=row.decision_id)


def _complaints(user: User, today: date) -> Iterator[Task]:
    """For the data protection officer, who opens no decision: its reference, the day and the clock."""
    for row in _COMPLAINTS.rows(user):
        received = timezone.localdate(row.received_at)
        what = f"{NOUNS[row.kind]} received on {moment(received)}"
        settled = row.kind == ComplaintKind.COMPLAINT and row.acknowledged  # type: ignore[attr-defined]
        due = None if settled else last_day(row.kind, received)
        yield Task(what, row.reference, "", due, due is not None and due < today)  # type: ignore[attr-defined]


def _requests(user: User, today: date) -> Iterator[Task]:
    """For the data protection officer: requests about rights that nobody has answered, with the law's last day."""
    rows = _REQUESTS.rows(user)
    events: dict[int, list[Happened]] = {row.pk: [] for row in rows}
    for event in rows_where(RequestEvent, "request", events):
        events[event.request_id].append(event.happened)
    for row in rows:
        due = clock(row.kind, row.received_on, events[row.pk], row.wanted_by).last_day
        address = reverse("rights:detail", args=[row.public_id])
        late = due is not None and due < today
        yield Task(f"Answer a request received on {moment(row.received_on)}", row.reference, address, due, late)


def _laws_to_check(user: User, _today: date) -> Iterator[Task]:
    """For another officer or an administrator: what an officer says has commenced has no effect until then."""
    for row in _LAWS.rows(user):
        address = reverse("administration:law_check", args=[row.public_id])
        yield Task("Check that a law has commenced", row.code, address, None, of_a_record=False)


def _look_again(user: User, today: date) -> Iterator[Task]:
    for row in _LOOK_AGAIN.rows(user, today):
        yield _task(row, "Review date", row.look_again_on, today)


def _alone(user: User, today: date) -> Iterator[Task]:
    for alone in alone_decisions_of(user, today, only_due=True)[:MOST]:
        yield _task(alone.decision, "Take a second look at your own decision", alone.due, today)


def _standing(user: User, today: date) -> Iterator[Task]:
    for row in _STANDING.rows(user, today + ENDS_SOON):
        yield _task(row, "Sharing in the group ends: make a new decision", row.standing_until, today)


def _task(row: Decision, what: str, due: date | None, today: date) -> Task:
    late = due is not None and due < today
    address = reverse("decisions:detail", args=[row.public_id])
    return Task(what, row.reference, address, due, late, decision=row.pk)


def _urgent_records(user: User, today: date) -> QuerySet[UrgentRecord]:
    """The author's own, and a team-mate's once it is overdue: the author may be off duty."""
    rows = UrgentRecord.objects.may_be_completed_by(user)
    found: QuerySet[UrgentRecord] = rows.filter(author_id=user.pk) | rows.overdue(today)
    return found.only("public_id", "reference", "who", "complete_by").order_by("complete_by", "pk")[:MOST]


def _open_questions(user: User) -> QuerySet[Review]:
    rows = questions_for(user).select_related(None).annotate(reference=F("decision__reference"))
    return rows.only("public_id", "decision")[:MOST]


def _most(rows: QuerySet[Decision], *columns: str) -> QuerySet[Decision]:
    """The first by these columns; only what a task is made of is read."""
    return rows.only("public_id", "reference", *columns).order_by(*columns, "pk")[:MOST]


def _undecided(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    """Those that no recorded decision has followed."""
    return rows.exclude(followed_by__state="recorded")


def _not_yet_sent(user: User) -> QuerySet[Decision]:
    rows = Decision.objects.not_yet_sent_of(user).with_sendings()
    columns = ("decided_at", "starts_on", "trigger", "outcome", "author", "team", "standing_until")
    shown: QuerySet[Decision] = rows.only("public_id", "reference", "recorded_at", *columns)
    return shown.order_by("recorded_at", "pk")[: 2 * MOST]


def _informing(user: User, today: date) -> QuerySet[Decision]:
    rows = Decision.objects.informing_due(user, today).order_by("informing_due_on", "pk")
    shown: QuerySet[Decision] = rows.only("public_id", "reference")[:MOST]
    return shown


def _agreements_asked(user: User, at: datetime) -> QuerySet[RouteAgreement]:
    rows: QuerySet[RouteAgreement] = RouteAgreement.objects.asked_of(user, at)
    rows = rows.annotate(reference=F("decision__reference"), decision_public_id=F("decision__public_id"))
    return rows.only("person", "decision").order_by("written_at", "pk")[:MOST]


def _to_follow_up(user: User, today: date) -> QuerySet[Decision]:
    """With what `may_add_to` asks of each."""
    rows = Decision.objects.follow_up_open(user, today).order_by("recorded_at", "pk")
    shown: QuerySet[Decision] = rows.only("public_id", "reference", "organisation", "author", "team", "state")[:MOST]
    return shown


def _complaints_to_follow(user: User) -> QuerySet[Complaint]:
    """Without those that were passed on as a request too: the request is due."""
    rows = without_those_requested(Complaint.objects.to_follow_of(user), user)
    return rows.order_by("received_at", "pk")[:MOST]


def _requests_to_answer(user: User) -> QuerySet[RightsRequest]:
    rows: QuerySet[RightsRequest] = RightsRequest.objects.visible_to(user).unanswered()
    return rows.only("public_id", "reference", "kind", "received_on", "wanted_by").order_by("received_on", "pk")[:MOST]


def _proposals_to_check(user: User) -> QuerySet[LawNotice]:
    """Of each law the latest proposal, if nobody has answered it and it is somebody else's."""
    rows: QuerySet[LawNotice] = LawNotice.objects.visible_to(user).filter(what="proposed")
    if not user.has(Permission.CHECK_LAW):
        return rows.none()
    later = LawNotice.objects.filter(
        organisation=OuterRef("organisation"), code=OuterRef("code"), what="proposed", pk__gt=OuterRef("pk")
    )
    rows = rows.filter(~Exists(later), answered_by=None).exclude(written_by_id=user.pk)
    return rows.only("public_id", "code").order_by("pk")[:MOST]


def _review_dates(user: User, today: date) -> QuerySet[Decision]:
    """What was passed to a manager is for them until its review date is over."""
    mine = Decision.objects.recorded_by(user).with_open(OpenMatter.Kind.DATED, user.team_ids())
    mine = mine.filter(look_again_on__lte=today)
    return _most(_undecided(mine.exclude(outcome="PASSED_UP", look_again_on=today)), "look_again_on")


def _standing_to_end(user: User, day: date) -> QuerySet[Decision]:
    mine = Decision.objects.recorded_by(user).with_open(OpenMatter.Kind.DATED, user.team_ids())
    return _most(_undecided(mine.filter(standing_until__lte=day)), "standing_until")


_URGENT = CompiledQuery(UrgentRecord, _urgent_records)
_QUESTIONS = CompiledQuery(Review, _open_questions)
_PASSED_TO = CompiledQuery(Decision, lambda user: _most(Decision.objects.passed_to(user), "look_again_on"))
_REPLIES_DUE = CompiledQuery(
    Decision, lambda user, limit: _most(Decision.objects.without_reply_since(user, limit), "recorded_at")
)
_FOLLOW_UP = CompiledQuery(Decision, _to_follow_up)
_TO_SEND = CompiledQuery(Decision, _not_yet_sent)
_REPORTS = CompiledQuery(Decision, lambda user: Decision.objects.reports_open(user)[:MOST])
_INFORMING_DUE = CompiledQuery(Decision, _informing)
_AGREEMENTS = CompiledQuery(RouteAgreement, _agreements_asked)
_COMPLAINTS = CompiledQuery(Complaint, _complaints_to_follow)
_REQUESTS = CompiledQuery(RightsRequest, _requests_to_answer)
_LAWS = CompiledQuery(LawNotice, _proposals_to_check)
_LOOK_AGAIN = CompiledQuery(Decision, _review_dates)
_STANDING = CompiledQuery(Decision, _standing_to_end)

SOURCES: tuple[Callable[[User, date], Iterator[Task]], ...] = (
    _urgent, _questions, _passed_to, _to_send, _replies_due, _follow_up, _reports,
    _informing_due, _agreements, _complaints, _requests, _laws_to_check, open_incidents, openings_to_check,
    evidence_to_answer, _look_again, _alone, _standing, _restricted,
)  # fmt: skip
