"""A practitioner's private reflection. Stored apart from the decision: docs/adr/0026-reflections-are-stored-apart.md"""

import uuid
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from accounts.namesakes import MOST_OF_A_NAME, with_name_now
from audit.models import AuditedModel, AuditedQuerySet
from decisions.models import Decision
from reflections.queries import ReflectionQuerySet
from reflections.questions import WORDS
from reflections.sealing import digest_of, new_salt

LONGEST = 4000
# The event of the ledger when a copy was taken for a court or a person's request.
RELEASED = "reflection.released"
# And when a supervisor read one that its author shows them.
READ = "reflection.read"


class Reflection(AuditedModel):
    """Seen, changed and deleted by its author alone.

    The ledger holds neither its words nor which decision it is about: only that it was saved, when, by whom, and the
    digest, which shows whether the words were changed since.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Stored apart: from a decision nobody finds who has reflected on it, and a reflection holds no decision back from
    # being disposed of.
    decision = models.ForeignKey(
        Decision, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False
    )
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    what_happened = models.TextField(max_length=LONGEST, blank=True)
    how_managed = models.TextField(max_length=LONGEST, blank=True)
    went_well = models.TextField(max_length=LONGEST, blank=True)
    do_differently = models.TextField(max_length=LONGEST, blank=True)
    guidance_effect = models.TextField(max_length=LONGEST, blank=True)
    next_time = models.TextField(max_length=LONGEST, blank=True)
    discussion = models.TextField(max_length=LONGEST, blank=True)

    salt = models.CharField(max_length=32, editable=False)
    digest = models.CharField(max_length=64, editable=False)

    objects: ClassVar[ReflectionQuerySet["Reflection"]] = ReflectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (~Q((name, "")) for name in WORDS)), name="reflection_has_words"
            ),
            models.CheckConstraint(condition=~Q(salt="") & ~Q(digest=""), name="reflection_is_sealed"),
            models.CheckConstraint(
                condition=Q(saved_at__gte=models.F("started_at")), name="reflection_started_then_saved"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "author", "-started_at"], name="reflection_own")]

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in WORDS}

    def seal(self) -> None:
        self.salt = new_salt()
        self.digest = self.digest_now()

    def digest_now(self) -> str:
        """Of the words as they are in this row."""
        return digest_of(str(self.public_id), self.salt, self.words)

    def ledger_reference(self) -> str:
        return f"Reflection {self.pk}"

    def ledger_recomputed(self) -> dict[str, Any]:
        return {"digest": self.digest_now()}


class ReflectionReader(AuditedModel):
    """One supervisor whom the author lets read it, until the author ends it. Reading is all that it allows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="readers")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reader_name = models.CharField(max_length=MOST_OF_A_NAME)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AuditedQuerySet["ReflectionReader"]] = AuditedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reflection", "reader"], condition=Q(ended_at__isnull=True), name="reflection_reader_once"
            ),
            models.CheckConstraint(condition=~Q(reader_name=""), name="reflection_reader_named"),
        ]

    @property
    def reader_called(self) -> str:
        return with_name_now(self.reader_name, self.reader.full_name)

    def ledger_reference(self) -> str:
        return f"Reflection {self.reflection_id} reader {self.pk}"


audit.register(ReflectionReader)
audit.register(Reflection, exclude_fields=[*WORDS, "decision", "salt", "version"])
