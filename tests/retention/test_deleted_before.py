"""What was deleted before its record is disposed of leaves no word either: only entries are left of it."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from audit import ledger
from audit.models import LedgerEntry
from audit.record_verification import compare
from audit.verification import verify
from families.actions import set_known_risks
from families.models import Family, Person
from retention.belongings import Record
from retention.disposing import Authority, dispose
from retention.models import Disposal
from safeguarding.demo import stories
from tests.cast import Cast, enter_people
from tests.drafting.households import household

pytestmark = pytest.mark.django_db
NOTES = {"other": "zq00091qz at the door", "violence_at_home": "zq00092qz on the phone"}


@pytest.fixture
def family(cast: Cast) -> Family:
    at = timezone.now()
    made = household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=at)
    for notes in (NOTES, {}):
        person = Person.objects.filter(family=made).earliest("pk")
        set_known_risks(person=person, notes=notes, version=person.version, why="Checked", by=cast.practitioner, at=at)
    return made


def words_left() -> list[str]:
    texts = [f"{row.changes} {row.additional_data}" for row in LedgerEntry.objects.all()]
    return [word for word in ("zq00091qz", "zq00092qz") if any(word in text for text in texts)]


def test_a_risk_that_was_taken_back_goes_with_its_family(
    cast: Cast, family: Family, settings: Any, tmp_path: Path
) -> None:
    settings.TOMBSTONES_FILE = tmp_path / "tombstones.jsonl"
    assert words_left() == ["zq00091qz", "zq00092qz"]
    at, officer = timezone.now(), cast.officer
    disposal = Disposal(
        organisation=cast.organisation, reason="Our schedule", needs_second=False, written_by=officer, written_at=at,
        written_by_name=officer.full_name,
    )  # fmt: skip
    with ledger.recording(actor=officer, at=at):
        disposal.save()
        dispose(Record("family", family), Authority("25 years", at, disposal, officer))
    assert words_left() == []
    assert verify().broken is None
    enter_people(cast)
    assert compare().first is None
