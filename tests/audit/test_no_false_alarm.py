"""Whatever an honest site does to its audit log, verification finds nothing."""

import os

import pytest
from django.db import connection

from audit.models import Checkpoint, LedgerEntry
from audit.verification import verify
from tests.audit.operations import CHAINS, Days

# Twenty long lives take seven minutes of a processor: by hand, with LONG_LIVES=1.
LONG = os.environ.get("LONG_LIVES") == "1"
THOROUGH = os.environ.get("THOROUGH") == "1" and connection.vendor == "sqlite"
SEEDS, OPERATIONS = (20, 10_000) if LONG else (2, 1_000) if THOROUGH else (2, 200)
pytestmark = pytest.mark.django_db


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_honest_days_raise_no_alarm(seed: int) -> None:
    days = Days(seed)
    days.live(OPERATIONS)
    assert set(days.outside) == set(CHAINS)
    report = verify(outside=days.outside)
    assert report.sound, report.broken
    assert report.entries == LedgerEntry.objects.count() > OPERATIONS
    assert report.checkpoints == Checkpoint.objects.count() > len(CHAINS)
    assert report.blanked
