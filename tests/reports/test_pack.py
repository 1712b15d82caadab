"""The pack for an inspector: what it says of each review, that the sample can be drawn again, and what is not in it."""

import io
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Team, User
from audit.models import LedgerEntry
from decisions.models import Decision
from reports import sample
from reports.disagreements import Ended, ended_as
from reports.forms import scope_asked_for
from reports.pack import how_it_ended, how_reviewed
from reports.sample import reread
from rules.codes import SHARED
from rules.sampling import Candidate, number_of, seed_of
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import plain, recorded_twin
from tests.drafting import scenario_cases as cases
from tests.pages import PageClient
from tests.reports.scene import DAY, others, reviewed
from tests.reviews.people import give, supervisors

SignIn = Callable[[User], PageClient]
cast, now, family, decision = closed.cast, closed.now, closed.family, closed.decision
PACK, PDF = reverse("reports:pack"), reverse("reports:pack_pdf")


@pytest.fixture(scope="module")
def made(decision: Decision, cast: Cast, now: datetime) -> list[Decision]:
    """The others, two of them reviewed."""
    rows = others(decision, now)
    reviewed(rows, cast, now)
    return rows


@pytest.mark.usefixtures("made")
def test_it_has_figures_the_sample_and_every_review_and_no_case_text(
    cast: Cast, now: datetime, as_user: SignIn
) -> None:
    page = as_user(cast.supervisor).get(PACK).content.decode()
    assert f"Disagreed, {cast.supervisor.full_name}" in page
    assert "Not ended. Waiting for another supervisor." in page
    assert "Drawn: 3 of 5" in page
    assert seed_of(cast.organisation.name, *_days(cast)) in page
    typed = {*cases.words(stories.refused_and_shared(now)), *(person.name for person in stories.BRUISE_PEOPLE)}
    assert [text for text in typed if len(text) > 12 and text in page] == []
    assert LedgerEntry.objects.filter(event="report.opened", actor_id=cast.supervisor.pk).count() == 1


@pytest.mark.usefixtures("made")
def test_the_pdf_says_the_same_and_its_digest_is_in_the_ledger(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    data = as_user(cast.supervisor).get(PDF).content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert decision.reference in text
    assert "Waiting for another supervisor" in " ".join(text.split())
    entry = LedgerEntry.objects.get(event="report.taken")
    assert entry.additional_data["sha256"] == sha256(data).hexdigest()


def test_a_name_that_the_pdf_cannot_show_is_explained(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    plain(User).filter(pk=cast.supervisor.pk).update(full_name="漢字")
    answer = as_user(User.objects.get(pk=cast.supervisor.pk)).get(PDF, follow=True)
    assert "Print this page instead" in answer.content.decode()
    assert decision.reference in answer.content.decode()


def test_the_sample_is_what_anybody_would_draw(cast: Cast, decision: Decision, made: list[Decision]) -> None:
    """All against a refusal, and the lowest numbers of the rest."""
    scope = scope_asked_for(QueryDict("weeks=52"), cast.supervisor, timezone.localdate())[1]
    found = reread(scope)
    assert {row.pk for row in found.overrides.rows} == {decision.pk, made[0].pk}
    rest = [each.candidate for each in found.drawn]
    assert not {each.key for each in rest} & {decision.pk, made[0].pk}
    numbers = [number_of(found.seed, Candidate(each.key, each.reference, each.risks)) for each in rest]
    assert numbers == sorted(numbers) == [each.number for each in found.drawn]
    assert (found.rest, len(rest)) == (6, 3)


def _agreed_to(row: Decision, cast: Cast, now: datetime) -> None:
    give(row, cast.supervisor, "AGREED", 1, now)


def _replaced(row: Decision, cast: Cast, now: datetime) -> None:
    recorded_twin(row, at=now, supersedes=row)


def _author_left(row: Decision, cast: Cast, now: datetime) -> None:
    plain(User).filter(pk=row.author_id).update(is_active=False)


def _team_closed(row: Decision, cast: Cast, now: datetime) -> None:
    plain(Team).filter(pk=row.team_id).update(closed=True)


@pytest.mark.parametrize("later", [_agreed_to, _replaced, _author_left, _team_closed])
def test_what_was_shared_against_a_refusal_is_always_listed(
    cast: Cast,
    decision: Decision,
    now: datetime,
    later: Callable[[Decision, Cast, datetime], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However much was shared, whatever became of it since, and however few others a list has."""
    monkeypatch.setattr(sample, "MOST_LISTED", 1)
    rows = [decision, *(recorded_twin(decision, at=now - DAY, outcome=outcome) for outcome in sorted(SHARED))]
    for row in rows:
        later(row, cast, now)
    scope = scope_asked_for(QueryDict("weeks=52"), cast.officer, timezone.localdate())[1]
    found = reread(scope).overrides
    assert {row.pk for row in rows} <= {row.pk for row in found.rows}
    assert len(found.rows) == found.all >= 1 + len(SHARED)
    assert not {row.pk for row in rows} & {each.candidate.key for each in reread(scope).drawn}


@pytest.mark.usefixtures("made")
def test_a_report_says_what_it_has_no_room_for(cast: Cast, as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "MOST_LISTED", 2)
    monkeypatch.setattr(sample, "MOST_OVERRIDES", 1)
    page = as_user(cast.supervisor).get(PACK).content.decode()
    assert "The newest 1 of 2 are listed. For the others, choose one team or fewer weeks." in page
    assert "Drawn: 2 of 5, the most that a report has. For one in 10, choose one team or fewer weeks." in page


def test_how_a_disagreement_ended(cast: Cast, decision: Decision, now: datetime) -> None:
    second, third = supervisors(cast, 2)
    give(decision, cast.supervisor, "DISAGREED", 1, now)
    assert how_it_ended(_again(decision)) == "Not ended. Waiting for another supervisor."
    give(decision, second, "RETURNED", 2, now)
    assert how_it_ended(_again(decision)) == "Not ended. Waiting for the author's reply."
    other = recorded_twin(decision, at=now - DAY)
    give(other, cast.supervisor, "DISAGREED", 1, now - DAY)
    give(other, third, "AGREED", 2, now)
    assert how_it_ended(_again(other)).startswith("Agreed: another supervisor")
    assert how_reviewed(_again(other)).count(third.full_name) == 1


def test_two_disagreements_ask_for_a_new_decision(cast: Cast, decision: Decision, now: datetime) -> None:
    [second] = supervisors(cast, 1)
    give(decision, cast.supervisor, "DISAGREED", 1, now)
    give(decision, second, "DISAGREED", 2, now)
    assert how_it_ended(_again(decision)) == "Two supervisors disagreed. No new decision has taken its place yet."


def test_how_they_ended_is_counted_as_it_is_said(
    cast: Cast, decision: Decision, made: list[Decision], now: datetime
) -> None:
    """Each ending that the database finds is the one that a pack says of that decision."""
    [second] = supervisors(cast, 1)
    rounds = {
        "DISAGREED": Ended.NOT_YET, "DISAGREED RETURNED": Ended.NOT_YET, "DISAGREED AGREED": Ended.FOUND_RIGHT,
        "DISAGREED AGREED_WITH_ADVICE": Ended.FOUND_RIGHT, "DISAGREED DISAGREED": Ended.NOT_REPLACED,
        "AGREED": None, "RETURNED": None, "": None,
    }  # fmt: skip
    said = {
        Ended.NOT_YET: "Not ended.", Ended.FOUND_RIGHT: "found the decision right", Ended.REPLACED: "took its place",
        Ended.NOT_REPLACED: "No new decision",
    }  # fmt: skip
    expected: dict[int, Ended | None] = {}
    for outcomes, ended in rounds.items():
        row = recorded_twin(decision, at=now)
        for number, outcome in enumerate(outcomes.split(), start=1):
            give(row, (cast.supervisor, second)[number - 1], outcome, number, now)
        expected[row.pk] = ended
    replaced = next(key for key, ended in expected.items() if ended == Ended.NOT_REPLACED)
    recorded_twin(decision, at=now, supersedes_id=replaced)
    recorded_twin(decision, at=now, supersedes_id=next(iter(expected)))
    expected |= {replaced: Ended.REPLACED, made[0].pk: Ended.NOT_YET}
    for ending in Ended:
        found = list(ended_as(Decision.objects.recorded(), ending))
        assert {row.pk for row in found} == {key for key, ended in expected.items() if ended == ending}
        assert all(said[ending] in how_it_ended(row) for row in found)


def _again(decision: Decision) -> Decision:
    found: Decision = Decision.objects.get(pk=decision.pk)
    return found


def _days(cast: Cast) -> tuple[date, date]:
    scope = scope_asked_for(QueryDict(), cast.supervisor, timezone.localdate())[1]
    return scope.first, scope.last
