"""What an audited row's save changed, for the ledger: django-auditlog compares the row with the one that is stored."""

from typing import Any

from auditlog.models import AbstractLogEntry
from auditlog.receivers import _create_log_entry, check_disable
from django.db.models import Model

from audit.statements import rows_where


@check_disable  # type: ignore[untyped-decorator]  # django-auditlog has no types
def log_update(sender: type[Model], instance: Model, **sent: Any) -> None:
    """As its namesake in auditlog.receivers, but the stored row is read with SQL composed once per process.

    Every save of a row asks this. Composing the question took ten times as long as answering it.
    """
    if instance._state.adding or instance.pk is None:
        return
    stored = next(iter(rows_where(sender, "pk", [instance.pk])), None)
    _create_log_entry(  # type: ignore[no-untyped-call]
        action=AbstractLogEntry.Action.UPDATE, instance=instance, sender=sender, diff_old=stored, diff_new=instance,
        fields_to_check=sent.get("update_fields"), use_json_for_changes=True,
    )  # fmt: skip
