"""The only place where reminders change. Whoever gets one may have left since, so all is asked again."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from audit import ledger
from reminders.due_now import DueNow
from reminders.models import (
    MOST_ATTEMPTS,
    USUAL,
    Frequency,
    Problem,
    RemindedTask,
    Reminder,
    ReminderChoice,
    State,
)
from rules.working_days import is_working_day

# After the first failed attempt, the second, and so on. One that was given up is followed by a new one no sooner than
# after the last of these.
BACK_OFF = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
# Who was emailed is in the ledger. The row itself is needed while somebody may ask why an email did not come.
KEPT_FOR = timedelta(days=90)
# The daily email comes with the first run after this hour.
MORNING = 7


def choose_frequency(*, frequency: Frequency, by: User, at: datetime) -> ReminderChoice:
    """For oneself only."""
    with ledger.recording(actor=by, at=at):
        user = _lock(by)
        if not user.is_active:
            raise PermissionDenied
        choice = ReminderChoice.objects.filter(user=user).first() or ReminderChoice(user=user)
        choice.organisation_id, choice.frequency = user.organisation_id, frequency
        choice.save()
        return choice


def start_attempt(*, user: User, due: Sequence[DueNow], at: datetime) -> Reminder | None:
    """The reminder to send to this user now, or None. Two runs at once, or one after the other, send one.

    The attempt is counted before it is made: one that is cut short is made again later, and not for ever.
    """
    with ledger.recording(actor=None, at=at):
        person = _lock(user)
        keys = {task.key for task in due}
        RemindedTask.objects.filter(user=person).exclude(key__in=keys).delete()
        frequency = _frequency(person)
        waiting = Reminder.objects.filter(user=person, state=State.WAITING).first()
        if not (person.is_active and due) or frequency == Frequency.NONE:
            if waiting:
                _end(waiting, State.DROPPED)
            return None
        if waiting is None and _is_time(person, frequency, keys, at):
            day = timezone.localdate(at)
            waiting = Reminder(
                organisation_id=person.organisation_id, user=person, frequency=frequency, day=day, next_attempt_at=at
            )
        return _count_attempt(waiting, at) if waiting and waiting.next_attempt_at <= at else None


def record_attempt(*, reminder: Reminder, due: Sequence[DueNow], problem: Problem | None, at: datetime) -> None:
    """What came of an attempt, in the row and in the ledger."""
    with ledger.recording(actor=None, at=at):
        row = Reminder.objects.select_for_update().select_related("user").get(pk=reminder.pk)
        if row.state != State.WAITING:
            return
        if problem:
            _fail(row, problem)
            return
        row.sent_at, row.problem = at, ""
        _end(row, State.SENT)
        for key in {task.key for task in due}:
            RemindedTask.objects.get_or_create(organisation_id=row.organisation_id, user=row.user, key=key)
        _enter("reminder.sent", row)


def delete_old_reminders(*, at: datetime) -> int:
    """Those that ended more than 90 days ago, but for each user's last: a failed one still shows. How many they were.

    What somebody was reminded of is deleted as soon as it is not due any more: `start_attempt`.
    """
    with ledger.recording(actor=None, at=at):
        later = Reminder.objects.filter(user=OuterRef("user"), pk__gt=OuterRef("pk"))
        ended = Reminder.objects.exclude(state=State.WAITING).filter(Exists(later))
        old = ended.filter(day__lt=timezone.localdate(at) - KEPT_FOR)
        counts = Counter(old.values_list("organisation", flat=True))
        Reminder.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
        for organisation, count in counts.items():
            ledger.append("reminder.old_deleted", organisation=organisation, details={"reminders": count})
        return counts.total()


def _lock(user: User) -> User:
    locked: User = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    return locked


def _frequency(user: User) -> str:
    choice = ReminderChoice.objects.filter(user=user).first()
    return choice.frequency if choice else USUAL.value


def _is_time(user: User, frequency: str, keys: set[str], at: datetime) -> bool:
    now = timezone.localtime(at)
    if Reminder.objects.filter(user=user, state=State.GIVEN_UP, last_attempt_at__gt=at - BACK_OFF[-1]).exists():
        return False
    if frequency == Frequency.DAILY:
        sent_today = Reminder.objects.filter(user=user, day=now.date(), frequency=frequency).exists()
        return is_working_day(now.date()) and now.hour >= MORNING and not sent_today
    reminded = set(RemindedTask.objects.filter(user=user).values_list("key", flat=True))
    return bool(keys - reminded)


def _count_attempt(reminder: Reminder, at: datetime) -> Reminder | None:
    if reminder.attempts == MOST_ATTEMPTS:
        _fail(reminder, Problem.CUT_SHORT)
        return None
    reminder.next_attempt_at = at + BACK_OFF[min(reminder.attempts, len(BACK_OFF) - 1)]
    reminder.attempts += 1
    reminder.last_attempt_at = at
    reminder.save()
    return reminder


def _fail(reminder: Reminder, problem: Problem) -> None:
    reminder.problem = problem
    _end(reminder, State.GIVEN_UP if reminder.attempts == MOST_ATTEMPTS else State.WAITING)
    _enter("reminder.failed", reminder)


def _end(reminder: Reminder, state: State) -> None:
    reminder.state = state
    reminder.save()


def _enter(event: str, reminder: Reminder) -> None:
    details = {"attempt": reminder.attempts, "problem": reminder.problem, "given_up": reminder.state == State.GIVEN_UP}
    ledger.append(event, organisation=reminder.organisation_id, obj=reminder.user, details=details)
