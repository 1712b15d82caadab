"""Reminders that could not be sent, as far as a user may know of them."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.roles import Permission
from reminders.models import USUAL, Frequency, Reminder, ReminderChoice, State


def failing_visible_to(user: User) -> QuerySet[Reminder]:
    """The last reminder of each user where its last attempt failed: one's own, and for administrators everybody's."""
    later = Reminder.objects.filter(user=OuterRef("user"), pk__gt=OuterRef("pk"))
    rows = Reminder.objects.filter(
        organisation_id=user.organisation_id, user__is_active=True, state__in=[State.WAITING, State.GIVEN_UP]
    )
    rows = rows.exclude(problem="").exclude(Exists(later)).select_related("user")
    return rows if user.has(Permission.MANAGE_PEOPLE) else rows.filter(user=user)


def failing_on_home(user: User) -> list[Reminder]:
    """Nothing, and no query, where this site sends no reminders."""
    return list(failing_visible_to(user)) if settings.REMINDERS else []


def frequency_of(user: User) -> str:
    choice = ReminderChoice.objects.filter(user=user, organisation_id=user.organisation_id).first()
    return choice.frequency if choice else Frequency(USUAL).value
