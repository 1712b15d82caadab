"""A record of another team's family, opened in an emergency, and what came of it. Append-only: see triggers.py."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation, User
from accounts.namesakes import MOST_OF_A_NAME, with_name_now
from accounts.written import Written
from audit.models import AuditedModel
from emergencies.queries import OpeningQuerySet
from families.models import Family
from families.references import new_reference

OPEN_FOR = timedelta(minutes=60)


def new_opening_reference() -> str:
    return new_reference("B")


class EmergencyOpening(Written):
    """Whoever wrote it reads the family's record until `closes_at`, or until an `OpeningClosed` ends it earlier."""

    class Why(models.TextChoices):
        DANGER = "danger", "Somebody may come to serious harm today"
        FOUND = "found", "A child was found far from home"
        NOBODY = "nobody", "Nobody of the family's team can be reached"
        OTHER = "other", "Something else"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="emergency_openings")
    reference = models.CharField(max_length=10, default=new_opening_reference, editable=False)
    why = models.CharField(max_length=6, choices=Why)
    reason = models.TextField(max_length=2000)
    closes_at = models.DateTimeField()

    objects: ClassVar[Any] = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="opening_reference_once"),
            models.CheckConstraint(
                condition=Q(why__in=["danger", "found", "nobody", "other"]), name="opening_why_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="opening_says_why"),
        ]

    def ledger_reference(self) -> str:
        return self.reference

    @property
    def closed_at(self) -> datetime:
        """When it closed, or will. Of a row read with `closing`."""
        closing: OpeningClosed | None = getattr(self, "closing", None)
        return closing.written_at if closing else self.closes_at


class OpeningPart(AuditedModel):
    """A row that belongs to an opening."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def ledger_reference(self) -> str:
        opening: EmergencyOpening = self.opening  # type: ignore[attr-defined]  # every part has one
        return f"{opening.reference} {self._meta.verbose_name} {self.pk}"


class OpeningNotice(OpeningPart):
    """Somebody who was told of it at once, and why they."""

    class Why(models.TextChoices):
        SUPERVISOR = "supervisor", "supervises a team of the family"
        AUTHOR = "author", "recorded a decision about the family"
        OFFICER = "officer", "data protection officer"
        INSTEAD = "instead", "told because nobody else could be"

    opening = models.ForeignKey(EmergencyOpening, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=MOST_OF_A_NAME)
    why = models.CharField(max_length=10, choices=Why)

    class Meta:
        ordering = ["pk"]
        verbose_name = "notice"
        constraints = [
            models.UniqueConstraint(fields=["opening", "person"], name="opening_notice_once"),
            models.CheckConstraint(
                condition=Q(why__in=["supervisor", "author", "officer", "instead"]), name="opening_notice_why_known"
            ),
        ]

    @property
    def name_then_and_now(self) -> str:
        return with_name_now(self.person_name, self.person.full_name)


class OpeningClosed(OpeningPart, Written):
    """Closed by whoever opened it, before its time was over."""

    opening = models.OneToOneField(EmergencyOpening, on_delete=models.PROTECT, related_name="closing")

    class Meta:
        verbose_name = "closing"


class OpeningReview(OpeningPart, Written):
    """What somebody else says of it: whether it had to be opened, and why they think so."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opening = models.OneToOneField(EmergencyOpening, on_delete=models.PROTECT, related_name="review")
    justified = models.BooleanField()
    words = models.TextField(max_length=2000)

    class Meta:
        verbose_name = "check"
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="opening_review_says_why")]


for _model in (EmergencyOpening, OpeningNotice, OpeningClosed, OpeningReview):
    audit.register(_model)
