"""A record that somebody of another team opens in an emergency."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from emergencies import actions
from emergencies.finding import Meant
from emergencies.models import EmergencyOpening
from families.models import Family

REASON = "A boy was found at the station and gave this name"


def tried(by: User, at: datetime | None = None, **meant: Any) -> EmergencyOpening | None:
    return actions.open_in_emergency(
        meant=Meant(**meant), why="found", reason=REASON, submission_id=uuid4(), by=by, at=at or timezone.now()
    )


def opened(family: Family, by: User, at: datetime | None = None) -> EmergencyOpening:
    found = tried(by, at, reference=family.reference)
    assert found is not None
    return found


def typed(**changed: str) -> dict[str, str]:
    return {"reference": "", "name": "", "why": "found", "reason": REASON, **changed}
