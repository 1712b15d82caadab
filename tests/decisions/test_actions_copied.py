"""What a decision used of other records is its own from recording on, and the law is kept by value."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

from accounts.actions import change_organisation, change_person, change_recipient, retire_recipient
from accounts.models import Recipient
from decisions.models import ConsentEvent, Decision, DecisionPerson, DecisionProvision, InformingEvent
from decisions.presenters.chronology import chronology
from decisions.presenters.record import sections
from drafting import actions
from families.actions import correct_disclosure, correct_person
from families.details import DisclosureDetails, PersonDetails
from families.models import Person
from rules import law
from rules.law_files import CURRENT
from tests.decisions.cases import CHILD, MOTHER, Case, plain


def record(case: Case) -> Decision:
    return actions.record(decision=case.decision, by=case.cast.practitioner, at=case.at)


def test_what_was_said_becomes_the_first_event(complete: Case) -> None:
    record(complete)
    said = ConsentEvent.objects.get(decision=complete.decision, person__name=MOTHER)
    answers = DecisionPerson.objects.get(decision=complete.decision, name=MOTHER)
    assert (said.consent_state, said.consent_how, said.views) == ("OBJECTED", "by phone", answers.views)
    assert (said.consent_at, said.written_at) == (answers.consent_at, complete.at)
    told = InformingEvent.objects.get(decision=complete.decision, person__name=MOTHER)
    assert (told.informing_state, told.informing_text) == ("TOLD_BEFORE", "She was upset and asked who would call her.")
    assert told.informed_no_choice
    assert told.informed_who_what_why
    assert told.written_by == complete.cast.practitioner


def test_the_law_is_kept_by_value(complete: Case) -> None:
    record(complete)
    source = Path(law.__file__).parent / "data" / "law" / CURRENT
    whole = b"\n".join(part.read_bytes() for part in sorted(source.glob("*.toml")))
    digest = hashlib.sha256(whole).hexdigest()
    rows = DecisionProvision.objects.filter(decision=complete.decision)
    assert {row.details["sha256"] for row in rows} == {digest}
    assert {row.details["version"] for row in rows} == {complete.again().law_version} == {CURRENT}
    task = rows.get(code="ART6_E")
    assert (task.layer, task.refused_ok, task.details["effective_from"]) == ("L1", "yes", "2026-02-05")
    for row in rows:
        assert {"short_name", "plain_english", "citation", "tests", "refused_test", "source"} <= set(row.details)


def test_a_row_altered_in_the_draft_is_put_right(complete: Case) -> None:
    """What counts is the law of the day, whatever a draft's row was made to say."""
    plain(DecisionProvision).filter(decision=complete.decision, code="ART6_E").update(refused_ok="na", details={})
    record(complete)
    kept = DecisionProvision.objects.get(decision=complete.decision, code="ART6_E")
    assert kept.refused_ok == "yes"
    assert kept.details["version"] == CURRENT


def test_what_it_used_of_others_is_copied(complete: Case) -> None:
    decision = record(complete)
    cast = complete.cast
    assert (decision.author_name, decision.author_job) == (cast.practitioner.full_name, "Social worker")
    assert (decision.team_name, decision.organisation_name) == ("Harbour", "Northmere Council")
    assert (decision.organisation_kind, decision.organisation_sector) == ("PUB", "la")
    assert decision.policy_document_on == complete.at.date()
    assert decision.disclosure_reference == complete.disclosure.reference
    assert decision.disclosed_at == complete.disclosure.received_at
    assert decision.facts == "Bruise to the left cheek. Second in three weeks."


def test_the_latest_before_recording_is_what_is_copied(complete: Case) -> None:
    """A name corrected while the draft lay open is the name on the record, once its author has looked again."""
    child = Person.objects.get(name=CHILD)
    details = PersonDetails(name="Tomas Ashdown", role="child", date_of_birth=date(2018, 4, 2))
    correct_person(person=child, details=details, version=1, why="Misspelt", by=complete.cast.teammate, at=complete.at)
    plain(DecisionPerson).filter(person=child).update(person_version=2)
    record(complete)
    kept = DecisionPerson.objects.get(decision=complete.decision, person=child)
    assert (kept.name, kept.date_of_birth) == ("Tomas Ashdown", date(2018, 4, 2))


def correct_everything(case: Case) -> None:
    cast, at = case.cast, case.at + timedelta(days=1)
    by, admin = cast.practitioner, cast.administrator
    for person in Person.objects.filter(family=case.family):
        details = PersonDetails(name=f"Other {person.pk}", role="relative", date_of_birth=date(2001, 1, 1),
                                parental_responsibility="unknown", communication_need="Signs")  # fmt: skip
        correct_person(person=person, details=details, version=person.version, why="Misheard", by=by, at=at)
    said = DisclosureDetails(
        said_by="Another", said_to="Another", received_at=at - timedelta(days=3), facts="Other facts.",
        opinion="Other opinion.", child_words="Other words.", happened="Later", level="s17",
    )  # fmt: skip
    correct_disclosure(disclosure=case.disclosure, details=said, version=1, why="Misheard", by=by, at=at)
    change_organisation(
        name="Eastmere Council", kind="NON", sector="charity", in_scope_16la=False, policy_document_on=None,
        policy_document_link="", by=admin, at=at,
    )  # fmt: skip
    entry = Recipient.objects.get(organisation=cast.organisation)
    change_recipient(
        recipient=entry, name="Another door", kind="police", route_kind="post", route="1 Other Street",
        checked_on=at.date(), by=admin, at=at,
    )  # fmt: skip
    retire_recipient(recipient=entry, by=admin, at=at)
    change_person(user=cast.practitioner, full_name="Another Name", job_title="Another job", by=admin, at=at)


def test_what_is_corrected_later_changes_nothing_on_the_record(complete: Case) -> None:
    record(complete)
    before = (sections(complete.again()), chronology(complete.again()))
    columns = list(Decision.objects.filter(pk=complete.decision.pk).values())
    correct_everything(complete)
    after = complete.again()
    assert (sections(after), chronology(after)) == before
    assert list(Decision.objects.filter(pk=complete.decision.pk).values()) == columns
    assert after.author.full_name == "Another Name"
    assert after.organisation.name == "Eastmere Council"
