"""What has become of the sendings of decisions, as parts of the queries in `queries`.

Each takes the model, because the models themselves import `queries`.
"""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from rules.reply_deadlines import overdue_if_sent_before


def sendings_of(decisions: type[Model]) -> QuerySet[Any]:
    return decisions._meta.get_field("sendings").related_model.objects.all()  # type: ignore[union-attr,no-any-return]


def responses_of(decisions: type[Model]) -> QuerySet[Any]:
    """Of the recipient of a sending."""
    found = decisions._meta.get_field("responses").related_model.objects  # type: ignore[union-attr]
    return found.filter(recipient=OuterRef("recipient"))  # type: ignore[no-any-return]


def unconfirmed(decisions: type[Model]) -> QuerySet[Any]:
    """Sendings of a decision that nobody took, confirmed or answered."""
    answered = responses_of(decisions).filter(at__gte=OuterRef("sent_at")).exclude(kind="CHASED")
    sendings = sendings_of(decisions).filter(decision=OuterRef("pk"), received_by="", receipts__isnull=True)
    return sendings.filter(~Exists(answered))


def to_be_notified(decisions: type[Model]) -> QuerySet[Any]:
    """Recipients of a decision who were sent something wrong, and of whom no correction says that they were told."""
    meta = decisions._meta
    wrong, corrections, recipients = (
        meta.get_field(name).related_model.objects  # type: ignore[union-attr]
        for name in ("wrong_information", "corrections", "recipients")
    )
    cells = recipients.model._meta.get_field("grid").related_model.objects
    given = cells.filter(item=OuterRef("item"), recipient=OuterRef(OuterRef("pk")), given=True)
    notified = corrections.filter(wrong=OuterRef("pk"), recipient=OuterRef(OuterRef("pk")))
    got_it = wrong.filter(Q(item=None) | Exists(given), ~Exists(notified), decision=OuterRef("decision"))
    sent = recipients.filter(Exists(sendings_of(decisions).filter(recipient=OuterRef("pk"))), Exists(got_it))
    return sent.filter(decision=OuterRef("pk"))  # type: ignore[no-any-return]


def reply_overdue_before(today: date) -> datetime:
    """A sending or chasing before this moment is overdue for an answer on that day."""
    return timezone.make_aware(datetime.combine(overdue_if_sent_before(today), time()))
