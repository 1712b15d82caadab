"""What a recorded decision shows, in which order, and at what cost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from decisions import actions
from decisions.facts.decision import facts_of
from decisions.forms.log import LogFilter
from decisions.models import (
    Decision,
)
from decisions.presenters.authors import AUTHOR_NOW
from decisions.presenters.chronology import chronology
from decisions.presenters.findings import named_findings
from decisions.presenters.log import CONSENT_GROUPS, consent_words, lines
from decisions.presenters.record import sections
from rules.assess import assess
from rules.codes import Consent
from tests.decisions.cases import CHILD, PARTNER, Case, shown
from ui.moments import moment

Counting = Callable[[int], AbstractContextManager[Any]]


def test_sections_of_s01(closed: Case) -> None:
    decision = closed.again()
    assert [section.key for section in sections(decision)] == [
        "people",
        "concern",
        "request",
        "outcome",
        "consent",
        "information",
        "legal_basis",
        "sending",
    ]
    text = shown(decision)
    for words in (
        f"[people] {CHILD}",
        "aged 8 on 1 March 2026",
        "Alleged or suspected source of harm",
        closed.disclosure.reference,
        "They were informed, and object",
        "Says it was an accident",
        "Not asked: it is not safe to ask",
        "Must not be disclosed to: Kit Dunmore",
        "Not shared with Ravensmere children's social care: It has nothing to do",
        "Public task (UK GDPR",
        f"for {PARTNER}",
        "Gave the class teacher's name too.",
        "Will be informed later",
    ):
        assert words in text


def test_reading_costs_no_more_queries(closed: Case, django_assert_num_queries: Counting) -> None:
    decision = closed.again()
    with django_assert_num_queries(0):
        sections(decision)
        chronology(decision)
        facts_of(decision)


def test_the_log_costs_the_same_for_any_number(closed: Case, django_assert_num_queries: Counting) -> None:
    with django_assert_num_queries(7):
        rows = Decision.objects.with_sendings().annotate(**AUTHOR_NOW).filter(pk=closed.decision.pk)
        (line,) = lines(list(rows), timezone.localdate())
    assert (line.author, line.shared, line.consent) == (
        closed.cast.practitioner.full_name,
        True,
        "Someone refused, objected or withdrew",
    )
    assert (line.legal_basis, line.review_outcome) == ("Public task", "")


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (["GIVEN", "OBJECTED", "NOT_SOUGHT_UNSAFE"], "Someone refused, objected or withdrew"),
        (["WITHDRAWN"], "Someone refused, objected or withdrew"),
        (["GIVEN", "NOT_SOUGHT_UNSAFE"], "Someone was not asked"),
        (["GIVEN", "NOT_COMPETENT"], "Someone agreed"),
        (["AGREED_NOT_BASIS"], "Someone agreed"),
        (["GIVEN", "GIVEN_PARTIAL"], "Someone consented to part of it"),
        (["GIVEN", "NO_RESPONSE"], "Someone has not answered"),
        (["GIVEN_PARTIAL", "NOT_CONTACTABLE"], "Someone has not answered"),
        (["GIVEN", ""], "Someone's answer is missing"),
        (["NOT_NEEDED_ANON", "UNKNOWN"], "Someone's answer is missing"),
        (["NOT_COMPETENT", "NOT_NEEDED_ANON"], "Someone cannot decide"),
        (["NOT_NEEDED_ANON"], "No answer needed"),
        ([], "Nobody to ask"),
    ],
)
def test_the_gravest_answer_in_a_few_words(states: list[str], words: str) -> None:
    assert consent_words(states) == words


def test_every_answer_is_in_one_group_and_so_is_none() -> None:
    grouped = [state for group in CONSENT_GROUPS for state in group.states]
    assert sorted(grouped) == sorted(["", *(state.value for state in Consent)])


def test_a_line_says_what_the_filter_finds_it_by(closed: Case) -> None:
    """Whoever filters by the words of a line finds that line: for each answer somebody may have given."""
    choices = LogFilter({}, user=closed.cast.supervisor).fields["consent"].choices  # type: ignore[attr-defined]
    assert choices[1:] == [(group.key, group.words) for group in CONSENT_GROUPS]
    for group in CONSENT_GROUPS:
        for state in group.states:
            assert consent_words([state]) == group.words


@pytest.mark.parametrize("key", [group.key for group in CONSENT_GROUPS])
def test_each_group_can_be_filtered_by(closed: Case, key: str) -> None:
    form = LogFilter({"consent": key}, user=closed.cast.supervisor)
    found = form.narrowed(Decision.objects.filter(pk=closed.decision.pk))
    assert form.is_valid()
    [states] = [group.states for group in CONSENT_GROUPS if group.key == key]
    held = {person.consent_state for person in closed.again().people.all()}
    assert found.exists() is bool(states & held)


def test_what_happened_when(closed: Case) -> None:
    events = chronology(closed.again())
    assert [event.when for event in events] == sorted(event.when for event in events)
    titles = [event.title for event in events]
    assert titles.index("Advice from Duty manager") < titles.index("Decided: share what is needed")
    assert titles[-1] == "Recorded"


def test_what_was_written_down_late_says_so(closed: Case) -> None:
    """It stands where it happened, not where it was written."""
    later = closed.at + timedelta(days=2)
    happened = closed.at + timedelta(hours=1)
    by, recipient = closed.cast.practitioner, closed.decision.recipients.get()
    for sent_at, how in ((happened, "By post"), (later, "By hand")):
        answers = {"sent_at": sent_at, "how": how, "said_differently": "", "received_by": ""}
        actions.add_sending(
            decision=closed.decision, recipient=recipient, answers=answers, submission_id=uuid4(), by=by, at=later
        )
    events = chronology(closed.again())
    assert [event.text for event in events if event.text.startswith("By post")] == [
        f"By post (written down {moment(later)} by Asha Verrall)"
    ]
    assert [event.text for event in events][-2:] == [
        f"By post (written down {moment(later)} by Asha Verrall)",
        "By hand",
    ]


def test_findings_name_the_person(closed: Case) -> None:
    decision = closed.again()
    people = {str(person.pk): person.name for person in decision.people.all()}
    shown_first = named_findings(assess(facts_of(decision)).findings, people)
    assert all(one.message for one in shown_first)
    nobody = named_findings(assess(facts_of(decision)).findings, {})
    assert [one.code for one in nobody] == [one.code for one in shown_first]
