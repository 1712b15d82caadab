from typing import Any

from django.db import models

from accounts.models import User
from accounts.namesakes import MOST_OF_A_NAME, with_name_now
from audit.models import AuditedModel


class Written(AuditedModel):
    """When a row was written, by whom, and the name they had then: a name changed later is never shown instead."""

    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=MOST_OF_A_NAME)

    class Meta:
        abstract = True

    @property
    def written_by_then_and_now(self) -> str:
        """As they were called then and, where that is different, now. Of a row read with `written_by`."""
        return with_name_now(self.written_by_name, self.written_by.full_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.written_by_name:
            self.written_by_name = self.written_by.name_on_record
        super().save(*args, **kwargs)
