from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.access import require
from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from retention.models import RetentionRule


def confirm_rule(*, kind: str, answers: Mapping[str, Any], by: User, at: datetime) -> RetentionRule:
    """From now on, records of this kind are kept so long."""
    with acting(by=by, permission=Permission.DISPOSE, at=at) as officer:
        rule = RetentionRule(
            organisation_id=officer.organisation_id, kind=kind, written_by=officer, written_at=at, **answers
        )
        rule.save()
        return rule


def see_retention(*, by: User, at: datetime) -> None:
    """Enter in the ledger that the list of records was opened, before it is shown."""
    require(by, Permission.DISPOSE)
    with ledger.recording(actor=by, at=at):
        ledger.append("retention.opened", organisation=by.organisation_id)
