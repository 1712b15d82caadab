from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from audit import triggers
from audit.chaining_trigger import chaining
from audit.checks import check_triggers
from audit.ledger_triggers import ledger_triggers


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit import sign_ins  # noqa: PLC0415 - it needs the models, which are there only now

        # Part of the frozen format, so not configurable: values keep their type, and None is not "None".
        settings.AUDITLOG_STORE_JSON_CHANGES = True
        entries = self.get_model("LedgerEntry")
        triggers.register(chaining(entries), *ledger_triggers(entries))
        for table in ("TreeTile", "Checkpoint"):
            triggers.register(*triggers.append_only(self.get_model(table)))
        pre_migrate.connect(_drop, sender=self)
        post_migrate.connect(_make, sender=self)
        checks.register(check_triggers, checks.Tags.database, deploy=True)
        sign_ins.listen()


def _drop(*, using: str, **_: Any) -> None:
    triggers.drop_all(connections[using])


def _make(*, using: str, **_: Any) -> None:
    triggers.make_all(connections[using])
