"""What is typed after recording, and what goes into a summary: every word is where it belongs and nowhere else."""

import logging
import re
from collections.abc import Callable
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
from tests.drafting import scenario_cases as cases
from tests.drafting.households import address_book
from tests.drafting.scenario_walk import Walk
from tests.pages import Page
from tests.test_tokens import (
    Tokens,
    Watching,
    exported,
    family_of_tokens,
    kept_from_administrators,
    not_share,
    nowhere,
    renamed,
    share,
    walk_with_tokens,
)


def text_of(client: Watching, name: str, decision: Decision) -> str:
    answer = client.get(reverse(f"decisions:{name}", args=[decision.public_id]))
    [main] = Page(answer.content.decode()).all("main")
    return main.text


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
    ]


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
    assert len(tokens.typed) > 15
    for page in ("detail", "print", "summary"):
        assert tokens.missing_from(text_of(client, page, decision)) == [], page
    for name in ("home", "decisions:log"):
        client.get(reverse(name))
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


# Boxes whose words may stay out of a summary: a safe way to reach somebody, and what is said of an item held from it.
SIFTED = re.compile(r"^(information item-\d+-|sending informing-\d+-safe_contact$)")


@pytest.mark.parametrize("road", [share, not_share], ids=lambda road: road.__name__)
def test_every_word_is_in_the_summary_unless_it_is_protected(
    cast: Cast, road: Callable[[Cast, datetime], tuple[cases.Case, cases.Story]]
) -> None:
    now, tokens = timezone.now(), Tokens()
    case, story = road(cast, now)
    address_book(*case.recipients, by=cast.administrator, at=now)
    family = family_of_tokens(case.people, cast, tokens, now)
    names = {person.name: row.name for person, row in zip(case.people, family.people.order_by("pk"), strict=True)}
    walk = Walk(cast.practitioner).sign_in().start(case.entry_route, family, cast.team)
    walk_with_tokens(walk, renamed(story, names), tokens)
    walk.record()
    client = Watching()
    client.force_login(cast.practitioner)
    whole = text_of(client, "print", walk.decision)
    assert tokens.missing_from(whole) == ["family name"]
    left_out = [
        where for where in tokens.missing_from(text_of(client, "summary", walk.decision)) if where != "family name"
    ]
    assert [where for where in left_out if not SIFTED.match(where)] == []
    assert any(where.endswith("safe_contact") for where in left_out)
