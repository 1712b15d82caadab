"""The demonstration: made only where it may be, and through the same pages as everything else."""

from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from decisions.models import Decision
from drafting.draft import load
from safeguarding.demo import stories
from safeguarding.demo.filling import Unfilled, fill_story, filled_page
from tests.cast import Cast
from tests.decisions.cases import started
from tests.drafting.households import address_book


@pytest.fixture
def var(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> Path:
    """A folder of its own for the password."""
    settings.VAR_DIR = tmp_path
    settings.DEMO = True
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    return tmp_path


def seed() -> str:
    said = StringIO()
    call_command("seed_demo", stdout=said, stderr=said)
    return said.getvalue()


def test_nothing_is_seeded_outside_the_demonstration(var: Path, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(SystemExit) as left:
        seed()
    assert left.value.code == 2
    assert not Organisation.objects.exists()


@pytest.mark.usefixtures("cast")
def test_nothing_is_seeded_beside_real_organisations(var: Path) -> None:
    seed()
    assert not User.objects.filter(email__endswith="@demo.test").exists()
    assert Organisation.objects.count() == 2


@pytest.fixture
def draft(cast: Cast, now: datetime) -> Decision:
    address_book(stories.SOCIAL_CARE, by=cast.administrator, at=now)
    return started(cast, now)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_a_story_that_a_page_refuses_says_which(cast: Cast, draft: Decision, now: datetime) -> None:
    story = stories.refused_and_shared(now)
    story["outcome"]["why_now"] = "see notes"
    with pytest.raises(Unfilled, match=r"outcome: .*why_now"):
        fill_story(decision=draft, story=story, by=cast.practitioner, at=now)
    assert Decision.objects.get(pk=draft.pk).is_draft


def test_a_page_that_is_not_on_the_way_is_not_filled(cast: Cast, draft: Decision) -> None:
    with pytest.raises(Unfilled, match="nowhere is not on this path"):
        filled_page(load(draft, cast.practitioner), "nowhere", {})
