"""The wording that an organisation approved. Append-only: see wording/triggers.py."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from accounts.written import Written
from rules.explanation.languages import Language
from wording.queries import PhraseQuerySet


class ApprovedPhrase(Written):
    """An organisation's own text of one phrase in one language. The latest of a phrase counts.

    `phrase_version` is that of the English text that was approved or translated: a later version needs approval again.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="approved_phrases")
    language = models.CharField(max_length=2, choices=Language.choices())
    phrase = models.CharField(max_length=40)
    variant = models.CharField(max_length=5)
    phrase_version = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000)

    objects: ClassVar[Any] = PhraseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="approved_phrase_says_something"),
            models.CheckConstraint(condition=Q(language__in=sorted(Language)), name="approved_phrase_language_known"),
        ]

    def ledger_reference(self) -> str:
        return f"wording {self.language} {self.phrase} {self.variant}"


audit.register(ApprovedPhrase)
