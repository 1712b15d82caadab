from typing import Any

from django.db import models

from accounts.models import User
from accounts.namesakes import MOST_OF_A_NAME
from audit.models import AuditedModel


class Written(AuditedModel):
    """When a row was written, by whom, and the name they had then: a name changed later is never shown instead."""

    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=MOST_OF_A_NAME)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.written_by_name:
            self.written_by_name = self.written_by.name_on_record
        super().save(*args, **kwargs)
