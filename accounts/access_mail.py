"""Emails that something about access to case records waits to be read: no name, nothing of what it is, one link."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessNotice, User

log = logging.getLogger(__name__)
# An email that could not be sent is tried again on the timer. After that the home page alone says it.
TRIED_FOR = timedelta(days=1)
SUBJECT = "Something waits for you to read"
BODY = """Hello,

How you sign in, who may open records or which law is used in your organisation has changed, something needs your
agreement, or somebody opened a record in an emergency. Please look at it today:

{link}

This email does not say more, to keep people safe.
"""


def send_notices() -> None:
    """One email to each colleague with something new. Each is marked before it is sent, so that two never go."""
    if not (settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL):
        return
    now = timezone.now()
    for user in User.objects.filter(pk__in=_new(now).values("reader"), is_active=True).order_by("pk"):
        marked = _mark(user, now)
        if marked and not _sent(user):
            _emailed(marked, None)
            return


def _new(now: datetime) -> "QuerySet[AccessNotice]":
    """Notices to email: not seen yet, or of the reader's own change, which somebody else may have made as them."""
    waits = Q(seen_at__isnull=True) | Q(made_by=F("reader"))
    return AccessNotice.objects.filter(waits, emailed_at__isnull=True, made_at__gt=now - TRIED_FOR)


def _mark(user: User, now: datetime) -> list[AccessNotice]:
    with transaction.atomic():
        rows = list(_new(now).select_for_update().filter(reader=user))
        _emailed(rows, now)
        return rows


def _emailed(rows: Iterable[AccessNotice], at: datetime | None) -> None:
    for row in rows:
        row.emailed_at = at
        row.save(update_fields=["emailed_at"])


def _sent(user: User) -> bool:
    message = EmailMessage(
        SUBJECT, BODY.format(link=_link()), to=[user.email], headers={"Auto-Submitted": "auto-generated"}
    )
    try:
        message.send()
    except (OSError, ValueError) as error:
        log.warning("An email about access was not sent: %s", type(error).__name__)  # never the server's words
        return False
    return True


def _link() -> str:
    """With the name of the site, where the settings say one: nothing that a request says is believed."""
    named = [host for host in settings.ALLOWED_HOSTS if host != "*" and not host.startswith(".")]
    path = reverse("administration:access_notices")
    return f"{'http' if settings.DEMO else 'https'}://{named[0]}{path}" if named else path
