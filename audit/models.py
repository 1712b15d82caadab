"""The ledger's table, and the base class of every model whose changes it records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, ClassVar, Never, TypeVar

from auditlog.models import AbstractLogEntry
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Model
from django.db.models.sql import Query

from audit import recording
from audit.checkpoint_models import Checkpoint, TreeTile
from audit.serialising import moment, serialise

__all__ = [
    "AuditedManager", "AuditedModel", "AuditedQuerySet", "Checkpoint", "LedgerEntry", "LedgerManager", "TreeTile",
    "Unrecorded", "hides_values", "refuse_unguarded", "zoned",
]  # fmt: skip

Row = TypeVar("Row", bound=Model, covariant=True)  # noqa: PLC0105 - reads better than Row_co

WITHHELD = [None, None]
EVENTS = {
    AbstractLogEntry.Action.CREATE: "created",
    AbstractLogEntry.Action.UPDATE: "changed",
    AbstractLogEntry.Action.DELETE: "deleted",
    AbstractLogEntry.Action.ACCESS: "read",
}


class Unrecorded(RuntimeError):
    """A write that would leave no entry was refused."""


def _refuse(what: str, instead: str) -> Never:
    raise Unrecorded(f"{what} on audited rows leaves no entry. {instead}")


QUERY: Any = models.QuerySet.__dict__["query"]


class AuditedQuerySet(models.QuerySet[Row]):
    """Refuses every write that bypasses a row's save() and delete(), because those make the entries."""

    # True while other querysets have the same query: audit.parts makes many that nobody asks for more.
    query_is_lent = False
    _query: Query

    @property
    def query(self) -> Query:
        if self.query_is_lent:
            self._query, self.query_is_lent = self._query.chain(), False
        return QUERY.__get__(self)  # type: ignore[no-any-return]

    @query.setter
    def query(self, value: Query) -> None:
        QUERY.__set__(self, value)
        self.query_is_lent = False

    def update(self, **_: Any) -> Never:
        _refuse("update()", "Change and save() each row in an action.")

    def bulk_create(self, *_: Any, **__: Any) -> Never:
        _refuse("bulk_create()", "save() each row in an action.")

    def bulk_update(self, *_: Any, **__: Any) -> Never:
        _refuse("bulk_update()", "save() each row in an action.")

    def delete(self) -> Never:
        _refuse("delete()", "Use remove_audited(), which deletes row by row.")

    def remove_audited(self) -> int:
        """Delete row by row, each an entry; how many."""
        rows = list(self)
        for row in rows:
            row.delete()
        return len(rows)


AuditedManager = models.Manager.from_queryset(AuditedQuerySet)


class AuditedModel(models.Model):
    """A model whose every creation, change and deletion becomes an entry in its organisation's chain."""

    objects: ClassVar[Any] = AuditedManager()
    # True where rows may change, and are compared with their entries all the same (ADR 0047): they decide who reads
    # case text. Every action that saves one must lock it first, or two at once would end as neither says.
    ledger_compared: ClassVar[bool] = False

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def ledger_organisation(self) -> int:
        return int(attrgetter("organisation_id")(self))

    def ledger_reference(self) -> str:
        """How users refer to this row. Never a name: people who may see no case text see it too."""
        return f"{type(self).__name__} {self.pk}"

    def ledger_hides_values(self) -> bool:
        """True for a draft: the entry has the names of the changed fields, but not their values."""
        return False

    def ledger_recomputed(self) -> dict[str, Any]:
        """What columns of the ledger should say by those that it does not have, such as the digest of words."""
        return {}

    @classmethod
    def ledger_after_disposal(cls) -> dict[str, Any] | None:
        """By column, what a row says once it is disposed of, beside what its tombstone enters; None where it goes."""
        return None


def refuse_unguarded(model: type[AuditedModel]) -> None:
    """A model whose managers let bulk writes through cannot be registered."""
    if not issubclass(model, AuditedModel):
        raise TypeError(f"{model.__name__} must be an audit.models.AuditedModel to be registered.")
    for manager in (model._base_manager, model._default_manager):
        if not isinstance(manager.all(), AuditedQuerySet):
            raise TypeError(f"The managers of {model.__name__} must be made from audit.models.AuditedQuerySet.")


class LedgerManager(models.Manager["LedgerEntry"]):
    """Replaces django-auditlog's manager, so that its diffs become our entries."""

    def log_create(
        self,
        instance: AuditedModel,
        force_log: bool = False,  # noqa: FBT001, FBT002 - django-auditlog's signature
        *,
        action: int,
        changes: dict[str, Any] | None = None,
        **_: Any,
    ) -> LedgerEntry | None:
        if changes is None and not force_log:
            return None
        entry = LedgerEntry(event=EVENTS[action], action=action, organisation=instance.ledger_organisation())
        entry.take(instance, zoned(instance, changes or {}))
        entry.save()
        return entry


def hides_values(instance: Model | None) -> bool:
    return isinstance(instance, AuditedModel) and instance.ledger_hides_values()


def zoned(instance: Model, changes: Mapping[str, Any]) -> dict[str, Any]:
    """django-auditlog's pairs, with times in UTC saying so; it writes them without."""
    times = {field.name for field in instance._meta.concrete_fields if isinstance(field, models.DateTimeField)}
    return {name: [_zoned(value) for value in pair] if name in times else pair for name, pair in changes.items()}


def _zoned(value: str | None) -> str | None:
    return value and moment(dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC))


class LedgerEntry(AbstractLogEntry):
    """One entry of one organisation's chain. Never deleted, and only ever blanked: docs/adr/0004-ledger-format.md.

    Saving one queues it in the open block, which numbers, hashes and inserts it. It keeps its references, whatever
    happens to the rows they refer to.
    """

    organisation = models.BigIntegerField(help_text="Whose chain; 0 is the site's own. Outlives the row.")
    seq = models.BigIntegerField()
    recorded_at = models.DateTimeField(help_text="When it entered the chain; timestamp is when it happened.")
    event = models.CharField(max_length=100)
    subject = models.CharField(max_length=100, blank=True, help_text="Which kind of record, such as accounts.team.")
    content_type = models.ForeignKey(  # type: ignore[assignment]  # theirs is never empty
        "contenttypes.ContentType", models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    # Empty for an event that is not about a record.
    object_pk = models.CharField(max_length=255, null=True)  # type: ignore[assignment]  # noqa: DJ001
    object_id = models.BigIntegerField(null=True)
    object_repr = models.TextField(help_text="The record's reference. Never a name.")
    action = models.PositiveSmallIntegerField(choices=AbstractLogEntry.Action.choices)
    changes = models.JSONField(default=dict)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    cid = models.CharField(max_length=255, null=True, help_text="The request; made by the server.")  # noqa: DJ001
    timestamp = models.DateTimeField()
    additional_data = models.JSONField(default=dict)
    nonces = models.TextField(help_text="One of each leaf, in the leaves' order; dashes where it was blanked.")
    digests = models.TextField(help_text="One of each leaf, in the leaves' order.")
    prev_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64)

    objects: ClassVar[Any] = LedgerManager.from_queryset(AuditedQuerySet)()

    class Meta:
        default_permissions = ()
        verbose_name = "ledger entry"
        verbose_name_plural = "ledger entries"
        constraints = [models.UniqueConstraint(fields=["organisation", "seq"], name="ledger_chain")]
        indexes = [
            models.Index(fields=["organisation", "subject", "object_pk", "seq"], name="ledger_record"),
            models.Index(
                fields=["organisation", "seq"], name="ledger_verified", condition=models.Q(event="ledger.verified")
            ),
            models.Index(
                fields=["organisation", "seq"], name="ledger_drilled", condition=models.Q(event="ledger.drilled")
            ),
            # The tombstones of a chain: audit/disposal.py
            models.Index(
                fields=["organisation", "recorded_at"],
                name="ledger_disposed",
                condition=models.Q(event="record.disposed"),
            ),
        ]

    def take(self, instance: Model, changes: Mapping[str, Any]) -> None:
        """Set the record this entry is about and what changed, without values while the record hides them."""
        self.content_type = ContentType.objects.get_for_model(instance)
        self.subject = instance._meta.label_lower
        self.object_pk = str(instance.pk)
        self.object_id = instance.pk if isinstance(instance.pk, int) else None
        self.object_repr = serialise(instance.ledger_reference()) if isinstance(instance, AuditedModel) else ""
        self.changes = dict.fromkeys(changes, WITHHELD) if hides_values(instance) else dict(changes)

    def save(self, *_: Any, **__: Any) -> None:
        if self.pk is not None:
            _refuse("save()", "An entry is never changed.")
        # Copied now, so that later changes to the caller's lists and mappings have no effect.
        self.changes, self.additional_data = serialise(self.changes), serialise(self.additional_data)
        recording.queue(self)

    def delete(self, *_: Any, **__: Any) -> Never:
        _refuse("delete()", "An entry is never removed.")
