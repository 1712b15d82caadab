"""Emails about what is due: what each user chose, and each email with its attempts. Nothing of a case is in them."""

import uuid

from django.db import models

import audit
from accounts.models import Organisation, User
from audit.models import AuditedModel

# One attempt, and four more when it fails.
MOST_ATTEMPTS = 5


class Frequency(models.TextChoices):
    AS_DUE = "as_due", "As things fall due"
    DAILY = "daily", "Once a day, on working days"
    NONE = "none", "Do not email me"


# For whoever has not chosen.
USUAL = Frequency.DAILY


class State(models.TextChoices):
    WAITING = "waiting", "To be sent"
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Could not be sent"
    DROPPED = "dropped", "Nothing is due any more"


class Problem(models.TextChoices):
    """Why an attempt failed: never the mail server's own words, which repeat the address."""

    NO_ANSWER = "no_answer", "The mail server did not answer."
    SIGN_IN_REFUSED = "sign_in_refused", "The mail server did not let this site sign in."
    NOT_SECURE = "not_secure", "The mail server did not offer a secure connection."
    ADDRESS_REFUSED = "address_refused", "The mail server refused the email address."
    EMAIL_REFUSED = "email_refused", "The mail server refused the email."
    CUT_SHORT = "cut_short", "Sending it was cut short."


class ReminderChoice(AuditedModel):
    """How often a user wants to be emailed about what is due."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.OneToOneField(User, models.PROTECT, related_name="reminder_choice")
    frequency = models.CharField(max_length=10, choices=Frequency)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frequency__in=["as_due", "daily", "none"]), name="reminder_choice_known"
            )
        ]


class Reminder(models.Model):
    """One email, from when it was due until it was sent or given up.

    Not an audited model: each attempt has an entry of its own, `reminder.sent` or `reminder.failed`. How many things
    are due is counted when it is sent, so that a late one is not wrong.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="reminders")
    frequency = models.CharField(max_length=10, choices=Frequency)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, choices=Problem, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "-last_attempt_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "sent", "given_up", "dropped"]), name="reminder_state_known"
            ),
            models.CheckConstraint(condition=models.Q(frequency__in=["as_due", "daily"]), name="reminder_kind_known"),
            models.CheckConstraint(
                condition=models.Q(problem__in=["", *Problem.values]), name="reminder_problem_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="reminder_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="given_up") | ~models.Q(problem=""), name="reminder_given_up_has_a_problem"
            ),
            models.CheckConstraint(condition=models.Q(attempts__lte=MOST_ATTEMPTS), name="reminder_attempts_end"),
            models.UniqueConstraint(fields=["user"], condition=models.Q(state="waiting"), name="reminder_one_waiting"),
            models.UniqueConstraint(
                fields=["user", "day"], condition=models.Q(frequency="daily"), name="reminder_once_a_day"
            ),
        ]


class RemindedTask(models.Model):
    """A task that a user has been reminded of. Deleted when the task goes, so that one that comes back counts anew.

    The key is a hash: the row says nothing of what is due.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="reminded_task_once")]


audit.register(ReminderChoice)
