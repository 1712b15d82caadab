"""What is typed after recording: every word is where it belongs and nowhere else."""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.models import Decision
from tests.cast import Cast
from tests.decisions import event_stories as stories
from tests.decisions.test_views_events import at
from tests.drafting.scenario_walk import Walk
from tests.test_tokens import Tokens, Watching, exported, kept_from_administrators, nowhere, text_of

# Which page shows which words is decided in Python, from rows that every engine gives alike.
pytestmark = pytest.mark.sqlite


def additions(decision: Decision, tokens: Tokens, now: datetime) -> list[tuple[str, list[Any], dict[str, str]]]:
    """Every page of what comes since, each of its boxes with a word of its own."""
    mother = decision.people.get(name=stories.MOTHER)
    school = str(decision.recipients.get(name=stories.SCHOOL).pk)
    sent = decision.sendings.get().public_id
    word = tokens.new
    return [
        (
            "add_receipt",
            [sent],
            {**at("received_at", now), "received_by": word("received_by"), "reference_given": word("reference_given")},
        ),
        (
            "add_response",
            [],
            {
                "recipient": school,
                "kind": "NO_FURTHER_ACTION",
                **at("at", now),
                "text": word("text"),
                "answered": word("answered"),
                "escalated_to": word("escalated_to"),
            },
        ),
        (
            "add_response",
            [],
            {
                "recipient": school,
                "kind": "WOULD_NOT_TAKE_IT",
                **at("at", now),
                "text": word("refusal text"),
                "refusal_answered": word("refusal_answered"),
                "refusal_escalated_to": word("refusal_escalated_to"),
            },
        ),
        (
            "add_consent_event",
            [mother.pk],
            {"consent_state": "WITHDRAWN", **at("consent_at", now), "consent_how": word("how"), "views": word("views")},
        ),
        (
            "add_addition",
            [],
            {"kind": "AMENDMENT", "section": "concern", "why": word("why"), "text": word("amendment")},
        ),
        (
            "add_addition",
            [],
            {"kind": "STATEMENT", "section": "whole", "stated_by": str(mother.pk), "text": word("statement")},
        ),
        (
            "add_wrong_information",
            [],
            {
                "item_wrong": str(decision.items.order_by("pk")[0].pk),
                "what_is_wrong": word("wrong"),
                "what_is_right": word("right"),
                **at("found_at", now),
            },
        ),
        (
            "add_read_back",
            [decision.consent_events.get(person=mother).public_id],
            {
                "outcome": "CORRECTED",
                "corrected_to": word("corrected_to"),
                "read_back_by": word("read_back_by"),
                **at("read_back_at", now),
            },
        ),
        ("add_statement", [mother.pk], {"text": word("statement to recipients"), **at("made_at", now)}),
        (
            "add_contact_plan",
            [mother.pk],
            {
                "kept_working": word("kept_working"),
                **at("planned_on", now),
                "planned_how": word("planned_how"),
                "planned_by": word("planned_by"),
            },
        ),
        (
            "add_complaint",
            [],
            {
                "kind": "OBJECTION",
                "made_by": "else",
                "made_by_other": word("made_by_other"),
                "text": word("complaint"),
                **at("received_at", now),
            },
        ),
    ]


def answers_to(decision: Decision, tokens: Tokens, now: datetime) -> list[tuple[str, list[Any], dict[str, str]]]:
    """What is recorded about rows that came since."""
    wrong, complaint = decision.wrong_information.get(), decision.complaints.get()
    statement, plan = decision.statements_to_recipients.get(), decision.contact_plans.get()
    school, word = decision.recipients.get(name=stories.SCHOOL).pk, tokens.new
    notified = {
        "was_notified": "yes",
        "notified_to": word("notified_to"),
        "how": word("how told"),
        **at("notified_at", now),
    }
    ended = {
        "outcome": "CONTINUED",
        "text": word("answer"),
        "answered_by": word("answered_by"),
        **at("answered_at", now),
    }
    return [
        ("add_correction", [wrong.public_id, school], notified),
        ("add_correction", [wrong.public_id, school], {"was_notified": "no", "why_not_notified": word("why not told")}),
        ("acknowledge_complaint", [complaint.public_id], {"how": word("how told"), **at("acknowledged_at", now)}),
        ("answer_complaint", [complaint.public_id], ended),
        (
            "add_statement_passed_on",
            [statement.public_id, school],
            {"was_passed_on": "yes", "how": word("how passed on"), **at("passed_on_at", now)},
        ),
        (
            "add_statement_passed_on",
            [statement.public_id, school],
            {"was_passed_on": "no", "why_not": word("why not passed on")},
        ),
        ("add_contact_outcome", [plan.public_id], {"had": "NOT_HAD", "text": word("why no contact")}),
    ]


def test_why_it_was_not_sent(cast: Cast) -> None:
    now, tokens = timezone.now(), Tokens()
    story = stories.agreed(now)
    decision = stories.recorded(cast, {**story, "sending": {**story["sending"], "sending": []}}, now)
    client = Watching()
    client.force_login(cast.practitioner)
    for recipient in decision.recipients.all():
        path = reverse("decisions:add_not_sent", args=[decision.public_id, recipient.pk])
        assert client.post(path, {"why": tokens.new(f"why not to {recipient.pk}")}).status_code == 302
    for page in ("detail", "print", "summary"):
        assert tokens.missing_from(text_of(client, page, decision)) == [], page


def line(decision: Decision, tokens: Tokens, now: datetime, **answers: str) -> dict[str, str]:
    school = str(decision.recipients.get(name=stories.SCHOOL).pk)
    return {
        "to": school,
        **at("sent_at", now),
        "how": tokens.new("line how"),
        "said_differently": tokens.new("line what"),
        **answers,
    }


def test_every_word_that_comes_since(cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now(), Tokens()
    until = timezone.localdate(now).replace(year=now.year + 1)
    decision = stories.recorded(cast, stories.group(now, until), now)
    walk = Walk(cast.practitioner)
    walk.client = client = Watching()
    client.force_login(cast.practitioner)
    posts = additions(decision, tokens, now)
    posts.append(("add_standing_sending", [], line(decision, tokens, now)))
    posts.append(("add_standing_sending", [], line(decision, tokens, now, to="else", outsider=tokens.new("outsider"))))
    for name, more, answers in posts:
        answer = client.post(reverse(f"decisions:{name}", args=[decision.public_id, *more]), answers)
        assert answer.status_code == 302, (name, answer.content.decode()[:2000])
    for name, more, answers in answers_to(decision, tokens, now):
        answer = client.post(reverse(f"decisions:{name}", args=[decision.public_id, *more]), answers)
        assert answer.status_code == 302, (name, answer.content.decode()[:2000])
    assert len(tokens.typed) > 20
    for page in ("detail", "print", "summary"):
        assert tokens.missing_from(text_of(client, page, decision)) == [], page
    for name in ("home", "decisions:log"):
        client.get(reverse(name))
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)
