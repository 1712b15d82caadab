"""S10 recorded, for a module whose tests look at one decision that rests on consent, and was sent to one of two.

cast, now, decision = agreed.cast, agreed.now, agreed.decision
"""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.utils import timezone

from decisions.models import Decision
from tests.built_once import built_once
from tests.cast import Cast, make_cast
from tests.decisions import event_stories


@dataclass(frozen=True)
class Agreed:
    cast: Cast
    decision: Decision
    at: datetime


@built_once
def agreed_case() -> Agreed:
    """By the practitioner; nothing was ever protected in it."""
    at, cast = timezone.now(), make_cast()
    return Agreed(cast, event_stories.recorded(cast, event_stories.agreed(at), at), at)


@pytest.fixture(scope="module")
def _agreed(_module_transaction: None) -> Agreed:
    return agreed_case()


@pytest.fixture(scope="module")
def cast(_agreed: Agreed) -> Cast:
    return _agreed.cast


@pytest.fixture(scope="module")
def now(_agreed: Agreed) -> datetime:
    return _agreed.at


@pytest.fixture(scope="module")
def decision(_agreed: Agreed) -> Decision:
    found: Decision = Decision.objects.recorded().get(pk=_agreed.decision.pk)
    return found
