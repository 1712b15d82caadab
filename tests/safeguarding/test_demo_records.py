"""What the demonstration holds once it is made. It is made once for all of these tests."""

import stat
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from accounts.models import Organisation, User
from audit.verification import verify
from decisions.facts.decision import facts_of
from decisions.models import Addition, Decision, Receipt, UrgentRecord
from decisions.presenters.record import sections
from families.models import Disclosure, Family
from incidents.models import Incident
from reviews.models import Review
from rules.assess import assess

LOGINS = {"practitioner", "practitioner2", "supervisor", "administrator", "dpo"}


@pytest.fixture(scope="module")
def var(_module_transaction: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The seeded demonstration; a folder of its own for the password."""
    folder = tmp_path_factory.mktemp("var")
    with override_settings(VAR_DIR=folder, DEMO=True), pytest.MonkeyPatch.context() as patch:
        patch.delenv("DEMO_PASSWORD", raising=False)
        assert "Filling in" in seed()
        yield folder


def seed() -> str:
    said = StringIO()
    call_command("seed_demo", stdout=said, stderr=said)
    return said.getvalue()


def test_two_organisations_with_records_and_a_review(var: Path) -> None:
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
        assert Incident.objects.get(organisation=organisation).items.count() == 1
        urgent_record = UrgentRecord.objects.filter(organisation=organisation)
        assert (urgent_record.count(), urgent_record.to_be_completed().count()) == (2, 1)
    assert verify().sound


def test_every_record_of_it_stands(var: Path) -> None:
    """Judged again by the rules, and shown without a gap."""
    for decision in Decision.objects.recorded().with_parts():
        assert assess(facts_of(decision)).may_be_recorded
        assert len(sections(decision)) >= 7


def test_a_second_start_changes_nothing(var: Path) -> None:
    before = (Organisation.objects.count(), Decision.objects.count(), list(User.objects.values_list("password")))
    assert "Filling in" not in seed()
    after = (Organisation.objects.count(), Decision.objects.count(), list(User.objects.values_list("password")))
    assert after == before


def test_the_password_is_kept_for_its_owner_alone(var: Path) -> None:
    kept = var / "demo_password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    password = kept.read_text().strip()
    assert len(password) >= 12
    assert all(person.check_password(password) for person in User.objects.all())


def test_a_password_of_ones_own(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "another-orchard-52")
    seed()
    assert all(person.check_password("another-orchard-52") for person in User.objects.all())
