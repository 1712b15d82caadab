"""What is due for one person, from every room they may enter: one list, in the order of the days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.queries import closed_days, school_holidays_visible_to
from decisions.models import Decision, UrgentRecord
from decisions.presenters.statutory_report import open_reports
from reviews.queries import alone_decisions_of, questions_for
from rules.reply_deadlines import transfer

# A page is for today: of each kind the most pressing.
MOST = 20
ENDS_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """Something to do by a day; without a day it waits already. No name and no case text stands in its words."""

    what: str
    reference: str
    address: str
    due: date | None
    overdue: bool = False

    @property
    def words(self) -> str:
        return f"{self.what}: {self.reference}"


def tasks(user: User, today: date) -> list[Task]:
    """Overdue first, then what waits, then by day. A fixed number of queries for any number of rows."""
    found = [task for source in SOURCES for task in source(user, today)]
    return sorted(found, key=lambda task: (not task.overdue, task.due or today, task.words))


def _urgent(user: User, today: date) -> Iterator[Task]:
    """The author's own, and a team-mate's once its day is over: whoever told may be off duty."""
    rows = UrgentRecord.objects.may_be_completed_by(user)
    for row in (rows.filter(author_id=user.pk) | rows.overdue(today)).order_by("complete_by", "pk")[:MOST]:
        address = reverse("decisions:urgent_detail", args=[row.public_id])
        yield Task("Complete the urgent record", row.reference, address, row.complete_by, row.complete_by < today)


def _questions(user: User, _today: date) -> Iterator[Task]:
    for review in questions_for(user)[:MOST]:
        address = reverse("reviews:reply", args=[review.public_id])
        yield Task("Reply to a request for clarification", review.decision.reference, address, None)


def _passed_up(user: User, today: date) -> Iterator[Task]:
    for row in Decision.objects.passed_up_to(user).order_by("look_again_on", "pk")[:MOST]:
        yield _task(row, "Decide what was passed to you", row.look_again_on, today)


def _replies_due(user: User, today: date) -> Iterator[Task]:
    for row in Decision.objects.awaiting_reply(user, today).order_by("recorded_at", "pk")[:MOST]:
        yield _task(row, "Find out whether it arrived", None, today)


def _transfers(user: User, today: date) -> Iterator[Task]:
    """Files that nobody has sent yet. Those that are sent and not confirmed are chased as any sending is."""
    rows = Decision.objects.transfers_open(user).filter(sendings=None, decided_at__isnull=False)
    closed = closed_days(school_holidays_visible_to(user))
    for row in rows.exclude(followed_by__state="recorded").order_by("decided_at", "pk")[:MOST]:
        due = transfer(row.starts_on or timezone.localdate(row.decided_at), today, closed).day
        yield _task(row, "Send the file to the next school", due, today)


def _reports(user: User, today: date) -> Iterator[Task]:
    """What the law says must be told to the police, in a draft or recorded, and is not yet."""
    for row, report in open_reports(Decision.objects.reports_open(user)[:MOST], today):
        address = reverse("drafting:continue", args=[row.public_id]) if row.is_draft else ""
        task = _task(row, "Report to the police", report.due.expected, today)
        yield replace(task, address=address or task.address)


def _informing_due(user: User, today: date) -> Iterator[Task]:
    for row in Decision.objects.informing_due(user, today).order_by("informing_due_on", "pk")[:MOST]:
        due: date = row.informing_due_on  # type: ignore[attr-defined]  # the query's own column
        yield _task(row, "Review who has been informed", due, today)


def _look_again(user: User, today: date) -> Iterator[Task]:
    mine = Decision.objects.recorded().visible_to(user).filter(author=user, look_again_on__lte=today)
    # What was passed up is for somebody else until its day is over.
    rows = mine.exclude(outcome="PASSED_UP", look_again_on=today).exclude(followed_by__state="recorded")
    for row in rows.order_by("look_again_on", "pk")[:MOST]:
        yield _task(row, "Look at it again", row.look_again_on, today)


def _alone(user: User, today: date) -> Iterator[Task]:
    for one in alone_decisions_of(user, today)[:MOST]:
        if one.is_due:
            yield _task(one.decision, "Look at your own decision a second time", one.due, today)


def _standing(user: User, today: date) -> Iterator[Task]:
    mine = Decision.objects.recorded().visible_to(user).filter(author=user, standing_until__lte=today + ENDS_SOON)
    for row in mine.exclude(followed_by__state="recorded").order_by("standing_until", "pk")[:MOST]:
        yield _task(row, "Sharing in the group ends: make a new decision", row.standing_until, today)


def _task(row: Decision, what: str, due: date | None, today: date) -> Task:
    late = due is not None and due < today
    return Task(what, row.reference, reverse("decisions:detail", args=[row.public_id]), due, late)


SOURCES: tuple[Callable[[User, date], Iterator[Task]], ...] = (
    _urgent, _questions, _passed_up, _replies_due, _transfers, _reports, _informing_due, _look_again, _alone, _standing,
)  # fmt: skip
