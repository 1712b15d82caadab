"""The log with its filters, one decision on a page, and the first page of a new one."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.actions import change_organisation, rename_team
from accounts.models import User
from decisions.models import Decision
from drafting.actions import start
from families.actions import add_team_to_family, register_family
from families.models import Family
from safeguarding.demo.filling import record_story
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import recorded_twin
from tests.drafting import scenario_cases as cases
from tests.drafting.households import household
from tests.drafting.scenario_walk import Walk
from tests.pages import PageClient, parsed

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
# There is no other decision in the log.
cast, now, family, decision = closed.cast, closed.now, closed.family, closed.decision


def declined(cast: Cast, at: datetime) -> Decision:
    family = household(cases.S02.people, team=cast.team, by=cast.practitioner, at=at, name="Pellworth")
    draft = start(entry_route="ASKED", team=cast.team, family=family, by=cast.practitioner, at=at)
    return record_story(decision=draft, story=cases.s02(at), by=cast.practitioner, at=at)


def references(client: PageClient, **asked: str) -> list[str]:
    """In the order of the page."""
    answer = client.get(reverse("decisions:log"), asked)
    assert answer.status_code == 200
    page = parsed(answer.content.decode())
    links = [one for one in page.all("a") if one.inside("table")]
    return [one.text for one in links]


class TestLog:
    def test_newest_first(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        oldest, old = (recorded_twin(decision, at=now - timedelta(days=days)) for days in (3, 1))
        assert references(as_user(cast.practitioner)) == [decision.reference, old.reference, oldest.reference]

    def test_team_and_supervisor_see_it_and_nobody_else(self, cast: Cast, decision: Decision, as_user: SignIn) -> None:
        for user in (cast.practitioner, cast.teammate, cast.supervisor):
            assert references(as_user(user)) == [decision.reference]
        for user in (cast.other_team, cast.stranger.practitioner, cast.stranger.supervisor):
            assert references(as_user(user)) == []

    def test_another_team_sees_it_once_it_is_on_the_family(
        self, cast: Cast, family: Family, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        add_team_to_family(family=family, team=cast.other_team_row, by=cast.practitioner, at=now)
        assert references(as_user(cast.other_team)) == [decision.reference]
        path = reverse("decisions:detail", args=[decision.public_id])
        assert as_user(cast.other_team).get(path).status_code == 200

    def test_filters(self, cast: Cast, decision: Decision, as_user: SignIn) -> None:
        """What each finds: test_log_filters.py."""
        client = as_user(cast.practitioner)
        basis = {"legal_basis": "ART6_E", "consent": "not_asked"}
        assert references(client, **basis, outcome="SHARED_ALL_NECESSARY") == [decision.reference]
        assert references(client, **basis, outcome="NOT_SHARED") == []

    def test_by_who_decided(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        mine, theirs = decision, recorded_twin(decision, at=now, by=cast.teammate)
        client = as_user(cast.supervisor)
        assert references(client, author=str(cast.practitioner.public_id)) == [mine.reference]
        assert references(client, author=str(cast.teammate.public_id)) == [theirs.reference]

    def test_pages_keep_the_filters(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("decisions.newest.PER_PAGE", 2)
        for minutes in (1, 2):
            recorded_twin(decision, at=now - timedelta(minutes=minutes))
        client = as_user(cast.practitioner)
        page = parsed(client.get(reverse("decisions:log"), {"legal_basis": "ART6_E"}).content.decode())
        [older] = [one.attrs["href"] for one in page.all("a") if one.attrs.get("rel") == "next"]
        assert "legal_basis=ART6_E" in older
        assert len(references(client)) == 2
        asked = dict(part.split("=") for part in older.lstrip("?").split("&"))
        assert len(references(client, **asked)) == 1

    @pytest.mark.parametrize(("count", "shown"), [(2, 2), (3, 2)])
    def test_drafts_that_are_left_out_are_said_to_be(
        self,
        cast: Cast,
        family: Family,
        now: datetime,
        as_user: SignIn,
        monkeypatch: pytest.MonkeyPatch,
        count: int,
        shown: int,
    ) -> None:
        monkeypatch.setattr("decisions.views.reading.MOST_DRAFTS", 2)
        made = [
            start(
                entry_route="DECIDING",
                team=cast.team,
                family=family,
                by=cast.practitioner,
                at=now - timedelta(hours=hours),
            )
            for hours in range(count)
        ]
        text = as_user(cast.supervisor).get(reverse("decisions:log")).content.decode()
        assert [draft.reference in text for draft in made] == [number < shown for number in range(count)]
        assert ("Only the 2 newest are shown" in text) is (count > shown)

    def test_an_empty_log_says_so(self, cast: Cast, as_user: SignIn) -> None:
        assert "No decision" in as_user(cast.stranger.practitioner).get(reverse("decisions:log")).content.decode()


class TestDetail:
    def test_stays_as_it_was_when_everything_else_changes(self, cast: Cast, decision: Decision, now: datetime) -> None:
        """Names of people, the team and the organisation are those of the day it was recorded."""
        walk = Walk(cast.practitioner, decision, signed_in=True)
        before = walk.get(walk.detail_path).by_id("main-content")
        rename_team(team=cast.team, name="Another name", by=cast.administrator, at=now)
        change_organisation(
            name="Another council",
            kind="NON",
            sector="charity",
            in_scope_16la=False,
            policy_document_on=None,
            policy_document_link="",
            by=cast.administrator,
            at=now,
        )
        after = walk.get(walk.detail_path).by_id("main-content")
        assert before
        assert after
        assert after.text == before.text

    def test_offers_additions_to_those_who_may_add(self, cast: Cast, decision: Decision, as_user: SignIn) -> None:
        path = reverse("decisions:detail", args=[decision.public_id])
        add = reverse("decisions:add_sending", args=[decision.public_id])
        assert add in as_user(cast.practitioner).get(path).content.decode()
        assert add not in as_user(cast.supervisor).get(path).content.decode()

    def test_nothing_can_be_sent_from_one_that_was_not_shared(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        decision = declined(cast, now)
        client = as_user(cast.practitioner)
        add = reverse("decisions:add_sending", args=[decision.public_id])
        assert add not in client.get(reverse("decisions:detail", args=[decision.public_id])).content.decode()
        recipient = decision.recipients.get()
        when = {"sent_at_day": "1", "sent_at_month": "2", "sent_at_year": "2026", "sent_at_time": "10:00"}
        answer = client.post(add, {"recipient": str(recipient.pk), "how": "By phone", **when})
        assert answer.status_code == 404
        assert client.get(add).status_code == 404
        assert not decision.sendings.exists()


class TestStart:
    def test_ring_first(self, cast: Cast, as_user: SignIn) -> None:
        page = as_user(cast.practitioner).get(reverse("drafting:start")).content.decode()
        assert page.index("Call first, record later.") < page.index('<form method="post" novalidate')

    @pytest.mark.parametrize("entry_route", ["DECIDING", "ASKED"])
    def test_each_door_leads_to_the_first_page(self, cast: Cast, family: Family, entry_route: str) -> None:
        walk = Walk(cast.practitioner, signed_in=True).start(entry_route, family, cast.team)
        assert walk.at == walk.path("people")
        assert walk.decision.entry_route == entry_route

    def test_family_of_the_address_is_filled_in(self, cast: Cast, family: Family) -> None:
        walk = Walk(cast.practitioner, signed_in=True)
        walk.get(f"{reverse('drafting:start')}?family={family.public_id}")
        assert walk.shown()["family"] == [family.reference]

    @pytest.mark.parametrize("reference", ["", "F-NOTHING", "x" * 300, "other"])
    @pytest.mark.usefixtures("family")
    def test_a_family_that_was_not_offered_is_refused(self, cast: Cast, reference: str) -> None:
        walk = Walk(cast.practitioner, signed_in=True)
        walk.get(reverse("drafting:start"))
        sent = {"entry_route": "DECIDING", "family": reference, "team": str(cast.team.public_id)}
        walk.send(reverse("drafting:start"), sent, status=422)
        assert walk.errors
        assert not Decision.objects.filter(state="draft").exists()

    def test_a_reference_is_asked_for_beyond_the_latest_and_kept_as_typed(self, cast: Cast, now: datetime) -> None:
        made = [
            register_family(name=f"Family {number}", teams=[cast.team], by=cast.practitioner, at=now)
            for number in range(9)
        ]
        walk = Walk(cast.practitioner, signed_in=True)
        start = reverse("drafting:start")
        walk.get(start)
        assert made[0].reference not in walk.text
        sent = {"entry_route": "DECIDING", "family": "other", "team": str(cast.team.public_id)}
        for reference in ("", "F-NOTHING", "x" * 10):
            walk.send(start, {**sent, "reference": reference}, status=422)
            assert walk.shown().get("reference", [""]) == [reference]
        walk.send(start, {**sent, "reference": made[0].reference.lower()})
        assert walk.at.endswith("/draft/people/")

    def test_a_family_that_is_not_here_yet_needs_a_name(self, cast: Cast) -> None:
        walk = Walk(cast.practitioner, signed_in=True)
        start = reverse("drafting:start")
        walk.get(start)
        sent = {"entry_route": "DECIDING", "family": "new", "team": str(cast.team.public_id)}
        walk.send(start, sent, status=422)
        assert any("call this family" in error for error in walk.errors)
        walk.send(start, {**sent, "family_name": "Marlowe"})
        assert Decision.objects.get(state="draft").decision_families.get().family.name == "Marlowe"

    def test_another_organisations_family_is_unknown(self, cast: Cast, now: datetime) -> None:
        theirs = cases.set_scene(cases.S02, cast.stranger, now)
        walk = Walk(cast.other_team, signed_in=True)
        walk.get(f"{reverse('drafting:start')}?family={theirs.public_id}")
        assert walk.shown()["family"] == ["new"]
        assert theirs.reference not in walk.text
        sent = {"entry_route": "DECIDING", "family": theirs.reference, "team": str(cast.other_team_row.public_id)}
        walk.send(reverse("drafting:start"), sent, status=422)

    def test_a_team_that_is_not_ones_own_is_refused(self, cast: Cast, family: Family) -> None:
        walk = Walk(cast.practitioner, signed_in=True)
        for team in (cast.other_team_row, cast.stranger.team):
            walk.get(reverse("drafting:start"))
            sent = {"entry_route": "DECIDING", "family": family.reference, "team": str(team.public_id)}
            walk.send(reverse("drafting:start"), sent, status=422)
        assert not Decision.objects.filter(state="draft").exists()
