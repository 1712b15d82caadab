"""What happened next, what people say since, and what is set beside: each a new row, and the record as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from audit.models import LedgerEntry
from audit.verification import verify
from decisions import actions
from decisions.models import ConsentEvent, Decision, DecisionItem, DecisionPerson
from decisions.presenters.record import sections
from tests.decisions import events
from tests.decisions.cases import MOTHER, PARTNER, Case, begun_elsewhere, plain, shown, twin_of
from tests.shared import undone

Adding = Callable[..., Any]
EACH = pytest.mark.parametrize(("event", "add"), events.ADDED.items(), ids=list(events.ADDED))
OTHER_ANSWER = {
    "decision.sending_added": {"how": "In the car park"},
    "decision.receipt_added": {"received_by": "Night team"},
    "decision.response_added": {"text": "They rang back."},
    "decision.addition_added": {"text": "It was the left cheek after all."},
    "decision.consent_added": {"views": "Stop it all."},
    "decision.wrong_information_added": {"what_is_wrong": "It was another day."},
    "decision.correction_added": {"notified_to": "Night team"},
    "decision.complaint_added": {"text": "You told everybody."},
    "decision.complaint_acknowledged": {"how": "By phone"},
    "decision.complaint_answered": {"text": "We have looked at it again."},
    "decision.views_read_back": {"outcome": "CORRECTED", "corrected_to": "I said not yet."},
    "decision.statement_added": {"text": "Do not come to the house."},
    "decision.statement_passed_on": {"how": "By phone"},
    "decision.contact_planned": {"kept_working": "I rang her."},
    "decision.contact_outcome_added": {"text": "She did not say much."},
}


def record_of(case: Case) -> list[dict[str, Any]]:
    """Every column of the decision, its people and its items."""
    rows: list[models.QuerySet[Any]] = [
        plain(Decision).filter(pk=case.decision.pk),
        plain(DecisionPerson).filter(decision=case.decision),
        plain(DecisionItem).filter(decision=case.decision),
    ]
    return [values for found in rows for values in found.order_by("pk").values()]


@EACH
def test_it_is_a_new_row_with_its_entries(closed: Case, event: str, add: Adding) -> None:
    before, by = record_of(closed), closed.cast.practitioner
    row = add(closed)
    assert (row.written_by, row.written_at) == (by, closed.at)
    (entered,) = LedgerEntry.objects.filter(organisation=by.organisation_id, event=event)
    assert (entered.actor_id, entered.object_repr) == (by.pk, closed.decision.reference)
    assert record_of(closed) == before
    assert verify().sound


@EACH
def test_the_same_page_sent_twice_adds_once(closed: Case, event: str, add: Adding) -> None:
    submission_id = uuid4()
    first, count = add(closed, submission_id=submission_id), LedgerEntry.objects.count()
    assert add(closed, submission_id=submission_id) == first
    assert LedgerEntry.objects.count() == count
    other = add(closed, submission_id=submission_id, **OTHER_ANSWER[event])
    assert other != first
    assert type(other).objects.filter(pk__in=[first.pk, other.pk]).count() == 2


@EACH
def test_others_may_not(closed: Case, event: str, add: Adding) -> None:
    cast = closed.cast
    for by in (cast.supervisor, cast.administrator, cast.officer, cast.other_team):
        with pytest.raises((Http404, PermissionDenied)), undone():
            add(closed, by=by)
    with pytest.raises(Http404):
        add(closed, by=closed.cast.stranger.practitioner)
    assert not LedgerEntry.objects.filter(event=event).exists()


@EACH
def test_a_team_mate_may(closed: Case, event: str, add: Adding) -> None:
    assert add(closed, by=closed.cast.teammate).written_by == closed.cast.teammate


@pytest.fixture(scope="module")
def draft(_closed: Case) -> Case:
    return replace(_closed, decision=twin_of(_closed.decision))


@EACH
def test_nothing_comes_after_a_draft(closed: Case, draft: Case, event: str, add: Adding) -> None:
    with pytest.raises(Http404):
        add(draft)


def test_a_part_is_one_of_this_decision(closed: Case) -> None:
    """A guessed number of somebody else's row is no row here."""
    theirs = begun_elsewhere(closed.cast, closed.at)
    asked: dict[str, Any] = {
        "decision": closed.decision,
        "submission_id": uuid4(),
        "by": closed.cast.practitioner,
        "at": closed.at,
    }
    with pytest.raises(Http404):
        actions.add_consent(person=theirs.people.get(name=MOTHER), answers={"consent_state": "GIVEN"}, **asked)
    with pytest.raises(Http404):
        actions.add_response(recipient=theirs.recipients.get(), answers={"kind": "ACTING"}, **asked)
    with pytest.raises(Http404):
        actions.add_receipt(sending=theirs.sendings.get(), answers={"received_by": "Them"}, **asked)
    with pytest.raises(Http404):
        actions.add_addition(person=theirs.people.first(), answers={"kind": "STATEMENT"}, **asked)


def test_what_they_said_before_stays(closed: Case) -> None:
    """S10: a withdrawal is a new event, and that they had agreed is still to be seen."""
    events.said(closed, consent_state="GIVEN", views="Go ahead then.", at=closed.at + timedelta(hours=1))
    events.said(closed, consent_state="WITHDRAWN", views="No more.", at=closed.at + timedelta(days=1))
    states = list(ConsentEvent.objects.filter(person__name=MOTHER).values_list("consent_state", flat=True))
    assert states == ["OBJECTED", "GIVEN", "WITHDRAWN"]
    text = shown(closed.again())
    assert (
        text.index("They were informed, and object")
        < text.index("Consent given\n")
        < text.index("Consent given, then withdrawn")
    )


def test_an_amendment_stands_beside_and_the_first_text_stays(closed: Case) -> None:
    """X04: there is no path that edits, and what was written first can still be read."""
    facts = closed.again().facts
    events.addition(closed)
    (concern,) = [one for one in sections(closed.again()) if one.key == "concern"]
    assert facts in [line for row in concern.rows for line in row.lines]
    (added,) = concern.additions
    assert (added.heading, added.text, added.why) == ("Amendment", "It was the right cheek.", "I mixed them up.")
    assert (added.by, added.at) == (closed.cast.practitioner.full_name, closed.at)


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("SUPPLEMENT", "Supplementary statement"),
        ("STATEMENT", f"In the words of {PARTNER}"),
        ("DISPUTED", f"Disputed by {PARTNER}"),
    ],
)
def test_each_kind_says_whose_it_is(closed: Case, kind: str, heading: str) -> None:
    who = closed.decision.people.get(name=PARTNER) if kind != "SUPPLEMENT" else None
    events.addition(closed, kind=kind, section="", person=who, why="")
    (whole,) = [one for one in sections(closed.again()) if one.key == "whole"]
    assert [one.heading for one in whole.additions] == [heading]


def test_what_belongs_beside_a_part_that_is_not_there_is_still_shown(closed: Case) -> None:
    events.addition(closed, section="nowhere")
    (whole,) = [one for one in sections(closed.again()) if one.additions]
    assert whole.key == "whole"
