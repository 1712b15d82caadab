"""A later reader sees the guidance as it stood on the pages when they were answered, and what has changed since."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.urls import reverse

from audit.models import LedgerEntry
from decisions.models import Decision
from decisions.presenters.guidance import seen_on
from drafting import actions
from drafting.draft import load
from drafting.steps import step_on_path
from rules import guidance
from rules.guidance import newest, passages
from safeguarding.demo.filling import filled_page
from tests.cast import Cast
from tests.decisions import agreed
from tests.decisions import event_stories as stories
from tests.decisions.cases import refused, sql
from tests.pages import PageClient

cast, now, closed = agreed.cast, agreed.now, agreed.decision


def law_page(cast: Cast, decision: Decision) -> str:
    client = PageClient()
    client.force_login(cast.practitioner)
    return client.get(reverse("decisions:law", args=[decision.public_id])).content.decode()


def second(passage: str) -> guidance.Passage:
    first = newest(passage)
    assert first is not None
    return replace(first, version="2", points=("Something was added to this.",))


def shown(*names: str) -> set[tuple[str, str]]:
    """The passages as pages show them today."""
    return {(one.id, one.version) for one in map(newest, names) if one}


def test_what_stood_on_each_page_is_kept(closed: Decision) -> None:
    kept = {(row.page, row.passage) for row in closed.guidance_seen.all()}
    assert kept == {
        ("concern", "child_first"),
        ("outcome", "advice"),
        ("consent", "openness"),
        ("information", "need_to_know"),
        ("legal_basis", "their_choice"),
        ("sending", "openness"),
    }
    for row in closed.guidance_seen.all():
        shown = guidance.version_of(row.passage, row.version)
        assert shown is not None
        assert shown.sha256 == row.sha256


def test_it_is_entered_in_the_ledger_when_it_is_recorded(closed: Decision) -> None:
    entries = LedgerEntry.objects.filter(event="decision.part_recorded", object_repr__contains="guidance")
    assert entries.count() == closed.guidance_seen.count() > 0


def test_a_page_answered_again_keeps_what_it_says_then(cast: Cast, closed: Decision, now: datetime) -> None:
    draft = actions.supersede(decision=closed, by=cast.practitioner, at=now)
    story = stories.agreed(now)

    def answer(key: str, **changes: str) -> set[tuple[str, str]]:
        loaded = load(draft, cast.practitioner)
        step = step_on_path(loaded, key)
        assert step is not None
        page = step.page(loaded, filled_page(loaded, key, {**story[key], **changes}))
        assert page.is_valid(), [form.errors for form in page.forms]
        actions.save_page(page=page, version=loaded.version(page.key), by=cast.practitioner, at=now)
        return {(row.passage, row.version) for row in draft.guidance_seen.filter(page=key)}

    assert answer("people") == set()
    concern = {"what_changed": "She asked for more."}
    assert answer("concern", **concern) == shown("child_first")
    assert answer("request") == set()
    assert answer("outcome") == shown("advice")
    assert answer("consent") == shown("openness")
    answer("concern", **concern, level="s47")
    assert answer("consent") == shown("openness", "objections")
    answer("concern", **concern, level="none_or_early")
    assert answer("consent") == shown("openness")


def test_the_page_says_that_nothing_has_changed(cast: Cast, closed: Decision) -> None:
    page = law_page(cast, closed)
    assert "What the guidance said" in page
    assert page.count("It says the same today.") == len({row.passage for row in closed.guidance_seen.all()})
    assert "Changed since." not in page


def test_what_has_changed_since_stands_beside_what_was_seen(
    cast: Cast, closed: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = (*passages(), second("advice"))
    monkeypatch.setattr(guidance, "passages", lambda: every)
    page = law_page(cast, closed)
    assert page.count("Changed since.") == 1
    assert "Something was added to this." in page
    assert "Do not leave a child at risk because you fear being blamed." in page


def test_a_passage_that_is_shown_no_more_says_so(cast: Cast, closed: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    every = tuple(one for one in passages() if one.id != "advice")
    monkeypatch.setattr(guidance, "passages", lambda: every)
    (gone,) = [one for one in seen_on(closed) if one.gone]
    assert (gone.name, gone.seen) == ("advice", None)
    assert "No longer shown." in law_page(cast, closed)


def test_words_altered_behind_its_back_are_not_passed_off_as_seen(
    cast: Cast, closed: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = tuple(replace(one, points=("Rewritten.",)) if one.id == "advice" else one for one in passages())
    monkeypatch.setattr(guidance, "passages", lambda: every)
    page = law_page(cast, closed)
    assert "is not stored here" in page
    assert "Do not leave a child at risk" not in page


def test_the_database_keeps_it_as_it_was(closed: Decision) -> None:
    with refused("closed"):
        sql("UPDATE decisions_guidanceseen SET version = '2' WHERE decision_id = %s", closed.pk)
    with refused("closed"):
        sql("DELETE FROM decisions_guidanceseen WHERE decision_id = %s", closed.pk)
