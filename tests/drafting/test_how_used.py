"""How a recipient will use it: beside its name where it is chosen what is shared, and to change for this decision."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Recipient
from audit import ledger
from decisions.models import DecisionRecipient
from drafting import actions
from drafting.draft import Draft, load
from drafting.pages.how_used import NO_WORDS, HowUsedForm
from drafting.pages.request_recipients import save_chosen_and_asker
from drafting.steps import step_on_path
from drafting.talks import talk_with
from safeguarding.demo import stories
from tests.decisions.cases import plain
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_rows import post

pytestmark = pytest.mark.sqlite

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
BOOK, OWN = "They look at it and ring you.", "They will ring on Monday."
MOTHER = stories.BRUISE_PEOPLE[1].name


@pytest.fixture
def walk(s01: Scene) -> Walk:
    """Everything answered, with words in the address book."""
    walk = s01.at("check")
    plain(Recipient).filter(organisation=walk.decision.organisation).update(how_used=BOOK)
    return walk


def form_of(draft: Draft, data: Any = None) -> Any:
    step = step_on_path(draft, "information")
    assert step is not None
    page = step.page(draft, data)
    [form] = [row for group in page.groups for row in group.rows if isinstance(row, HowUsedForm)]
    return page, form


def typed(walk: Walk, text: str) -> DecisionRecipient:
    page, form = form_of(walk.draft)
    page, _ = form_of(walk.draft, post(page, **{form["how_used"].html_name: text}))
    assert page.is_valid()
    version = walk.draft.version("information")
    draft = actions.save_page(page=page, version=version, by=walk.user, at=timezone.now(), judge=False)
    return draft.recipients[0]


def test_it_stands_beside_the_recipient_and_is_folded(walk: Walk) -> None:
    _, form = form_of(walk.draft)
    assert (form.legend, form.lead, form.is_unfolded) == (stories.SOCIAL_CARE, BOOK, False)
    assert not form.fields["how_used"].required
    for page in ("information", "consent"):
        assert BOOK in walk.client.get(walk.path(page)).content.decode()


def test_where_the_address_book_has_no_words_it_says_so(walk: Walk) -> None:
    plain(Recipient).update(how_used="")
    assert form_of(walk.draft)[1].lead == NO_WORDS
    assert "How they will use it" not in walk.client.get(walk.path("consent")).content.decode()


@pytest.mark.parametrize(("text", "kept", "changed"), [(BOOK, BOOK, False), (OWN, OWN, True), ("", "", True)])
def test_it_is_changed_for_this_decision_alone(walk: Walk, text: str, kept: str, *, changed: bool) -> None:
    row = typed(walk, text)
    assert (row.how_used, row.how_used_changed) == (kept, changed)
    assert row.recipient is not None
    assert row.recipient.how_used == BOOK


@pytest.mark.parametrize(("text", "kept"), [(BOOK, "Another way since."), (OWN, OWN)])
def test_recording_keeps_what_was_changed_and_else_the_address_book(walk: Walk, text: str, kept: str) -> None:
    typed(walk, text)
    plain(Recipient).update(how_used="Another way since.")
    decision = actions.record(decision=walk.decision, by=walk.user, at=timezone.now())
    assert decision.recipients.get().how_used == kept


def test_the_words_for_the_talk_are_those(walk: Walk) -> None:
    typed(walk, OWN)
    draft = load(walk.decision, walk.user)
    mother = next(row for row in draft.people if row.name == MOTHER)
    said = talk_with(draft, mother, timezone.localdate(), "").talk
    assert OWN in [block.text for section in said.sections for block in section.blocks]


def test_the_one_who_asked_keeps_it_until_somebody_else_asks(walk: Walk) -> None:
    """Who asked is written again each time the page of recipients is saved."""
    decision = walk.decision
    row = typed(walk, OWN)
    first = row.recipient
    assert first is not None
    row.is_asker, decision.trigger = True, "REQ"
    for asked_by, kept in ((first.name, OWN), ("Somebody else", "")):
        decision.asked_by_organisation = asked_by
        with ledger.recording(actor=walk.user, at=timezone.now()):
            save_chosen_and_asker(decision, [row], [first] if asked_by == first.name else [], kind="")
        assert row.how_used == kept


def test_a_form_that_did_not_ask_changes_nothing(walk: Walk) -> None:
    page, form = form_of(walk.draft)
    data = post(page)
    del data[form["how_used"].html_name]
    page, _ = form_of(walk.draft, data)
    assert page.is_valid()
    actions.save_page(
        page=page, version=walk.draft.version("information"), by=walk.user, at=timezone.now(), judge=False
    )
    assert not DecisionRecipient.objects.get(decision=walk.decision).how_used_changed
