"""What is refused: empty reasons, and decisions of others asked for by a guessed address."""

import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import Decision
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene, recorded
from tests.drafting.scenario_walk import Walk
from tests.in_turn import in_turn
from tests.pages import PageClient

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
NOTHING = ["", "   ", "see notes", "n/a", "See notes."]
ASKED_BY_GET = ["detail", "page", "check", "delete", "add_sending"]


cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture(scope="module")
def decision(cast: Cast, now: datetime) -> Decision:
    return recorded(cases.S01, cases.s01(now), cast, now)


class TestX01:
    """Shared without agreement, and the reasons say nothing."""

    @pytest.mark.parametrize(
        ("key", "field", "box", "empty"),
        [
            ("outcome", "why_now", "outcome-why_now", NOTHING),
            ("consent", "why_outweighs", "outweighs-why_outweighs", NOTHING[2:3]),
            ("legal_basis", "why_no_more", "legal_basis-why_no_more", NOTHING[2:3]),
        ],
        ids=["outcome", "consent", "legal_basis"],
    )
    def test_is_refused_with_every_word_kept(
        self, s01: Scene, now: datetime, key: str, field: str, box: str, empty: list[str]
    ) -> None:
        """What says nothing is one list (rules/empty_reasons.py), so one page is sent all of it."""
        walk = s01.at(key)
        walk.open(key)
        for tries, nothing in enumerate(in_turn(empty), 1):
            sent = walk.filled(key, {**cases.s01(now)[key], field: nothing})
            walk.send(walk.path(key), sent, status=422)
            summary = next(iter(walk.page.classed("govuk-error-summary")))
            links = [one.attrs["href"] for one in walk.page.all("a") if one.inside("div") and one.text in summary.text]
            assert f"#id_{box}" in links, nothing
            beside = walk.page.by_id(f"id_{box}-error")
            assert beside is not None, nothing
            assert beside.text, nothing
            if nothing.strip():
                assert walk.lost(sent) == {}, nothing
            assert walk.draft.version(key) == tries, "kept, so that it is there on another device"

    def test_is_there_again_on_another_device(self, s01: Scene, cast: Cast, now: datetime) -> None:
        story = cases.s01(now)
        walk = s01.at("consent")
        walk.open("consent")
        sent = walk.filled("consent", {**story["consent"], "why_outweighs": "see notes"})
        walk.send(walk.path("consent"), sent, status=422)
        elsewhere = Walk(cast.practitioner, walk.decision, signed_in=True)
        elsewhere.open("consent")
        assert elsewhere.lost(sent) == {}

    def test_signing_in_leads_back_to_the_page(self, s01: Scene, cast: Cast) -> None:
        walk = s01.at("consent")
        fresh = Walk(cast.practitioner, walk.decision)
        answer = fresh.client.get(walk.path("consent"))
        assert answer.headers["Location"] == f"/sign-in/?next={walk.path('consent')}"
        fresh.sign_in(to=walk.path("consent"))
        fresh.get(fresh.at)

    def test_cannot_be_recorded_past_the_pages(self, s01: Scene, now: datetime) -> None:
        story = cases.s01(now)
        walk = s01.at("check")
        walk.fill("consent", {**story["consent"], "why_outweighs": "see notes"}, status=422)
        walk.get(walk.check_path)
        walk.send(walk.record_path, {}, status=422)
        assert "Finish the page" in walk.text
        assert not Decision.objects.recorded().filter(pk=walk.decision.pk).exists()
        assert walk.draft.pages["consent"].form_data["outweighs-why_outweighs"] == ["see notes"]


URL = {name: f"{'decisions' if name in {'detail', 'add_sending'} else 'drafting'}:{name}" for name in
       (*ASKED_BY_GET, "record")}  # fmt: skip


def asked(name: str, public_id: UUID) -> str:
    return reverse(URL[name], args=[public_id, *(["people"] if name == "page" else [])])


def body(answer: object) -> bytes:
    return re.sub(rb'value="\w{64}"', b"", answer.content)  # type: ignore[attr-defined]


class TestX05:
    """A decision of another team, or of another organisation, by its address."""

    @pytest.fixture(params=["other team", "other organisation"])
    def asker(self, request: pytest.FixtureRequest, cast: Cast) -> User:
        return cast.other_team if request.param == "other team" else cast.stranger.practitioner

    @pytest.mark.parametrize("name", ASKED_BY_GET)
    def test_looks_the_same_as_what_does_not_exist(
        self, as_user: SignIn, decision: Decision, cast: Cast, name: str
    ) -> None:
        """To another team; every page to another organisation: tests/test_access_matrix.py."""
        client = as_user(cast.other_team)
        theirs = client.get(asked(name, decision.public_id))
        absent = client.get(asked(name, uuid4()))
        assert theirs.status_code == absent.status_code == 404
        assert body(theirs) == body(absent)
        assert decision.reference.encode() not in theirs.content

    def test_is_entered_in_the_askers_own_chain_with_the_id_and_nothing_else(
        self, as_user: SignIn, decision: Decision, asker: User
    ) -> None:
        others = LedgerEntry.objects.exclude(organisation=asker.organisation_id)
        before = others.count()
        as_user(asker).get(asked("detail", decision.public_id))
        entry = LedgerEntry.objects.filter(organisation=asker.organisation_id).order_by("-seq")[0]
        assert (entry.event, entry.actor_email) == ("refused", asker.email)
        assert entry.additional_data == {
            "status": 404, "page": "decisions:detail", "asked.public_id": str(decision.public_id),
        }  # fmt: skip
        assert (entry.changes, entry.object_repr) == ({}, "")
        assert others.count() == before

    @pytest.mark.parametrize("name", ["record", "delete", "page"])
    def test_cannot_be_changed_either(self, as_user: SignIn, decision: Decision, asker: User, name: str) -> None:
        answer = as_user(asker).post(asked(name, decision.public_id), {"then": ""})
        assert answer.status_code == 404
        entry = LedgerEntry.objects.filter(organisation=asker.organisation_id).order_by("-seq")[0]
        assert (entry.event, entry.additional_data["page"]) == ("refused", URL[name])

    def test_is_in_no_list_of_theirs(self, as_user: SignIn, decision: Decision, asker: User) -> None:
        client = as_user(asker)
        for name in ("home", "decisions:log", "families:list"):
            assert decision.reference.encode() not in client.get(reverse(name)).content

    def test_is_not_found_with_its_filters(self, as_user: SignIn, decision: Decision, asker: User) -> None:
        """Nobody whose decisions one may not see can be chosen in the filter."""
        answer = as_user(asker).get(reverse("decisions:log"), {"author": str(decision.author.public_id)})
        assert answer.status_code == 422
        assert decision.reference.encode() not in answer.content


def test_anothers_draft_is_not_found_and_that_is_entered(s01: Scene, cast: Cast, as_user: SignIn) -> None:
    """Not for a team-mate, and not for the supervisor of the team."""
    walk = s01.at("consent")
    for user, status in ((cast.teammate, 404), (cast.supervisor, 404), (cast.administrator, 403)):
        client = as_user(user)
        for name in ("page", "check", "delete"):
            assert client.get(asked(name, walk.decision.public_id)).status_code == status
            entry = LedgerEntry.objects.filter(organisation=cast.organisation.pk).order_by("-seq")[0]
            assert (entry.event, entry.actor_email) == ("refused", user.email)
            assert entry.additional_data["status"] == status


def test_supervisor_sees_that_there_is_a_draft_and_not_a_word_of_it(
    s01: Scene, cast: Cast, as_user: SignIn, now: datetime
) -> None:
    story = cases.s01(now)
    walk = s01.at("check")
    page = as_user(cast.supervisor).get(reverse("decisions:log")).content.decode()
    assert walk.decision.reference in page
    typed = set(cases.words(story)) | {person.name for person in cases.S01.people}
    assert [text for text in typed if text in page] == []
