"""Routes that few take: every word typed on them stands on the record, on paper, in a summary and in the server's
export, and none gets out of an administrator's."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions import actions
from decisions.models import Decision, UrgentRecord
from drafting import actions as drafting_actions
from families.models import Family
from reviews.actions import add_second_look, record_review, reply
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions import event_stories
from tests.decisions.test_views_events import at
from tests.drafting import scenario_cases as cases
from tests.drafting.households import address_book, household
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_actions_urgent import completed
from tests.drafting.test_outcomes import passing, stopping
from tests.in_turn import THOROUGH, one_in_turn
from tests.test_tokens import (
    SIFTED,
    Tokens,
    Watching,
    boxes,
    exported,
    fill_with_tokens,
    kept_from_administrators,
    nowhere,
    recorded_alone,
    text_of,
    walk_with_tokens,
    watched,
)

# Which page shows which words is decided in Python, from rows that every engine gives alike.
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

Begun = tuple[Walk, cases.Story]


def signed_in(cast: Cast) -> Watching:
    client = Watching()
    client.force_login(cast.practitioner)
    return client


def begun(case: cases.Case, story: cases.Story, cast: Cast, now: datetime) -> Begun:
    family = cases.set_scene(case, cast, now)
    return on_the_first_page(case.entry_route, family, cast), story


def on_the_first_page(entry_route: str, family: Family, cast: Cast) -> Walk:
    walk = watched(cast.practitioner)
    walk.begin(entry_route, family, cast.team)
    walk.at = walk.path("people")
    return walk


def standing(cast: Cast, now: datetime) -> Begun:
    """Decided once for a group: what it may share, and what not."""
    story = event_stories.group(now, timezone.localdate(now) + timedelta(days=60))
    [sent] = story["sending"]["sending"]
    story["sending"]["sending"].append({**sent, "recipient": event_stories.HOUSING})
    address_book(*story["request"]["recipients"], by=cast.administrator, at=now)
    family = household(event_stories.PEOPLE, team=cast.team, by=cast.practitioner, at=now, name="Hartwell")
    return on_the_first_page("DECIDING", family, cast), story


def put_off(cast: Cast, now: datetime) -> Begun:
    story = cases.s02(now)
    basis = {name: story["legal_basis"][name] for name in ("risk_if_shared", "risk_if_not")}
    later = {**story["outcome"], "outcome": "DEFERRED"}
    return begun(cases.S02, {**story, "outcome": later, "legal_basis": basis}, cast, now)


def passed_to_manager(cast: Cast, now: datetime) -> Begun:
    return begun(cases.S01, dict(passing(cast, now)), cast, now)


def stopped(cast: Cast, now: datetime) -> Begun:
    """Taken up after a withdrawal: what has changed, who was told, what cannot be called back."""
    previous = event_stories.recorded(cast, event_stories.agreed(now), now)
    said = {"consent_state": "WITHDRAWN", "consent_at": now, "consent_how": "In writing", "views": "No more"}
    mother = previous.people.get(name=event_stories.MOTHER)
    actions.add_consent(
        decision=previous, person=mother, answers=said, submission_id=uuid4(), by=cast.practitioner, at=now
    )
    walk = watched(cast.practitioner)
    again = reverse("drafting:supersede", args=[previous.public_id])
    walk.get(f"{again}?outcome=STOPPED")
    walk.send(f"{again}?outcome=STOPPED", {"submission_id": walk.hidden("submission_id")})
    walk._decision = Decision.objects.get(supersedes=previous)
    return walk, dict(stopping(previous, now))


# What the two in the middle ask, another page or `not_share` of test_tokens asks too but for one box.
ROUTES = [standing, put_off, passed_to_manager, stopped] if THOROUGH else one_in_turn([standing, stopped])
# What only that route asks, by the name of its box.
ASKED_THERE = {
    "standing": {"outcome outcome-standing_scope"},
    "put_off": {"sending instead-instead", "sending instead-asker_informed"},
    "passed_to_manager": {"sending instead-instead"},
    "stopped": {"concern concern-what_changed", "sending instead-recipients_informed", "sending instead-cannot_recall"},
}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_every_word_of_a_route(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture, route: Callable[[Cast, datetime], Begun]
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = Tokens()
    walk, story = route(cast, timezone.now())
    walk_with_tokens(walk, story, tokens)
    assert ASKED_THERE[route.__name__] <= set(tokens.typed.values())
    walk.get(walk.check_path)
    assert tokens.missing_from(walk.html) == []
    walk.record()
    assert isinstance(walk.client, Watching)
    for page in ("detail", "print"):
        assert tokens.missing_from(text_of(walk.client, page, walk.decision)) == [], page
    left_out = tokens.missing_from(text_of(walk.client, "summary", walk.decision))
    assert [where for where in left_out if not SIFTED.match(where)] == []
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


def test_why_each_recipient_does_not_get_it_is_distinguished(cast: Cast) -> None:
    """One thing held back from two: the reason stands with the name of each who does not get it."""
    now, tokens = timezone.now(), Tokens()
    walk, story = begun(cases.S03, cases.s03(now), cast, now)
    before, after = cases.SHARE_ROUTE[:5], cases.SHARE_ROUTE[6:]
    walk.skip(story, *before)
    fill_with_tokens(walk, "information", story["information"], tokens)
    walk.skip(story, *after)
    walk.record_directly()
    whys = {token for token, where in tokens.typed.items() if "-why" in where}
    item = next(one for one in walk.recorded.items.all() if one.grid.filter(given=False).count() == 2)
    reasons = [(cell.recipient.name, cell.why_withheld) for cell in item.grid.select_related("recipient")]
    text = text_of(signed_in(cast), "detail", walk.decision)
    for name, why in reasons:
        assert why.removeprefix("Because ") in whys
        assert f"Not shared with {name}: {why}" in text


def test_the_urgent_record_is_on_paper_and_in_a_summary(cast: Cast) -> None:
    """In the words in which they were written first, beside the rest."""
    now, tokens = timezone.now(), Tokens()
    words = {name: tokens.new(f"urgent record {name}") for name in ("who", "information", "recipient", "why", "how")}
    answers = {**words, "shared_at": now}
    drafting_actions.record_urgent(team=cast.team, answers=answers, submission_id=uuid4(), by=cast.practitioner, at=now)
    family = household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=now)
    decision = completed(cast, family, UrgentRecord.objects.get(), timezone.now())
    for page in ("detail", "print", "summary"):
        assert tokens.missing_from(text_of(signed_in(cast), page, decision)) == [], page


def test_reviews_are_on_paper(cast: Cast) -> None:
    """They are about the decision and not of it, so no summary for another system carries them."""
    now, tokens = timezone.now(), Tokens()
    decision = cases.begin_at("check", cases.S01, cases.s01(now), cast, now).record_directly()
    comment, answer = tokens.new("comment"), tokens.new("reply")
    review = record_review(decision=decision, outcome="RETURNED", comment=comment, by=cast.supervisor, at=now)
    reply(review=review, text=answer, by=cast.practitioner, at=now)
    assert tokens.missing_from(text_of(signed_in(cast), "print", decision)) == []
    assert tokens.missing_from(text_of(signed_in(cast), "summary", decision)) == ["comment", "reply"]


def test_a_second_look_is_on_paper(cast: Cast) -> None:
    now, tokens = timezone.now(), Tokens()
    decision = recorded_alone(cast, now - timedelta(days=9))
    add_second_look(decision=decision, text=tokens.new("second look"), by=cast.practitioner, at=now)
    assert tokens.missing_from(text_of(signed_in(cast), "print", decision)) == []
    assert tokens.missing_from(text_of(signed_in(cast), "summary", decision)) == ["second look"]


def test_sendings_and_informing_that_come_since(cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now(), Tokens()
    decision = event_stories.recorded(cast, event_stories.agreed(now), now)
    mother, housing = (
        decision.people.get(name=event_stories.MOTHER),
        decision.recipients.get(name=event_stories.HOUSING),
    )
    told = {"informed": "yes", "informed_state": "PARTLY_TOLD", **at("informed_at", now), "informed_safely": "yes"}
    later = {"informed": "no", "not_informed_state": "DELEGATED"}
    pages = [
        (
            "add_sending",
            [],
            {"recipient": str(housing.pk), **at("sent_at", now)},
            ["how", "said_differently", "received_by", "conditions_agreed", "return_agreed"],
        ),
        ("add_informing", [mother.pk], told, ["informed_how", "informed_by", "informed_note", "safe_contact"]),
        ("add_informing", [mother.pk], later, ["informing_text", "informing_agreed_with"]),
    ]
    walk = watched(cast.practitioner)
    for name, more, answers, asked in pages:
        path = reverse(f"decisions:{name}", args=[decision.public_id, *more])
        walk.get(path)
        walk.send(path, {**answers, **{box: f"Because {tokens.new(f'{name} {box}')}" for box in asked}})
    client = signed_in(cast)
    for page in ("detail", "print"):
        assert tokens.missing_from(text_of(client, page, decision)) == [], page
    assert tokens.missing_from(text_of(client, "summary", decision)) == ["add_informing safe_contact"]
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


def test_people_written_down_in_passing(cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A family that is not here yet and its child, through the form's first page."""
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now(), Tokens()
    address_book(stories.SOCIAL_CARE, by=cast.administrator, at=now)
    walk = watched(cast.practitioner)
    walk.get(path := reverse("drafting:start"))
    family = {"family": "new", "family_name": tokens.new("family name"), "team": str(cast.team.public_id)}
    walk.send(path, {"entry_route": "DECIDING", "submission_id": walk.hidden("submission_id"), **family})
    walk._decision = Decision.objects.get()
    child = {"name": "A child", "role": "child", "age_kind": "not_known"}
    walk.open("people")
    sent = walk.filled("people", {"new": [child]})
    for box in boxes(walk.page, sent):
        sent[box] = tokens.new(f"people {box}")
    walk.send(walk.path("people"), sent)
    assert {"people new-0-name", "people new-0-communication_need"} <= set(tokens.typed.values())
    walk_with_tokens(walk, not_shared_about(walk.decision.people.get().person.name, now), tokens)
    walk.record()
    for page in ("detail", "print"):
        assert tokens.missing_from(text_of(signed_in(cast), page, walk.decision)) == ["family name"], page
    left_out = tokens.missing_from(text_of(signed_in(cast), "summary", walk.decision))
    assert [where for where in left_out if not SIFTED.match(where)] == ["family name"]
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


def not_shared_about(baby: str, now: datetime) -> cases.Story:
    return {
        "concern": {"facts": "Seen in clinic.", "level": "s17"},
        "request": {"trigger": "PRO", "recipients": [stories.SOCIAL_CARE]},
        "outcome": {"outcome": "NOT_SHARED", "decided_at": now - timedelta(minutes=5), "why_now": "Not needed."},
        "consent": {"consent": {baby: {"spoken": "cannot", "cannot": "NOT_COMPETENT"}}},
        "legal_basis": {
            "no_basis": "none",
            "no_basis_reason": "None.",
            "risk_if_shared": "Some.",
            "risk_if_not": "None.",
        },
        "sending": {
            "instead": "Watched.",
            "look_again_on": timezone.localdate(now),
            "informing": {baby: {"informed": "none"}},
        },
    }
