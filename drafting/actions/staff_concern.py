from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from accounts.access import require
from accounts.models import Team, User
from accounts.roles import Permission
from audit import ledger
from decisions.actions.restricting import restrict_concern
from decisions.models import Decision
from drafting.actions.drafts import start_with_new_family


def start_staff_concern(
    *, team: Team, name: str, people: Collection[User], concerned: User | None, submission_id: UUID | None, by: User,
    at: datetime,
) -> Decision:  # fmt: skip
    """A draft with a family record of its own, both for its author and these people alone from the first moment.

    What is written of anybody on it stays in that record. Submitted twice, it makes one.
    """
    require(by, Permission.START_DECISIONS)
    with ledger.recording(actor=by, at=at):
        decision = start_with_new_family(
            entry_route="DECIDING", team=team, name=name, submission_id=submission_id, by=by, at=at
        )
        if decision.about_staff:
            return decision
        decision.about_staff = True
        decision.save(update_fields=["about_staff"])
        family = decision.decision_families.select_related("family").get().family
        restrict_concern(family=family, people=people, concerned=concerned, by=by, at=at)
        return decision
