"""The demonstration: made through the same pages and actions as everything else, once, and only where it may be."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from audit.verification import verify
from decisions.facts.decision import facts_of
from decisions.models import Addition, Decision, Receipt, UrgentRecord
from decisions.presenters.record import sections
from families.models import Disclosure, Family
from reviews.models import Review
from rules.assess import assess
from safeguarding.demo import stories
from safeguarding.demo.filling import Unfilled, fill_story, filled_page
from tests.decisions.cases import Case, complete_case, started

LOGINS = {"practitioner", "practitioner2", "supervisor", "administrator", "dpo"}


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


def test_two_organisations_with_records_and_a_review(var: Path) -> None:
    seed()
    assert {row.kind for row in Organisation.objects.all()} == {"PUB", "NON"}
    for domain in ("demo.test", "other.test"):
        people = User.objects.filter(email__endswith=f"@{domain}")
        assert {person.email.split("@")[0] for person in people} == LOGINS
        organisation = people[0].organisation
        decisions = Decision.objects.recorded().filter(organisation=organisation)
        assert {decision.is_shared for decision in decisions} == {True, False}
        reviews_given = Review.objects.filter(organisation=organisation).values_list("outcome", flat=True)
        assert set(reviews_given) == {"AGREED_WITH_ADVICE", "RETURNED"}
        assert Receipt.objects.filter(organisation=organisation).exists()
        assert Addition.objects.filter(organisation=organisation).exists()
        assert Family.objects.filter(organisation=organisation).count() == decisions.count() + 1
        assert Disclosure.objects.filter(organisation=organisation).count() == 1
        urgent_record = UrgentRecord.objects.filter(organisation=organisation)
        assert (urgent_record.count(), urgent_record.to_be_completed().count()) == (2, 1)
    assert verify().sound


def test_every_record_of_it_stands(var: Path) -> None:
    """Judged again by the rules, and shown without a gap."""
    seed()
    for decision in Decision.objects.recorded().with_parts():
        assert assess(facts_of(decision)).may_be_recorded
        assert len(sections(decision)) >= 7


def test_a_second_start_changes_nothing(var: Path) -> None:
    seed()
    before = (Organisation.objects.count(), Decision.objects.count(), list(User.objects.values_list("password")))
    assert "Filling in" not in seed()
    after = (Organisation.objects.count(), Decision.objects.count(), list(User.objects.values_list("password")))
    assert after == before


def test_the_password_is_kept_for_its_owner_alone(var: Path) -> None:
    seed()
    kept = var / "demo_password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    password = kept.read_text().strip()
    assert len(password) >= 12
    assert all(person.check_password(password) for person in User.objects.all())


def test_a_password_of_ones_own(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed()
    monkeypatch.setenv("DEMO_PASSWORD", "another-orchard-52")
    seed()
    assert all(person.check_password("another-orchard-52") for person in User.objects.all())


def test_nothing_is_seeded_outside_the_demonstration(var: Path, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(SystemExit) as left:
        seed()
    assert left.value.code == 2
    assert not Organisation.objects.exists()


def test_nothing_is_seeded_beside_real_organisations(var: Path) -> None:
    complete_case()
    seed()
    assert not User.objects.filter(email__endswith="@demo.test").exists()
    assert Organisation.objects.count() == 2


@pytest.fixture
def case(db: None) -> Case:
    return complete_case()


def test_a_story_that_a_page_refuses_says_which(case: Case) -> None:
    draft = started(case.cast, case.at)
    story = stories.refused_and_shared(case.at)
    story["outcome"]["why_now"] = "see notes"
    with pytest.raises(Unfilled, match=r"outcome: .*why_now"):
        fill_story(decision=draft, story=story, by=case.cast.practitioner, at=case.at)
    assert Decision.objects.get(pk=draft.pk).is_draft


def test_a_page_that_is_not_on_the_way_is_not_filled(case: Case) -> None:
    blank = fill_story(decision=case.decision, story={}, by=case.cast.practitioner, at=timezone.now())
    with pytest.raises(Unfilled, match="nowhere is not on this path"):
        filled_page(blank, "nowhere", {})
