"""Evidence that another officer asked for, for the data protection officers who may agree."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from administration.models import DAYS_OPEN, EvidenceRequest
from reminders.task import MOST, Task


def evidence_to_answer(user: User, _today: date) -> Iterator[Task]:
    for row in _TO_ANSWER.rows(user, timezone.now() - DAYS_OPEN):
        address = reverse("administration:evidence_request", args=[row.public_id])
        due = timezone.localdate(row.ends_at)
        yield Task("Answer a request for evidence", row.reference, address, due, of_a_record=False)


def _waiting(user: User, since: datetime) -> QuerySet[EvidenceRequest]:
    rows: QuerySet[EvidenceRequest] = EvidenceRequest.objects.visible_to(user)
    rows = rows.filter(needs_second=True, answer=None, written_at__gt=since).exclude(written_by_id=user.pk)
    return rows.only("public_id", "reference", "written_at").order_by("pk")[:MOST]


_TO_ANSWER = CompiledQuery(EvidenceRequest, _waiting)
