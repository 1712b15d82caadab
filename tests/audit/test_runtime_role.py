"""The role the site is served with on PostgreSQL: docs/runtime_role.sql, run word for word."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit import ledger
from audit.verification import verify
from decisions.models import Decision
from drafting import actions
from retention.belongings import Record
from retention.disposing import Authority, dispose
from retention.models import Disposal
from safeguarding.demo import stories
from safeguarding.demo.filling import record_story
from tests.cast import Cast
from tests.drafting.households import address_book, household

pytestmark = pytest.mark.postgres
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "runtime_role.sql"
ROLE = "safeguarding_runtime_test"


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def runtime(cast: Cast) -> Iterator[Cast]:
    """The script's grants, then everything as that role; the transaction's end takes both back."""
    execute(f"CREATE ROLE {ROLE}")
    script = re.sub(r"^--.*$", "", SCRIPT.read_text(), flags=re.MULTILINE).replace(':"runtime"', ROLE)
    execute(script)
    execute(f"SET LOCAL ROLE {ROLE}")
    yield cast
    execute("RESET ROLE")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_everything_is_recorded_and_verified_as_this_role(runtime: Cast, now: datetime) -> None:
    address_book(stories.SOCIAL_CARE, by=runtime.administrator, at=now)
    family = household(stories.BRUISE_PEOPLE, team=runtime.team, by=runtime.practitioner, at=now)
    draft = actions.start(entry_route="DECIDING", team=runtime.team, family=family, by=runtime.practitioner, at=now)
    decision = record_story(decision=draft, story=stories.refused_and_shared(now), by=runtime.practitioner, at=now)
    assert decision.state == Decision.State.RECORDED
    by = runtime.officer
    at_once = Disposal(
        organisation=by.organisation, reason="Ours", needs_second=False, written_by=by, written_at=now,
        written_by_name=by.full_name,
    )  # fmt: skip
    with ledger.recording(actor=by, at=now):
        at_once.save()
        dispose(Record("decision", decision), Authority("25 years", now, at_once, by))
    assert Decision.objects.get(pk=decision.pk).is_disposed
    report = verify()
    assert report.sound
    assert report.blanked


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_ledgerentry SET event = 'x'",
        "DELETE FROM audit_ledgerentry",
        "TRUNCATE audit_ledgerentry",
        "UPDATE audit_checkpoint SET size = 1",
        "DELETE FROM audit_treetile",
        "ALTER TABLE audit_ledgerentry DISABLE TRIGGER ALL",
        "ALTER TABLE decisions_decision DISABLE TRIGGER ALL",
        "TRUNCATE decisions_decision CASCADE",
        "DROP TRIGGER decision_closed ON decisions_decision",
        "SET LOCAL session_replication_role = replica",
        "DELETE FROM django_migrations",
    ],
)
def test_it_may_not_touch_what_guards_the_record(runtime: Cast, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        execute(statement)
