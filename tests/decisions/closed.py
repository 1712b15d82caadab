"""S01 recorded, for a module whose tests look at one decision, its cast and the moment it was recorded at.

cast, now, decision = closed.cast, closed.now, closed.decision
"""

from datetime import datetime

import pytest

from decisions.models import Decision
from families.models import Family
from tests.cast import Cast
from tests.decisions.cases import Case


@pytest.fixture(scope="module")
def cast(_closed: Case) -> Cast:
    return _closed.cast


@pytest.fixture(scope="module")
def now(_closed: Case) -> datetime:
    return _closed.at


@pytest.fixture(scope="module")
def family(_closed: Case) -> Family:
    return _closed.family


@pytest.fixture(scope="module")
def decision(_closed: Case) -> Decision:
    """Recorded now, by the practitioner."""
    found: Decision = Decision.objects.recorded().get(pk=_closed.decision.pk)
    return found
