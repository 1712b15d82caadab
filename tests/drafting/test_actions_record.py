"""Recording: once, whole, and with everything it used copied; or not at all."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404

from accounts.models import User
from audit import chain, ledger
from audit.models import AuditedModel, LedgerEntry
from audit.verification import verify
from decisions.models import ConsentEvent, Decision, DecisionRecipient, DraftPage
from drafting import actions
from tests.decisions.cases import Case, bruise_story, not_shared_after_all, plain, started, twin_of


@pytest.fixture(scope="module")
def _unshared(_complete: Case) -> Case:
    twin = replace(_complete, decision=twin_of(_complete.decision))
    not_shared_after_all(twin)
    return twin


@pytest.fixture
def unshared(_unshared: Case, db: None) -> Case:
    """The same answers, and nothing shared after all."""
    return _unshared


def record(case: Case, by: User | None = None) -> Decision:
    return actions.record(decision=case.decision, by=by or case.cast.practitioner, at=case.at)


def entries(case: Case, event: str = "") -> list[LedgerEntry]:
    rows = LedgerEntry.objects.filter(organisation=case.cast.organisation.pk).order_by("seq")
    return list(rows.filter(event=event) if event else rows)


def ledger_text(case: Case) -> str:
    return json.dumps([[row.changes, row.additional_data, row.object_repr] for row in entries(case)])


# Everything somebody typed in the story and its disclosure, each found nowhere else.
TYPED = (
    "Bruise to the left cheek. Second in three weeks.", "It does not fit a fall.", "He got cross and hit me.",
    "The partner is violent.", "whether he is safe to go home today", "does not want social care involved",
    "could change what is said to the police", "the injury and his own account outweigh it", "Attendance this term",
    "It has nothing to do with the injury.", "No wider file.", "His mother may stop trusting the school",
    "Another assault tonight.", "Gave the class teacher's name too.", "Duty social worker", "In words he understood",
    "She was upset and asked who would call her.", "do not speak to the partner first", "Tomos Ashdown",
    "Rhian Ashdown", "Kit Dunmore", "He is 8 and frightened.",
)  # fmt: skip


def test_what_a_draft_says_stays_out_of_the_ledger(complete: Case) -> None:
    seen_elsewhere = {"Tomos Ashdown", "Rhian Ashdown", "Kit Dunmore", *TYPED[:3]}  # the family's own entries
    of_decisions = [row for row in entries(complete) if row.subject.startswith("decisions.")]
    text = json.dumps([[row.changes, row.additional_data, row.object_repr] for row in of_decisions])
    assert [typed for typed in TYPED if typed in text] == []
    assert [typed for typed in TYPED if typed not in seen_elsewhere and typed in ledger_text(complete)] == []
    assert "why_now" in text, "the names of the fields are entered"


def rows(decision: Decision) -> list[AuditedModel]:
    parts = (decision.people, decision.recipients, decision.items, decision.provisions, decision.sendings)
    return [decision, *(row for part in parts for row in part.all())]


def columns(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("shared", [True, False])
def test_what_is_stored_is_what_was_prepared(complete: Case, unshared: Case, *, shared: bool) -> None:
    """Only what preparing changed is written, and nothing that it changed is left out."""
    case = complete if shared else unshared
    plain(DecisionRecipient).filter(decision=case.decision).update(person_or_role="Someone before")
    recorded = record(case)
    assert [columns(row) for row in rows(recorded)] == [columns(row) for row in rows(case.again())]


def test_a_half_typed_page_stands_in_the_way(complete: Case) -> None:
    row = DraftPage.objects.get(decision=complete.decision, page="outcome")
    row.form_data = {"outcome-why_now": ["half a sent"]}
    row.save()
    with pytest.raises(actions.NotReady) as stopped:
        record(complete)
    assert stopped.value.page == "outcome"
    assert complete.again().is_draft


def test_a_refused_record_stores_which_page_is_incomplete(complete: Case) -> None:
    """Something outside the draft changed since its pages were saved: the record is rolled back, the flag is not."""
    plain(Decision).filter(pk=complete.decision.pk).update(why_now="")
    pages = DraftPage.objects.filter(decision=complete.decision)
    assert not pages.filter(complete=False).exists()
    with pytest.raises(actions.NotReady) as stopped:
        record(complete)
    assert stopped.value.page == "outcome"
    assert complete.again().is_draft
    assert list(pages.filter(complete=False).values_list("page", flat=True)) == ["outcome"]


def test_recorded_late_needs_its_reason(complete: Case) -> None:
    case = complete
    late = case.at + timedelta(days=2)
    with pytest.raises(actions.NotReady) as stopped:
        actions.record(decision=case.decision, by=case.cast.practitioner, at=late)
    assert {one.code for one in stopped.value.assessment.blocking} == {"LATE_REASON"}
    plain(Decision).filter(pk=case.decision.pk).update(late_reason="I was ill until today.")
    done = actions.record(decision=case.decision, by=case.cast.practitioner, at=late)
    assert (done.recorded_at, done.late_reason) == (late, "I was ill until today.")


def test_a_decision_of_tomorrow_is_not_recorded_today(complete: Case) -> None:
    plain(Decision).filter(pk=complete.decision.pk).update(decided_at=complete.at + timedelta(days=1))
    with pytest.raises(actions.NotReady) as stopped:
        record(complete)
    assert "DECIDED_AHEAD" in {one.code for one in stopped.value.assessment.blocking}


def test_what_was_sent_cannot_be_recorded_as_not_shared(complete: Case) -> None:
    plain(Decision).filter(pk=complete.decision.pk).update(outcome="NOT_SHARED")
    with pytest.raises(actions.NotReady) as stopped:
        record(complete)
    assert "SENT_ALREADY" in {one.code for one in stopped.value.assessment.blocking}
    assert complete.again().sendings.get().received_by == "Duty social worker"


def test_deciding_later_says_nothing_about_the_law(unshared: Case) -> None:
    """Answered while minded not to share at all, then put off: the older answer would be a claim nobody makes now."""
    plain(Decision).filter(pk=unshared.decision.pk).update(outcome="DEFERRED")
    assert unshared.again().no_basis == "basis_but_not"
    done = record(unshared)
    assert (done.no_basis, done.no_basis_reason) == ("", "")


@pytest.mark.parametrize(("outcome", "kept"), [("NOT_SHARED", "yes"), ("DEFERRED", "yes"), ("PASSED_UP", "")])
def test_that_their_no_decides_it_is_kept_where_nothing_is_sent(unshared: Case, outcome: str, kept: str) -> None:
    """S18: the choice that was offered stands beside the refusal that was honoured."""
    plain(DecisionRecipient).filter(decision=unshared.decision).update(choice="yes")
    passed_to = unshared.cast.supervisor if outcome == "PASSED_UP" else None
    plain(Decision).filter(pk=unshared.decision.pk).update(outcome=outcome, passed_to=passed_to)
    record(unshared)
    assert {recipient.choice for recipient in unshared.again().recipients.all()} == {kept}


def test_another_route_was_taken(unshared: Case) -> None:
    """First decided to share, then not: what was answered for sharing is dropped, and the ledger says so."""
    plain(DecisionRecipient).filter(decision=unshared.decision).update(choice="no")
    before = len(entries(unshared))
    done = record(unshared)
    decision = unshared.again()
    assert (decision.why_no_more, decision.why_outweighs) == ("", "")
    assert not decision.items.exists()
    assert not decision.provisions.exists()
    assert {person.p18_text for person in decision.people.all()} == {""}
    assert {recipient.choice for recipient in decision.recipients.all()} == {""}
    (entered,) = entries(unshared, "decision.recorded")
    assert entered.additional_data["dropped"] == (
        "choice, includes_health, includes_offences, items, legal_basis, p18_reason, p18_text, "
        "why_no_more, why_outweighs"
    )
    assert done.why_now
    text = json.dumps([[row.changes, row.additional_data] for row in entries(unshared)[before:]])
    for dropped in ("Attendance this term", "No wider file.", "could change his account"):
        assert dropped not in text


def test_the_way_back_drops_what_was_for_not_sharing(complete: Case) -> None:
    plain(Decision).filter(pk=complete.decision.pk).update(
        no_basis="none", no_basis_reason="First thoughts.", instead="Watched him.", asker_informed="Not today.",
        look_again_on=complete.at.date(),
    )  # fmt: skip
    record(complete)
    (entered,) = entries(complete, "decision.recorded")
    assert entered.additional_data["dropped"] == "instead, look_again_on, no_basis, no_basis_reason"
    decision = complete.again()
    assert decision.asker_informed == "Not today.", "what they were told, they were told"
    assert (decision.instead, decision.look_again_on, decision.no_basis_reason) == ("", None, "")
    assert "First thoughts." not in ledger_text(complete)


def test_without_the_ledger_nothing_is_recorded(complete: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_entries: object) -> None:
        raise OSError("no room for the ledger")

    before = list(plain(Decision).filter(pk=complete.decision.pk).values())
    with monkeypatch.context() as patch:
        patch.setattr(chain, "link", full)
        with pytest.raises(OSError, match="no room"):
            record(complete)
    assert list(plain(Decision).filter(pk=complete.decision.pk).values()) == before
    assert not ConsentEvent.objects.filter(decision=complete.decision).exists()
    assert verify().sound
    assert record(complete).state == Decision.State.RECORDED


def test_what_fails_later_in_the_block_takes_the_record_with_it(complete: Case) -> None:
    count = LedgerEntry.objects.count()
    with ledger.recording(actor=complete.cast.practitioner, at=complete.at):
        record(complete)
        transaction.set_rollback(True)
    assert complete.again().is_draft
    assert LedgerEntry.objects.count() == count
    assert verify().sound


@pytest.mark.parametrize("who", ["teammate", "other_team", "supervisor", "administrator", "officer"])
def test_nobody_else_records_it(complete: Case, who: str) -> None:
    with pytest.raises((Http404, PermissionDenied)):
        record(complete, by=getattr(complete.cast, who))
    assert complete.again().is_draft


@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_no_stranger_records_it(complete: Case, who: str) -> None:
    with pytest.raises((Http404, PermissionDenied)):
        record(complete, by=getattr(complete.cast.stranger, who))
    assert complete.again().is_draft


def test_an_administrator_is_not_allowed_to_record_at_all(complete: Case) -> None:
    with pytest.raises(PermissionDenied):
        record(complete, by=complete.cast.administrator)


def test_somebody_shut_out_meanwhile_records_nothing(complete: Case) -> None:
    """The author has lost their place in every team since."""
    author = User.objects.get(pk=complete.cast.practitioner.pk)
    plain(type(author.memberships.get())).filter(user=author)._raw_delete("default")
    with pytest.raises(PermissionDenied):
        record(complete, by=User.objects.get(pk=author.pk))


def test_nothing_is_ready_in_a_blank_draft(complete: Case) -> None:
    draft = started(complete.cast, complete.at)
    with pytest.raises(actions.NotReady) as stopped:
        actions.record(decision=draft, by=complete.cast.practitioner, at=complete.at)
    assert stopped.value.page == "people"
    assert {"NO_PERSON", "NO_OUTCOME", "WHY_NOW"} <= {one.code for one in stopped.value.assessment.blocking}


def test_the_story_of_the_tests_is_the_demonstration_s(complete: Case) -> None:
    assert bruise_story(complete.at)["outcome"]["why_now"] == complete.again().why_now
