"""What the models of this app and of those above it begin with."""

import uuid

from django.db import models

from audit.models import AuditedModel


def known_values(field: str, values: list[str], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q((f"{field}__in", values)), name=name)


class PublicModel(AuditedModel):
    """A row that URLs refer to by a public id that reveals nothing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
