"""Words under an answer that was not chosen, and people taken out: asked first, never thrown away unseen."""

from datetime import datetime

import pytest
from django.http import QueryDict

from decisions.models import DecisionPerson
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions.cases import MOTHER
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_cases import begin_at
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

CHILD, _, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)

NUMBER = "01632 960333"


cast, now = scenario_scenes.cast, scenario_scenes.now
s01 = scenario_scenes.s01


def shown(walk: Walk) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in walk.shown().items():
        data.setlist(name, values)
    data["then"] = ""
    return data


def person(walk: Walk, name: str) -> DecisionPerson:
    return next(one for one in walk.draft.people if one.name == name)


def linked(walk: Walk, words: str) -> bool:
    """In the summary at the head of the page with a link, and beside the question."""
    links = [one for one in walk.page.all("a") if words in one.text and one.attrs.get("href", "").startswith("#")]
    return len(links) == 1 and any(words in text for text in walk.errors)


class TestWordsUnderAnotherAnswer:
    def test_are_refused_beside_the_answer_and_still_shown(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("consent")
        walk.skip(cases.s01(now), "consent")
        walk.open("consent")
        pk = person(walk, MOTHER).pk
        sent = shown(walk)
        sent[f"consent-{pk}-spoken"], sent[f"consent-{pk}-not_said"] = "no", "NOT_SOUGHT_DELAY"
        sent[f"consent-{pk}-views"] = "She says it was the stairs."
        walk.send(walk.path("consent"), sent, status=422)
        assert linked(walk, "You also wrote under “Yes”")
        assert walk.lost(sent) == {}
        walk.open("consent")
        assert walk.lost(sent) == {}
        assert person(walk, MOTHER).views == cases.s01(now)["consent"]["consent"][MOTHER]["views"], "nothing half saved"

    def test_may_be_cleared_or_chosen(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("consent")
        walk.open("consent")
        pk = person(walk, MOTHER).pk
        sent = walk.filled("consent", cases.s01(now)["consent"])
        sent[f"consent-{pk}-not_asked_text"] = "She was asleep."
        walk.send(walk.path("consent"), sent, status=422)
        assert linked(walk, "You also wrote under “No”")
        sent = shown(walk)
        sent[f"consent-{pk}-not_asked_text"] = ""
        walk.send(walk.path("consent"), sent, then_at=walk.path("information"))
        assert person(walk, MOTHER).views

    def test_a_date_counts_too(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("sending")
        walk.open("sending")
        sent = walk.filled("sending", cases.s01(now)["sending"])
        sent[f"informing-{person(walk, MOTHER).pk}-informing_review_on_day"] = "3"
        walk.send(walk.path("sending"), sent, status=422)
        assert linked(walk, "You also wrote under “Not yet, or not by me”")

    def test_a_change_of_mind_takes_no_clearing_of_what_was_saved(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("consent")
        walk.skip(cases.s01(now), "consent")
        walk.fill("consent", {"consent": {MOTHER: {"spoken": "no", "not_said": "NOT_SOUGHT_DELAY"}}})
        assert person(walk, MOTHER).consent_state == "NOT_SOUGHT_DELAY"

    def test_what_the_page_suggested_was_typed_by_nobody(self, s01: Scene, now: datetime) -> None:
        """Refused once for something else; by then the suggestion comes back from the browser."""
        walk = s01.at("sending")
        walk.open("sending")
        pk = person(walk, PARTNER).pk
        sent = shown(walk)
        assert sent[f"informing-{pk}-informing_text"]
        walk.send(walk.path("sending"), sent, status=422)
        sent = walk.filled("sending", cases.s01(now)["sending"])
        sent[f"informing-{pk}-informed"] = "none"
        for name in [one for one in sent if "-informing_review_on_" in one]:
            sent[name] = ""
        sent[f"informing-{pk}-informing_text"] = person(walk, PARTNER).not_asked_text
        walk.send(walk.path("sending"), sent)
        assert person(walk, PARTNER).informing_state == "NOT_APPLICABLE"


class TestTakenOut:
    def sent_without(self, walk: Walk, name: str) -> tuple[QueryDict, str]:
        walk.open("people")
        prefix = f"person-{next(one.pk for one in walk.draft.possible_people if one.name == name)}"
        sent = shown(walk)
        for box in ("on", "source_of_harm"):
            sent.pop(f"{prefix}-{box}", None)
        return sent, f"{prefix}-take_out"

    def test_a_person_with_answers_is_asked_about_first(self, s01: Scene) -> None:
        walk = s01.at("check")
        sent, box = self.sent_without(walk, PARTNER)
        assert box not in walk.names_on_page()
        walk.send(walk.path("people"), sent, status=422)
        assert linked(walk, f"There are answers about {PARTNER}")
        assert person(walk, PARTNER).not_asked_text
        walk.open("people")
        assert box in walk.names_on_page()
        sent = shown(walk)
        sent[box] = "on"
        walk.send(walk.path("people"), sent)
        assert {one.name for one in walk.draft.people} == {CHILD, MOTHER}

    def test_ticked_again_they_stay_with_their_answers(self, s01: Scene) -> None:
        walk = s01.at("check")
        before = person(walk, PARTNER)
        sent, box = self.sent_without(walk, PARTNER)
        walk.send(walk.path("people"), sent, status=422)
        sent = shown(walk)
        sent[box.replace("take_out", "on")] = sent[box.replace("take_out", "source_of_harm")] = "on"
        walk.send(walk.path("people"), sent, then_at=walk.check_path)
        assert person(walk, PARTNER).pk == before.pk

    def test_a_person_without_answers_just_goes(self, s01: Scene) -> None:
        walk = s01.at("consent")
        sent, _ = self.sent_without(walk, PARTNER)
        walk.send(walk.path("people"), sent)
        assert {one.name for one in walk.draft.people} == {CHILD, MOTHER}

    def test_what_is_half_typed_about_them_counts(self, s01: Scene) -> None:
        walk = s01.at("consent")
        walk.open("consent")
        typed = {f"consent-{person(walk, CHILD).pk}-child_views": "Only half a", "version": "0", "then": "later"}
        walk.send(walk.path("consent"), typed)
        sent, _ = self.sent_without(walk, CHILD)
        walk.send(walk.path("people"), sent, status=422)
        assert linked(walk, f"There are answers about {CHILD}")

    def test_a_recipient_with_answers_is_asked_about_first(self, s01: Scene) -> None:
        walk = s01.at("check")
        walk.open("request")
        sent = shown(walk)
        sent.pop("request-recipients")
        sent.update(
            {"other-rows": "1", "other-0-name": "A nurse", "other-0-route_kind": "phone", "other-0-route": NUMBER}
        )
        walk.send(walk.path("request"), sent, status=422)
        assert linked(walk, f"There are answers about {stories.SOCIAL_CARE}")
        assert walk.draft.sendings
        sent = shown(walk)
        sent["request-take_out"] = "on"
        walk.send(walk.path("request"), sent)
        assert [one.name for one in walk.draft.recipients] == ["A nurse"]

    def test_who_asked_is_asked_about_first(self, cast: Cast, now: datetime) -> None:
        walk = begin_at("consent", cases.S02, cases.s02(now), cast.stranger, now)
        walk.skip({"outcome": {"outcome": "SHARED_PART"}}, "outcome")
        walk.open("consent")
        [asker] = walk.draft.recipients
        walk.send(walk.path("consent"), {f"choice-{asker.pk}-choice": "no", "version": "0", "then": "later"})
        walk.open("request")
        sent = shown(walk)
        sent["request-trigger"] = "COURT_ORDER"
        walk.send(walk.path("request"), sent, status=422)
        assert linked(walk, f"There are answers about {asker.name}")


def test_each_route_of_the_last_page_keeps_its_own(s01: Scene, now: datetime) -> None:
    """What is half typed on one route is neither shown nor thrown away on the other."""
    walk = s01.at("sending")
    walk.open("sending")
    half = shown(walk)
    half["sending-0-how"], half["then"] = "By the secure", "later"
    walk.send(walk.path("sending"), half)
    unshared = {"outcome": {"outcome": "NOT_SHARED"}, "legal_basis": cases.s02(now)["legal_basis"]}
    walk.skip(unshared, *unshared)
    walk.open("sending")
    assert not walk.errors
    walk.skip({"outcome": {"outcome": "SHARED_ALL_NECESSARY"}}, "outcome")
    walk.open("sending")
    assert walk.shown()["sending-0-how"] == ["By the secure"]
