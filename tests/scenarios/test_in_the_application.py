"""What is expected of the scenarios and is no matter of the rules: seen on the pages, as the people in them see it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.facts.decision import facts_of
from decisions.models import Decision
from decisions.presenters.chronology import chronology
from drafting import actions
from families.details import PersonDetails
from reminders.due import tasks
from reviews.due_dates import TARGET
from rules.deadlines import fgm
from rules.reply_deadlines import transfer
from safeguarding.demo import stories
from safeguarding.demo.filling import record_story
from tests import shared
from tests.cast import Cast
from tests.decisions import event_stories
from tests.decisions.cases import recorded_twin, twin_of
from tests.drafting import scenario_cases as cases
from tests.drafting import test_actions_urgent as urgent_cases
from tests.drafting.households import household
from tests.drafting.scenario_cases import Case, Story, begin_at
from tests.drafting.scenario_scenes import Scene, filled
from tests.drafting.scenario_walk import Walk
from tests.pages import PageClient, parsed
from tests.scenarios import stories_here as here
from ui.moments import moment

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


cast, now = shared.cast, shared.now


@pytest.fixture(scope="module")
def s01(cast: Cast, now: datetime) -> Decision:
    return recorded(cast, cases.S01, cases.s01(now), now)


@pytest.fixture(scope="module")
def parents(cast: Cast, now: datetime) -> Scene:
    return filled(here.PARENTS, here.parents(now), cast, now)


@pytest.fixture(scope="module")
def parents_recorded(cast: Cast, parents: Scene, now: datetime) -> Decision:
    return actions.record(decision=twin_of(parents.at("check").decision), by=cast.practitioner, at=now)


@pytest.fixture(scope="module")
def _young(cast: Cast, now: datetime) -> Decision:
    walk = Walk(cast.practitioner)
    walk.begin(here.YOUNG.entry_route, cases.set_scene(here.YOUNG, cast, now), cast.team)
    walk.skip(here.young(now), "people", "concern", "request", "outcome", "consent")
    return walk.decision


@pytest.fixture
def young(cast: Cast, _young: Decision) -> Walk:
    """As far as what they say."""
    walk = Walk(User.objects.get(pk=cast.practitioner.pk), _young)
    walk.client.force_login(walk.user)
    return walk


def recorded(cast: Cast, case: Case, story: Story, at: datetime) -> Decision:
    family = cases.set_scene(case, cast, at)
    draft = actions.start(entry_route=case.entry_route, team=cast.team, family=family, by=cast.practitioner, at=at)
    return record_story(decision=draft, story=story, by=cast.practitioner, at=at)


def text(client: PageClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return parsed(answer.content.decode()).root.text


def read(cast: Cast, decision: Decision, as_user: SignIn) -> str:
    return text(as_user(cast.practitioner), reverse("decisions:detail", args=[decision.public_id]))


class TestS01:
    def test_the_partner_is_on_the_home_page_on_the_day_that_was_set(self, cast: Cast, as_user: SignIn) -> None:
        """Decided on 10 March, to be looked at again on the 13th."""
        at = datetime.fromisoformat("2026-03-10T10:40:00+00:00")
        decision = recorded(cast, cases.S01, cases.s01(at), at)
        due = {
            day: [task.what for task in tasks(cast.practitioner, date(2026, 3, day)) if task.due == date(2026, 3, 13)]
            for day in (12, 13)
        }
        assert due == {12: [], 13: ["Review who has been informed"]}
        page = text(as_user(cast.practitioner), reverse("home"))
        assert f"Review who has been informed: {decision.reference}" in page
        assert "Kit Dunmore" not in page

    def test_the_review_queue_has_it_within_five_working_days(self, cast: Cast, s01: Decision, as_user: SignIn) -> None:
        page = text(as_user(cast.supervisor), reverse("reviews:queue"))
        assert s01.reference in page
        assert TARGET == 5
        assert "Review within 5 working days" in page


class TestS04:
    def test_nothing_lets_her_mother_answer_for_her(self, young: Walk) -> None:
        """Once it is written down that she can decide, her mother's yes is not suggested for her."""
        girl, mother = (young.draft.decision.people.get(person__name=name) for name in (here.GIRL, here.MOTHER))
        young.open("consent")
        covered = [one for name, one in young.shown().items() if name.startswith(f"consent-{mother.pk}-covers")]
        assert [str(mother.pk)] in covered
        assert all(str(girl.pk) not in one for one in covered)

    def test_her_mothers_yes_cannot_be_said_to_cover_her(self, young: Walk) -> None:
        girl, mother = (young.draft.decision.people.get(person__name=name) for name in (here.GIRL, here.MOTHER))
        young.open("consent")
        offered = {
            one.attrs.get("value")
            for one in young.page.all("input")
            if one.attrs.get("name") in {f"consent-{mother.pk}-covers", f"consent-{mother.pk}-part_covers"}
        }
        assert str(mother.pk) in offered
        assert str(girl.pk) not in offered


class TestS05:
    def test_the_home_page_says_so_until_it_is_done(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        family = household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=now)
        urgent = urgent_cases.record(cast, at=now, shared_at=now - HOUR)
        client = as_user(cast.practitioner)
        words = f"Complete the urgent record: {urgent.reference}"
        assert words in text(client, reverse("home"))
        assert words in text(client, reverse("home")), "reading it is not doing it"
        urgent_cases.completed(cast, family, urgent, now)
        assert words not in text(client, reverse("home"))

    def test_how_long_after_deciding_it_was_recorded(
        self, cast: Cast, s01: Decision, now: datetime, as_user: SignIn
    ) -> None:
        at = now.replace(second=0, microsecond=0)
        decision = recorded_twin(s01, at=at, decided_at=at - 11 * HOUR - timedelta(minutes=5))
        assert "Recorded 11 hours 5 minutes after the decision." in read(cast, decision, as_user)


class TestS06:
    def test_no_choice_is_offered_and_openness_is(self, parents: Scene, now: datetime) -> None:
        walk = parents.at("request")
        walk.skip(here.ordered(now), "request", "outcome")
        walk.open("consent")
        assert "no choice" in walk.text, "it says that there is none"
        assert "Do they have a real choice about this?" not in walk.text
        assert not [name for name in walk.names_on_page() if name.startswith("choice-")]


class TestS07:
    def test_the_advice_comes_before_the_decision(
        self, cast: Cast, parents_recorded: Decision, as_user: SignIn
    ) -> None:
        decision = parents_recorded
        advice = decision.advice.get()
        assert decision.decided_at
        assert advice.given_at
        assert advice.given_at < decision.decided_at
        happened = [event.title for event in chronology(Decision.objects.with_parts().get(pk=decision.pk))]
        [decided] = [number for number, title in enumerate(happened) if title.startswith("Decided")]
        assert happened.index(f"Advice from {here.GUARDIAN}") < decided
        assert here.GIST in read(cast, decision, as_user)


class TestS08:
    def test_counted_from_the_first_day_at_the_new_school(self, cast: Cast, now: datetime) -> None:
        """She started twenty days before anybody decided: the file is late already."""
        starts_on, today = timezone.localdate(now) - 20 * DAY, timezone.localdate(now)
        story = event_stories.transfer(now)
        story["request"] |= {"starts_on": starts_on}
        decision = event_stories.recorded(cast, story, now)
        [task] = [one for one in tasks(cast.practitioner, today) if decision.reference in one.words]
        assert task.due == transfer(starts_on, today).day
        assert task.overdue


class TestS11:
    def test_each_parent_has_a_row_and_no_one_answer_stands_for_both(self, parents_recorded: Decision) -> None:
        decision = parents_recorded
        said = {event.person.name: event.consent_state for event in decision.consent_events.select_related("person")}
        assert said == {here.CHILD: "NOT_COMPETENT", here.MOTHER: "GIVEN", here.FATHER: "REFUSED"}
        facts = facts_of(Decision.objects.with_parts().get(pk=decision.pk))
        parents = {person.role: person.parental_responsibility for person in facts.people}
        assert (parents["mother"], parents["father"]) == ("yes", "yes")
        flags = [
            field.name for field in Decision._meta.get_fields() if "parental" in field.name or field.name == "consent"
        ]
        assert flags == []

    def test_what_both_said_stands_on_the_record(self, cast: Cast, parents_recorded: Decision, as_user: SignIn) -> None:
        decision = parents_recorded
        page = read(cast, decision, as_user)
        for words in (here.HERS, here.HIS, "I want help at school.", "Consent given", "Consent refused"):
            assert words in page
        seen = text(as_user(cast.supervisor), reverse("reviews:review", args=[decision.public_id]))
        assert "Two people with parental responsibility disagree" in seen


class TestS12:
    def test_both_days_are_shown(self, cast: Cast, now: datetime) -> None:
        found = now - 2 * HOUR
        asked = {"trigger": "MANDATORY", "duty_code": "FGMA03_5B", "duty": "She told me at break.",
                 "how_discovered": "GIRL_TOLD", "discovered_at": found,
                 "recipients": [stories.SOCIAL_CARE]}  # fmt: skip
        walk = begin_at("outcome", here.YOUNG, {**here.young(now), "request": asked}, cast, now)
        due = fgm(timezone.localdate(found))
        shown = walk.open("outcome").root.text + walk.get(walk.check_path).root.text
        assert moment(due.expected) in shown
        assert moment(due.last) in shown


class TestS18:
    def test_a_no_leaves_the_level_as_it_was(self, parents: Scene, now: datetime) -> None:
        walk = parents.at("consent")
        assert walk.draft.decision.level == "s17"
        walk.fill("consent", here.parents(now)["consent"])
        assert walk.draft.decision.people.get(person__name=here.FATHER).consent_state == "REFUSED"
        assert walk.draft.decision.level == "s17"


class TestS19:
    def test_the_baby_has_a_due_date_and_no_age(self, cast: Cast, now: datetime) -> None:
        due = timezone.localdate(now) + 83 * DAY
        baby = PersonDetails(name="Unborn baby of Orla", role="unborn", due_on=due, parental_responsibility="no")
        story = {**here.parents(now), "people": {"people": {baby.name: {"on": "on"}, here.MOTHER: {"on": "on"}}}}
        case = Case("DECIDING", [baby, here.MUM], (stories.SOCIAL_CARE,), "nhs", "Tanning")
        walk = Walk(cast.practitioner, signed_in=True)
        walk.begin(case.entry_route, cases.set_scene(case, cast, now), cast.team)
        walk.skip(story, "people", "concern", "request", "outcome")
        unborn = next(person for person in facts_of(walk.draft.decision).people if person.role == "unborn")
        assert (unborn.age, unborn.due_on) == (None, due)
        assert f"due {moment(due)}" in walk.open("consent").root.text


class TestX02:
    def test_the_check_page_says_why_and_offers_the_usual_set(self, parents: Scene, now: datetime) -> None:
        story = here.parents(now)
        consent = {**story["legal_basis"], "l1": "ART6_A"}
        walk = parents.at("legal_basis")
        walk.skip({**story, "legal_basis": consent}, "legal_basis", "sending")
        walk.get(walk.check_path)
        why = (
            f"{here.FATHER}: This person has not consented, so “Consent” cannot be your lawful basis. Choose another: "
        )
        assert why in walk.text
        assert "Public task" in walk.text[walk.text.index(why) + len(why) :][:60]
        walk.send(walk.record_path, {}, status=422)
        assert walk.decision.pk in Decision.objects.filter(state="draft").values_list("pk", flat=True)


class TestX03:
    def test_nobody_agreed_is_recorded_and_seen_first(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        story = cases.s03(now)
        father = stories.FEAR_PEOPLE[2].name
        alone = {**story["sending"]["informing"][father], "informing_agreed_with": ""}
        sent = {**story["sending"], "informing": {**story["sending"]["informing"], father: alone}}
        decision = recorded(cast, cases.S03, {**story, "sending": sent}, now)
        page = text(as_user(cast.supervisor), reverse("reviews:review", args=[decision.public_id]))
        assert f"{father}: Enter who agreed that this person is not informed" in page
