"""The newest checkpoint of the audit log, once a day to the data protection officers of who wishes it.

A mailbox is outside the database: what stands there cannot be rewritten with it. There is nothing of a case in it.
"""

from collections import Counter
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role
from audit import ledger
from audit.checkpointing import MAILED, latest
from audit.models import Checkpoint, LedgerEntry
from reminders.mail import MailServer
from reminders.sending import Outcome

SUBJECT = "Audit log: checkpoint of {day}"
BODY = """Hello,

Keep this email. It shows later that nobody has rewritten the audit log up to now. It says how many entries the log has,
and nothing of what is in them. Whoever runs the site compares it by `manage.py verify_ledger --against FILE`: put the
lines between the rules into the file.

----------
{note}----------

An administrator can stop these emails on the page “Your organisation”.
"""


def mail_checkpoints(*, at: datetime) -> Counter[Outcome]:
    """To each officer; how it went is counted. What failed for all of them is tried again in the next run."""
    outcomes: Counter[Outcome] = Counter()
    with MailServer() as server:
        for organisation in Organisation.objects.filter(mail_checkpoints=True).order_by("pk"):
            outcomes += _mail(organisation, server, at)
    return outcomes


def _mail(organisation: Organisation, server: MailServer, at: datetime) -> Counter[Outcome]:
    checkpoint, officers = latest(organisation.pk), _officers(organisation)
    if checkpoint is None or not officers or not _is_news(checkpoint, at):
        return Counter()
    problems = [server.send(message_of(checkpoint, officer)) for officer in officers]
    sent = problems.count(None)
    if sent:
        with ledger.recording(actor=None, at=at):
            details = {"size": checkpoint.size, "sent": sent, "failed": len(problems) - sent}
            ledger.append(MAILED, organisation=organisation.pk, details=details)
    return Counter({Outcome.SENT: sent, Outcome.FAILED: len(problems) - sent})


def _officers(organisation: Organisation) -> list[User]:
    found = User.objects.filter(organisation=organisation, organisation_role=Role.DATA_PROTECTION_OFFICER)
    return list(found.filter(is_active=True).order_by("pk"))


def _is_news(checkpoint: Checkpoint, at: datetime) -> bool:
    """A newer one than was mailed last, and not on the same day."""
    mailed = LedgerEntry.objects.filter(organisation=checkpoint.organisation, event=MAILED).order_by("-seq").first()
    if mailed is None:
        return True
    is_newer = checkpoint.size > mailed.additional_data["size"]
    return is_newer and timezone.localdate(mailed.timestamp) < timezone.localdate(at)


def message_of(checkpoint: Checkpoint, officer: User) -> EmailMessage:
    day = timezone.localtime(checkpoint.made_at)
    return EmailMessage(
        subject=SUBJECT.format(day=f"{day:%-d %B %Y}"),
        body=BODY.format(note=checkpoint.note),
        to=[officer.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
