"""The ledger: one append-only, tamper-evident table of everything done here."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.models import AuditedModel

# Password hashes and sign-in times are not case facts; both have events of their own.
NEVER_ENTERED = frozenset({"password", "last_login"})


def register(model: "type[AuditedModel]", *, exclude_fields: Collection[str] = ()) -> None:
    """Make every save and delete of this model an entry. Call it after the class, or in AppConfig.ready.

    Only columns are watched: the text of a reverse relation would be that of a manager, and reading it costs queries.
    """
    # Both import models, which cannot be imported while Django is still loading apps.
    from auditlog.registry import auditlog  # noqa: PLC0415
    from django.db.models.signals import pre_save  # noqa: PLC0415

    from audit.models import refuse_unguarded  # noqa: PLC0415
    from audit.row_changes import log_update  # noqa: PLC0415

    refuse_unguarded(model)
    left_out = NEVER_ENTERED | set(exclude_fields)
    columns = [field for field in model._meta.concrete_fields if field.name not in left_out]
    auditlog._signals[pre_save] = log_update  # noqa: SLF001 - what its constructor's `custom` sets; it makes its own
    auditlog.register(model, include_fields=[field.name for field in columns if not field.primary_key])
