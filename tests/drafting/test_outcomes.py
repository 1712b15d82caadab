"""Routes that lead from one decision to another: passed up, taken up again, stopped, and decided once for a group."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from audit.verification import verify
from decisions import actions
from decisions.facts.decision import facts_of
from decisions.models import Decision, Sending
from decisions.presenters.comparison import differences
from drafting import actions as drafting_actions
from drafting.actions import NotReady
from drafting.draft import load
from drafting.steps import path
from families.actions import add_team_to_family, remove_team_from_family
from rules.assess import assess
from safeguarding.demo.filling import Story, fill_story, record_story
from tests.cast import Cast
from tests.decisions import event_stories
from tests.decisions.cases import plain, refused, sql, twin_of
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene

WHY = "She is too frightened to say, and I am not sure."
MEANWHILE = "He stays with his aunt tonight."


cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture(scope="module")
def earlier(now: datetime) -> datetime:
    """When it was passed up, two hours ago."""
    return now - timedelta(hours=2)


@pytest.fixture(scope="module")
def previous(cast: Cast, earlier: datetime) -> Decision:
    """Passed up to the supervisor."""
    return passed_to_manager(cast, earlier)


@pytest.fixture(scope="module")
def agreement(cast: Cast, now: datetime) -> Decision:
    """S10: agreed and shared a month ago."""
    at = now - timedelta(days=30)
    return event_stories.recorded(cast, event_stories.agreed(at), at)


@pytest.fixture
def draft(cast: Cast, now: datetime) -> Decision:
    """Blank, about the people of S01."""
    family = cases.set_scene(cases.S01, cast, now)
    return drafting_actions.start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)


def passing(cast: Cast, at: datetime) -> Story:
    story = cases.s01(at)
    return {
        **{key: story[key] for key in ("people", "concern", "request")},
        "outcome": {
            **story["outcome"], "outcome": "PASSED_UP", "decider": str(cast.supervisor.public_id), "why_now": WHY,
        },
        "consent": {"consent": story["consent"]["consent"]},
        "sending": {"instead": MEANWHILE, "look_again_on": timezone.localdate(at) + timedelta(days=1)},
    }  # fmt: skip


def passed_to_manager(cast: Cast, at: datetime) -> Decision:
    family = cases.set_scene(cases.S01, cast, at)
    draft = drafting_actions.start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=at)
    return record_story(decision=draft, story=passing(cast, at), by=cast.practitioner, at=at)


def standing(cast: Cast, at: datetime) -> Decision:
    return event_stories.recorded(cast, event_stories.group(at, timezone.localdate(at) + timedelta(days=60)), at)


STOP: dict[str, Any] = {
    "concern": {"what_changed": "She wrote that she no longer agrees."},
    "outcome": {"why_now": "She withdrew, and nothing would let us go on without her."},
    "sending": {"instead": "Nobody is at risk; we stay in touch.",
                "recipients_informed": "The school, on the same day.",
             "cannot_recall": "The report the school has had since January."},
}  # fmt: skip


def stopped(cast: Cast, at: datetime) -> tuple[Decision, Decision]:
    """S10: agreed and shared, then withdrawn."""
    previous = event_stories.recorded(cast, event_stories.agreed(at), at)
    return previous, withdrawn(previous, cast, at + timedelta(days=20))


def withdrawn(previous: Decision, cast: Cast, later: datetime) -> Decision:
    mother = next(person for person in previous.people.all() if person.consent_state == "GIVEN")
    said = {
        "consent_state": "WITHDRAWN",
        "consent_at": later,
        "consent_how": "In writing",
        "views": "I would rather not",
    }
    actions.add_consent(
        decision=previous, person=mother, answers=said, submission_id=uuid4(), by=cast.practitioner, at=later
    )
    draft = drafting_actions.supersede(decision=previous, outcome="STOPPED", by=cast.practitioner, at=later)
    return record_story(decision=draft, story=stopping(previous, later), by=cast.practitioner, at=later)


def stopping(previous: Decision, at: datetime) -> Story:
    outcome = {**STOP["outcome"], "decided_at": at}
    return {
        **STOP,
        "outcome": outcome,
        "sending": {**STOP["sending"], "informing": {row.name: {"informed": "none"} for row in previous.people.all()}},
    }


class TestPassingToAManager:
    def test_asks_neither_what_is_given_nor_what_lets_you(self, previous: Decision, cast: Cast) -> None:
        assert [step.key for step in path(load(previous, cast.practitioner))] == [
            "people", "concern", "request", "outcome", "consent", "sending",
        ]  # fmt: skip
        assert previous.passed_to == cast.supervisor
        assert previous.passed_to_name == cast.supervisor.full_name

    def test_needs_somebody_to_decide(self, draft: Decision, cast: Cast, now: datetime) -> None:
        fill_story(decision=draft, story=passing(cast, now), by=cast.practitioner, at=now)
        plain(Decision).filter(pk=draft.pk).update(passed_to=None)
        with refused("passed to a manager: to whom is missing"):
            sql("UPDATE decisions_decision SET state = 'recorded', recorded_at = decided_at WHERE id = %s", draft.pk)
        with pytest.raises(NotReady):
            drafting_actions.record(decision=draft, by=cast.practitioner, at=now)

    def test_only_people_of_the_team_can_be_chosen(self, draft: Decision, cast: Cast) -> None:
        assert set(load(draft, cast.practitioner).possible_deciders) == {cast.teammate, cast.supervisor}

    def test_the_manager_decides_once_with_what_was_written(
        self, previous: Decision, cast: Cast, now: datetime
    ) -> None:
        later = now - timedelta(hours=1)
        draft = drafting_actions.supersede(decision=previous, by=cast.supervisor, at=later)
        assert draft.author == cast.supervisor
        assert (draft.facts, draft.level, draft.why_now) == (previous.facts, previous.level, WHY)
        second = Decision.objects.get(pk=drafting_actions.supersede(decision=previous, by=cast.supervisor, at=later).pk)
        assert draft == second
        twin = twin_of(draft)
        before = {(row.name, row.consent_state, row.views) for row in previous.people.all()}
        assert {(row.name, row.consent_state, row.views) for row in draft.people.all()} == before
        story = {**cases.s01(later), "concern": {"what_changed": "I have decided in her place."}}
        decided = record_story(decision=draft, story=story, by=cast.supervisor, at=later)
        assert decided.supersedes == previous
        assert not Decision.objects.passed_to(cast.supervisor).exists()
        assert next(iter(differences(_whole(previous), _whole(decided)))).what == "Decision"
        assert verify().sound
        with pytest.raises(drafting_actions.AlreadyRecorded):
            drafting_actions.record(decision=twin, by=cast.supervisor, at=later)
        assert not Decision.objects.supersedable_by(cast.supervisor).filter(pk=previous.pk).exists()

    @pytest.mark.parametrize("who", ["practitioner", "other_team", "administrator", "officer"])
    def test_is_nobody_elses_to_decide(self, previous: Decision, cast: Cast, now: datetime, who: str) -> None:
        with pytest.raises((Http404, PermissionDenied)):
            drafting_actions.supersede(decision=previous, by=getattr(cast, who), at=now)
        with pytest.raises(Http404):
            drafting_actions.supersede(decision=previous, by=cast.stranger.supervisor, at=now)


def _whole(decision: Decision) -> Decision:
    found: Decision = Decision.objects.with_parts().get(pk=decision.pk)
    return found


class TestSuperseding:
    def test_copies_items_and_the_grid(self, s01: Scene, cast: Cast, now: datetime) -> None:
        previous = s01.at("check").record_directly()
        draft = drafting_actions.supersede(decision=previous, by=cast.practitioner, at=now)

        def grid(decision: Decision) -> set[tuple[str, str, bool, str, frozenset[str]]]:
            return {
                (item.text, cell.recipient.name, cell.given, cell.why_withheld,
                 frozenset(row.person.name for row in item.about.all()))
                for item in decision.items.all() for cell in item.grid.all()
            }  # fmt: skip

        assert grid(draft) == grid(previous)
        assert (draft.outcome, draft.why_now, draft.decided_at) == ("", "", None)
        assert not draft.sendings.exists()

    def test_twice_is_once(self, previous: Decision, cast: Cast, now: datetime) -> None:
        again = [drafting_actions.supersede(decision=previous, by=cast.supervisor, at=now) for _ in range(2)]
        assert again[0] == again[1]
        assert Decision.objects.filter(supersedes=previous).count() == 1

    def test_a_draft_cannot_be_taken_up(self, draft: Decision, cast: Cast, now: datetime) -> None:
        with pytest.raises(Http404):
            drafting_actions.supersede(decision=draft, by=cast.practitioner, at=now)

    def test_leaves_an_entry_with_the_reference_and_no_text(
        self, previous: Decision, cast: Cast, now: datetime
    ) -> None:
        draft = drafting_actions.supersede(decision=previous, by=cast.supervisor, at=now)
        entry = LedgerEntry.objects.filter(event="decision.started", object_pk=str(draft.pk)).get()
        assert previous.reference in str(entry.additional_data)
        assert not [one for one in LedgerEntry.objects.filter(object_pk=str(draft.pk)) if WHY in str(one.changes)]

    def test_asks_what_has_changed(self, previous: Decision, cast: Cast, now: datetime) -> None:
        draft = load(drafting_actions.supersede(decision=previous, by=cast.supervisor, at=now), cast.supervisor)
        page = next(step.page(draft) for step in path(draft) if step.key == "concern")
        assert page.main.fields["what_changed"].required
        assert previous.reference in page.main.fields["what_changed"].label


class TestStopping:
    def test_is_offered_only_for_what_was_shared(self, previous: Decision, cast: Cast, now: datetime) -> None:
        draft = drafting_actions.supersede(decision=previous, outcome="STOPPED", by=cast.supervisor, at=now)
        assert draft.outcome == ""

    def test_may_be_chosen_for_a_draft_already_begun(self, agreement: Decision, cast: Cast, now: datetime) -> None:
        begun = drafting_actions.supersede(decision=agreement, by=cast.practitioner, at=now)
        assert begun.outcome == ""
        stops = drafting_actions.supersede(decision=agreement, outcome="STOPPED", by=cast.practitioner, at=now)
        assert (stops.pk, stops.outcome) == (begun.pk, "STOPPED")
        assert Decision.objects.get(pk=begun.pk).outcome == "STOPPED"

    def test_says_who_was_told_and_what_stays_out_there(self, agreement: Decision, cast: Cast, now: datetime) -> None:
        decision = withdrawn(agreement, cast, now - timedelta(days=10))
        assert decision.supersedes == agreement
        assert decision.outcome == "STOPPED"
        assert decision.cannot_recall == STOP["sending"]["cannot_recall"]
        assert [person.consent_state for person in decision.people.all()].count("WITHDRAWN") == 1
        states = list(
            agreement.consent_events.filter(person__consent_state="GIVEN").values_list("consent_state", flat=True)
        )
        assert states == ["GIVEN", "WITHDRAWN"]

    def test_the_database_refuses_to_stop_nothing(self, agreement: Decision, cast: Cast, now: datetime) -> None:
        draft = drafting_actions.supersede(decision=agreement, outcome="STOPPED", by=cast.practitioner, at=now)
        fill_story(decision=draft, story=stopping(agreement, now), by=cast.practitioner, at=now)
        plain(Decision).filter(pk=draft.pk).update(supersedes=None)
        with refused("stopped: what is stopped is missing"):
            sql("UPDATE decisions_decision SET state = 'recorded', recorded_at = decided_at WHERE id = %s", draft.pk)


class TestStanding:
    def test_is_decided_once_with_a_scope_and_an_end(self, cast: Cast, now: datetime) -> None:
        decision = standing(cast, now)
        assert decision.standing_scope
        facts = facts_of(_whole(decision))
        assert not {"STANDING_SCOPE", "STANDING_LONG", "STANDING_ENDED"} & {one.code for one in assess(facts).findings}

    def test_an_end_without_a_scope_is_refused_by_the_database(self, draft: Decision, now: datetime) -> None:
        with refused("decision_standing_has_a_scope"):
            plain(Decision).filter(pk=draft.pk).update(standing_until=timezone.localdate(now))

    def test_is_dropped_where_it_is_not_shared(self, draft: Decision, cast: Cast, now: datetime) -> None:
        plain(Decision).filter(pk=draft.pk).update(
            standing_until=timezone.localdate(now) + timedelta(days=9), standing_scope="Attendance"
        )
        story = passing(cast, now)
        story["outcome"].update(standing="on")
        decision = record_story(decision=draft, story=story, by=cast.practitioner, at=now)
        assert (decision.standing_until, decision.standing_scope) == (None, "")
        [entry] = LedgerEntry.objects.filter(event="decision.recorded", object_pk=str(decision.pk))
        assert "standing_scope" in str(entry.additional_data)


class TestInPassing:
    def test_a_family_and_an_unborn_child_are_written_down_on_the_way(self, cast: Cast, now: datetime) -> None:
        submission_id = uuid4()
        draft = drafting_actions.start_with_new_family(
            entry_route="DECIDING",
            team=cast.team,
            name="Marlowe",
            submission_id=submission_id,
            by=cast.practitioner,
            at=now,
        )
        again = drafting_actions.start_with_new_family(
            entry_route="DECIDING",
            team=cast.team,
            name="Marlowe",
            submission_id=submission_id,
            by=cast.practitioner,
            at=now,
        )
        assert draft == again
        due = timezone.localdate(now) + timedelta(days=60)
        baby = {"name": "Unborn baby", "role": "unborn", "age_kind": "due", "due_on": due,
                "parental_responsibility": "no"}  # fmt: skip
        partner = {"name": "Her partner", "role": "partner", "age_kind": "not_known",
                   "parental_responsibility": "unknown", "source_of_harm": "on"}  # fmt: skip
        story: Story = {"people": {"new": [baby, partner]}}
        _fill(draft, story, "people", cast.practitioner, now)
        people = {person.name: person for person in draft.people.all()}
        assert people["Unborn baby"].due_on == due
        assert people["Her partner"].source_of_harm
        family = draft.decision_families.get().family
        assert {person.name for person in family.people.all()} == {"Unborn baby", "Her partner"}

    def test_whoever_may_not_edit_families_is_not_asked(self, previous: Decision, cast: Cast, now: datetime) -> None:
        draft = load(drafting_actions.supersede(decision=previous, by=cast.supervisor, at=now), cast.supervisor)
        page = next(step.page(draft) for step in path(draft) if step.key == "people")
        assert [group.name for group in page.groups] == ["people"]


def _fill(decision: Decision, story: Story, key: str, by: User, at: datetime) -> None:
    from safeguarding.demo.filling import filled_page  # noqa: PLC0415  (beside its one use)

    draft = load(decision, by)
    step = next(step for step in path(draft) if step.key == key)
    page = step.page(draft, filled_page(draft, key, story[key]))
    assert page.is_valid(), [form.errors for form in page.forms if form.errors]
    drafting_actions.save_page(page=page, version=draft.version(step.page.key), by=by, at=at)


class TestNothingGetsOutOnTheWay:
    """What a review with fresh eyes found."""

    def test_the_manager_gets_items_and_reasons_weighed_so_far(self, s01: Scene, cast: Cast, now: datetime) -> None:
        walk = s01.at("check")
        with_reasons = walk.decision
        plain(Sending).filter(decision=with_reasons)._raw_delete("default")
        walk.skip(passing(cast, now), "outcome", "consent", "sending")
        passed = walk.record_directly()
        assert passed.items.count() > 0
        assert passed.why_no_more == with_reasons.why_no_more
        again = drafting_actions.supersede(decision=passed, by=cast.supervisor, at=now)
        assert {item.text for item in again.items.all()} == {item.text for item in passed.items.all()}
        assert again.why_outweighs == with_reasons.why_outweighs

    def test_a_family_out_of_sight_is_not_carried_on(self, previous: Decision, cast: Cast, now: datetime) -> None:
        family = previous.decision_families.get().family
        add_team_to_family(family=family, team=cast.other_team_row, by=cast.practitioner, at=now)
        remove_team_from_family(family=family, team=cast.team, by=cast.practitioner, at=now)
        with pytest.raises((PermissionDenied, Http404)):
            drafting_actions.supersede(decision=previous, by=cast.supervisor, at=now)
        assert not Decision.objects.filter(supersedes=previous).exists()
