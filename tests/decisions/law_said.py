"""What a data protection officer may say about the law, in the shortest way, for tests."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from decisions import actions
from decisions.models import LawNotice

SHARE_DUTY, CSA = "CA04_16LA", "CPA26_CSA"
SOURCE = "SI 2026/1234, regulation 2"
ROW: dict[str, Any] = {
    "layer": "L3", "kind": "power", "short_name": "Northmere health protocol",
    "plain_english": "Health visitors and we may tell each other about a child's injury.",
    "citation": "Northmere protocol, part 4", "who": "ANY", "tests": ["Is the child under five?"], "refused_ok": "yes",
    "refused_test": "", "jurisdiction": "E", "effective_from": date(2024, 1, 1), "confidence": "C",
    "source": "The signed protocol", "checked_on": date(2026, 11, 1), "needs_policy_document": False,
}  # fmt: skip


def proposed(by: User, *, code: str = SHARE_DUTY, on_day: date | None = None, at: datetime | None = None) -> LawNotice:
    now = at or timezone.now()
    return actions.propose_commencement(
        code=code, on_day=on_day or date(2026, 9, 30), source=SOURCE, source_title="Commencement Regulations 2026",
        looked_up_on=timezone.localdate(now), by=by, at=now,
    )  # fmt: skip


def commenced(by: User, *, code: str = SHARE_DUTY, on_day: date | None = None, at: datetime | None = None) -> LawNotice:
    """Proposed, and checked by an administrator of the organisation."""
    now = at or timezone.now()
    proposal = proposed(by, code=code, on_day=on_day, at=now)
    second: User = by.organisation.people.filter(organisation_role="administrator")[0]
    return actions.check_commencement(proposal=proposal, agrees=True, by=second, at=now)


def local(by: User, *, name: str = "health protocol", at: datetime | None = None, **row: Any) -> LawNotice:
    return actions.add_local_provision(name=name, answers={**ROW, **row}, by=by, at=at or timezone.now())


def retired(
    by: User, *, code: str = "ART6_B", on_day: date | None = None, at: datetime | None = None, why: str = "Not for us"
) -> LawNotice:
    now = at or timezone.now()
    day = on_day or timezone.localdate(now)
    return actions.retire_provision(code=code, on_day=day, source="Our lawyer", why=why, by=by, at=now)


def taken_back(notice: LawNotice, by: User, *, why: str = "A mistake", at: datetime | None = None) -> LawNotice:
    return actions.withdraw_law_notice(notice=notice, source="Our lawyer", why=why, by=by, at=at or timezone.now())
