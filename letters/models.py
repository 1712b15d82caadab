"""Letters that were made, and ways for them that somebody agreed to. Append-only: see letters/triggers.py."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from accounts.written import Written
from audit.models import AuditedModel
from decisions.models import Decision, DecisionPerson
from families.models import Person
from letters.queries import LetterQuerySet, RouteAgreementQuerySet, SharedLetterQuerySet
from letters.routes import Route
from rules.explanation.languages import Language
from rules.explanation.versions import Layout, Version

HASH_LENGTH = 64


class RouteAgreement(Written):
    """One letter to somebody may go a way that is not known to be safe: asked of a supervisor, agreed or not agreed.

    What is agreed is for the next letter to that person by that way, made by somebody else before `valid_until`. What
    is asked waits until then, or until a supervisor answers with a later row.
    """

    class Step(models.TextChoices):
        ASKED = "asked", "Asked a supervisor to agree"
        AGREED = "agreed", "Agreed"
        NOT_AGREED = "not_agreed", "Did not agree"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="route_agreements")
    person = models.ForeignKey(DecisionPerson, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=9, choices=Route.choices())
    step = models.CharField(max_length=10, choices=Step)
    reason = models.TextField(max_length=1000)
    valid_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = RouteAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(route__in=sorted(Route)), name="route_agreement_route_known"),
            models.CheckConstraint(
                condition=Q(step="not_agreed", valid_until__isnull=True)
                | Q(step__in=["asked", "agreed"], valid_until__isnull=False, valid_until__gt=models.F("written_at")),
                name="route_agreement_ends_after_it_begins",
            ),
        ]

    def counts_at(self, at: datetime) -> bool:
        """Whether a letter may go by it now."""
        return self.step == self.Step.AGREED and self.lasts_at(at)

    def lasts_at(self, at: datetime) -> bool:
        return self.valid_until is not None and self.written_at <= at <= self.valid_until

    def ledger_reference(self) -> str:
        return f"{self.decision.reference} agreed way {self.pk}"


class Letter(Written):
    """A letter as it was given: its content by value, so that the same bytes can be made again."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF, to print or to attach"
        HTML = "html", "A page, to print or to read together"

    version = models.CharField(max_length=5, choices=Version.choices())
    layout = models.CharField(max_length=8, choices=Layout.choices())
    language = models.CharField(max_length=2, choices=Language.choices())
    format = models.CharField(max_length=4, choices=Format)
    # How it reaches the person. A letter to whoever asked has none.
    route = models.CharField(max_length=9, choices=Route.choices(), blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=HASH_LENGTH)
    # How many items, recipients and decisions it does not hold. Never shown to its reader.
    left_out = models.PositiveSmallIntegerField(default=0)
    made_with = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


class LetterMade(Letter):
    """A letter about one decision: what was shared, or that a request is declined."""

    class Kind(models.TextChoices):
        EXPLANATION = "explanation", "What was shared"
        DECLINE = "decline", "A declined request"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters_made")
    # None: a letter to whoever asked.
    person = models.ForeignKey(DecisionPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind)
    # Used for this letter alone.
    agreement = models.OneToOneField(
        RouteAgreement, on_delete=models.PROTECT, null=True, blank=True, related_name="letter"
    )

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="explanation", person__isnull=False) | Q(kind="decline", person__isnull=True),
                name="letter_is_to_a_person_or_declines",
            ),
            models.CheckConstraint(
                condition=Q(kind="explanation", route__in=sorted(Route)) | Q(kind="decline", route=""),
                name="letter_reaches_its_person_some_way",
            ),
            models.CheckConstraint(
                condition=Q(version__in=sorted(Version), layout__in=sorted(Layout), format__in=["html", "pdf"]),
                name="letter_kinds_known",
            ),
        ]

    @property
    def reader_key(self) -> int | None:
        """Of the family's person whom it is to; None where it is to whoever asked."""
        return self.person.person_id if self.person else None

    def ledger_reference(self) -> str:
        return f"{self.decision.reference} letter {self.pk}"


class SharedLetter(Letter):
    """A letter to somebody about every decision they may be told of: what was shared about them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shared_letters")
    # Given for one of its decisions, and used for this letter alone.
    agreement = models.OneToOneField(
        RouteAgreement, on_delete=models.PROTECT, null=True, blank=True, related_name="shared_letter"
    )

    objects: ClassVar[Any] = SharedLetterQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(route__in=sorted(Route)), name="shared_letter_reaches_them_some_way"),
            models.CheckConstraint(
                condition=Q(version__in=sorted(Version), layout__in=sorted(Layout), format__in=["html", "pdf"]),
                name="shared_letter_kinds_known",
            ),
        ]

    @property
    def reader_key(self) -> int:
        """Of the family's person whom it is to."""
        return self.person_id

    def ledger_reference(self) -> str:
        return f"person {self.person_id} letter {self.pk}"


AnyLetter = LetterMade | SharedLetter


class SharedLetterDecision(AuditedModel):
    """One decision that a letter tells of, and its reader as they stand on it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(SharedLetter, on_delete=models.PROTECT, related_name="about")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(DecisionPerson, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "decision"], name="shared_letter_decision_once")]

    def ledger_reference(self) -> str:
        return f"letter {self.letter_id} of {self.decision.reference}"


for _model in (RouteAgreement, LetterMade, SharedLetter, SharedLetterDecision):
    audit.register(_model)
