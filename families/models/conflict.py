"""Who knows a family, or is related to it: its records are closed to them. Append-only."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation, User
from accounts.written import Written
from families.models.family import Family
from families.queries import ConflictQuerySet


class DeclaredConflict(Written):
    """Said by the person themselves, or entered by somebody else. It stands until a `ConflictEnded` ends it."""

    class How(models.TextChoices):
        RELATED = "related", "Related to them"
        KNOWS = "knows", "Knows them outside work"
        OTHER = "other", "Something else"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="declared_conflicts")
    how = models.CharField(max_length=7, choices=How)

    objects: ClassVar[Any] = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(how__in=["related", "knows", "other"]), name="conflict_how_known"),
        ]

    def ledger_reference(self) -> str:
        return f"{self.family.reference} conflict {self.pk}"


class ConflictEnded(Written):
    """The end of a declared conflict, entered by somebody else: a mistake, or over, with the reason."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    conflict = models.OneToOneField(DeclaredConflict, on_delete=models.PROTECT, related_name="ended")
    why = models.TextField(max_length=1000)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="conflict_ended_says_why")]

    def ledger_reference(self) -> str:
        return f"{self.conflict.family.reference} conflict {self.conflict_id} ended"


for _model in (DeclaredConflict, ConflictEnded):
    audit.register(_model)
