"""Where else an incident shows: in a search, in reports, in what is held about somebody, on the list of each role."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reports.counts import IncidentCounts, counts
from reports.presenters import incident_words
from reports.scope import Scope
from rights.entries import WENT_WRONG, incidents_in
from tests.decisions.cases import Case, recorded_twin
from tests.in_turn import one_in_turn
from tests.incidents.incidents import HOUR, done, reported
from tests.incidents.test_about_more import urgent_of
from tests.pages import PageClient, parsed

SignIn = Callable[[User], PageClient]
DAY = timedelta(days=1)


def main_of(answer: object) -> str:
    [main] = parsed(answer.content.decode()).all("main")  # type: ignore[attr-defined]
    return main.text


def searched(client: PageClient, words: str) -> str:
    return main_of(client.post(reverse("search"), {"words": words}))


class TestSearch:
    @pytest.mark.in_turn(4)
    @pytest.mark.parametrize(
        "words", ["astray", "ASTRAY letter", "neighbour", "mother plan", "agreed", "agreed astray", "{reference}"]
    )
    def test_its_own_words_find_it(self, closed: Case, as_user: SignIn, words: str) -> None:
        """In the report, in what was done, or some in each."""
        incident = reported(closed.cast.practitioner, team=closed.cast.team)
        done(incident, "LEARNED", closed.cast.practitioner)
        said = searched(as_user(closed.cast.supervisor), words.format(reference=incident.reference.lower()))
        assert f"Incident {incident.reference}" in said
        assert "Nothing found" not in said

    def test_a_record_that_is_found_brings_its_incidents(self, closed: Case, as_user: SignIn) -> None:
        cast, urgent = closed.cast, urgent_of(closed)
        made = [
            reported(cast.practitioner, decision=closed.decision),
            reported(cast.practitioner, team=cast.team, further=[closed.decision]),
            reported(cast.practitioner, urgent=urgent),
        ]
        by_decision = searched(as_user(cast.teammate), closed.decision.reference)
        assert [incident.reference in by_decision for incident in made] == [True, True, False]
        by_urgent = searched(as_user(cast.teammate), urgent.reference)
        assert [incident.reference in by_urgent for incident in made] == [False, False, True]

    def test_only_for_whoever_sees_it_and_without_its_words(self, closed: Case, as_user: SignIn) -> None:
        incident = reported(closed.cast.practitioner, team=closed.cast.team)
        for who in (closed.cast.teammate, closed.cast.other_team, closed.cast.stranger.supervisor):
            assert incident.reference not in searched(as_user(who), "astray")
        said = searched(as_user(closed.cast.practitioner), "astray")
        assert "neighbour" not in said
        for words in one_in_turn(["astrayed", "as", "astray nowhere"]):
            assert incident.reference not in searched(as_user(closed.cast.practitioner), words), words


class TestReports:
    def test_they_are_counted_by_the_day_they_became_known(self, closed: Case, as_user: SignIn) -> None:
        cast, day = closed.cast, timezone.localdate()
        first = reported(cast.practitioner, decision=closed.decision)
        done(first, "REGULATOR_NOTIFIED", cast.officer)
        done(first, "REGULATOR_NOTIFIED", cast.officer)
        done(first, "CLOSED", cast.officer)
        reported(cast.practitioner, team=cast.team)
        reported(cast.practitioner, team=cast.team, noticed_at=timezone.now() - 40 * DAY)
        reported(cast.other_team, team=cast.other_team_row)

        def found(first_day: int, last_day: int) -> IncidentCounts:
            scope = Scope(cast.organisation.pk, "North", [cast.team], day - first_day * DAY, day - last_day * DAY)
            return counts(scope, day).incidents

        assert found(27, 0) == IncidentCounts(all=2, open=1, notified=1)
        assert found(55, 28) == IncidentCounts(all=1, open=1)
        words = (
            "Incidents that became known in this period: 2. Not closed: 1. Reported to the Information Commissioner: 1."
        )
        for name in one_in_turn(["reports:dashboard", "reports:pack"]):
            assert words in main_of(as_user(cast.supervisor).get(reverse(name), {"weeks": "4"}))

    @pytest.mark.parametrize(
        ("counted", "said"),
        [
            (IncidentCounts(), ""),
            (IncidentCounts(all=1), "Incidents that became known in this period: 1. All are closed."),
            (
                IncidentCounts(all=3, open=2, notified=3),
                "this period: 3. Not closed: 2. Reported to the Information Commissioner: 3.",
            ),
        ],
    )
    def test_the_words(self, counted: IncidentCounts, said: str) -> None:
        words = incident_words(counted)
        assert said in words
        assert bool(words) == bool(said)


class TestHeld:
    def test_each_is_an_item_of_what_is_held(self, closed: Case) -> None:
        cast = closed.cast
        own = reported(cast.practitioner, decision=closed.decision)
        done(own, "LEARNED", cast.practitioner, text="Read the address twice")
        reported(cast.practitioner, team=cast.team, further=[closed.decision], what_happened="Two letters in one")
        reported(cast.practitioner, team=cast.team, what_happened="About nobody on it")
        first, second = incidents_in(closed.again())
        assert first.title == second.title == WENT_WRONG
        assert "The letter went astray" in first.lines
        assert "Two letters in one" in second.lines
        assert any(line.endswith("Read the address twice") for line in first.lines)
        assert len(first.held.about) == closed.decision.people.count() > 1
        assert list(incidents_in(recorded_twin(closed.decision, at=closed.at))) == []


class TestLists:
    def test_the_author_the_supervisor_and_the_officer_have_it_on_their_list(
        self, closed: Case, as_user: SignIn
    ) -> None:
        cast = closed.cast
        made = [
            reported(cast.practitioner, decision=closed.decision),
            reported(cast.practitioner, urgent=urgent_of(closed), noticed_at=timezone.now() - 2 * HOUR),
            reported(cast.practitioner, team=cast.team, noticed_at=timezone.now() - 3 * HOUR),
        ]
        for who in (cast.practitioner, cast.supervisor, cast.officer):
            shown = main_of(as_user(who).get(reverse("incidents:list")))
            places = [shown.index(incident.reference) for incident in made]
            assert places == sorted(places)
