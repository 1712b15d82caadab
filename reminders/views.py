"""Email reminders: each user's own choice, and for administrators who could not be emailed."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow, allow_signed_in
from accounts.models import User
from accounts.namesakes import colleague_names
from accounts.roles import Permission
from administration.question_page import Question, ask, asks, posted, tell
from reminders.actions import choose_frequency
from reminders.forms import FrequencyForm
from reminders.models import MOST_ATTEMPTS, Frequency, Problem, Reminder, State
from reminders.queries import failing_visible_to, frequency_of
from ui.moments import moment

NO_DETAILS = "We email you how many things are due. The email never says what they are, or who they are about."
ADDRESS = frozenset({Problem.ADDRESS_REFUSED, Problem.EMAIL_REFUSED})
SWITCHED_OFF = "This site does not send emails yet. Your choice counts from when it does."


@asks
@allow_signed_in
def choice(request: SignedInRequest) -> HttpResponse:
    """How often to be emailed."""
    user = request.user
    question = Question("Email reminders", "Save", reverse("home"), intro=[NO_DETAILS, *_trouble(user)])
    form = FrequencyForm(posted(request), initial={"frequency": frequency_of(user)})

    def choose(data: dict[str, Any]) -> HttpResponse:
        choose_frequency(frequency=Frequency(data["frequency"]), by=user, at=timezone.now())
        return tell(request, "Your choice about email reminders has been saved.", question.back)

    return ask(request, question, form, choose)


@allow(Permission.MANAGE_PEOPLE)
@require_safe
def not_sent(request: SignedInRequest) -> HttpResponseBase:
    """Who could not be emailed, and why. The mail server's own words are nowhere."""
    reminders = list(failing_visible_to(request.user))
    names = colleague_names([reminder.user for reminder in reminders])
    lines = [(reminder, names[reminder.user_id]) for reminder in reminders]
    return render(request, "reminders/not_sent.html", {"lines": lines, "most": MOST_ATTEMPTS})


def _trouble(user: User) -> list[str]:
    """What keeps emails from this user, if anything does."""
    if not settings.REMINDERS:
        return [SWITCHED_OFF]
    failing = failing_visible_to(user).filter(user=user).first()
    return [could_not_email(failing)] if failing else []


def could_not_email(reminder: Reminder) -> str:
    """For the user it was meant for."""
    then = "We will try again." if reminder.state == State.WAITING else "We will try again with the next one."
    ask_for_help = "Ask an administrator to check your email address. " if reminder.problem in ADDRESS else ""
    when = moment(reminder.last_attempt_at)
    return f"We could not email you on {when}. {reminder.get_problem_display()} {ask_for_help}{then}"
