"""A report counts what its reader may find, so that no number tells of a record that is closed to them."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.models import Decision
from incidents.models import Incident
from reports.counts import SINGLE, Counts, counts
from reports.figures import Figure, narrowed
from reports.pack import how_it_ended
from reports.presenters import CLOSED
from reports.scope import Scope, first_day, teams_reported_to
from reviews.models import Review
from tests.access_states import STATES, Somebody
from tests.decisions.cases import recorded_twin
from tests.reviews.people import give, supervisors
from tests.test_access_matrix import Scene, signed_in, whole_scene

pytestmark = pytest.mark.sqlite
READERS = ("supervisor", "officer")


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


@pytest.fixture(scope="class", params=["conflicted", "restricted"])
def people(request: pytest.FixtureRequest, scene: Scene) -> Iterator[dict[str, Somebody]]:
    with STATES[request.param](scene) as found:
        yield found


def scope_of(who: Somebody) -> Scope:
    user, today = who.user, timezone.localdate()
    closed = (user.closed_decisions, user.decisions_closed_on_duty)
    return Scope(user.organisation_id, "Northmere", teams_reported_to(user), first_day(today, 4), today, *closed)


def counted(who: Somebody) -> Counts:
    return counts(scope_of(who), timezone.localdate())


class TestWhatIsClosed:
    @pytest.mark.parametrize("reader", READERS)
    def test_each_number_is_that_of_its_list(self, people: dict[str, Somebody], reader: str) -> None:
        who, today = people[reader], timezone.localdate()
        rows, found = scope_of(who).decisions(), counted(who)
        assert 0 < rows.count() < Decision.objects.recorded().filter(organisation=who.user.organisation_id).count()
        assert found.all == sum(found.weeks.values()) == rows.count()
        by_value = (
            (Figure.OUTCOME, found.outcomes), (Figure.CONSENT, found.consents), (Figure.REVIEW, found.reviews),
            (Figure.DISAGREED, found.endings),
        )  # fmt: skip
        listed = {(figure, value): narrowed(rows, figure, value, today) for figure, of in by_value for value in of}
        listed |= {(figure, ""): narrowed(rows, figure, "", today) for figure in SINGLE}
        numbers = {(figure, value): number for figure, of in by_value for value, number in of.items()}
        numbers |= {(figure, ""): found.single[figure] for figure in SINGLE}
        assert numbers == {key: found.count() for key, found in listed.items() if found is not None}

    @pytest.mark.parametrize("reader", READERS)
    def test_incidents_are_counted_as_they_are_listed(self, people: dict[str, Somebody], reader: str) -> None:
        """An officer follows those of what is restricted to others, and none of a family that they know."""
        who = people[reader]
        teams = [team.pk for team in teams_reported_to(who.user)]
        listed = Incident.objects.visible_to(who.user).filter(team__in=teams).count()
        assert counted(who).incidents.all == listed

    @pytest.mark.parametrize("reader", READERS)
    def test_the_pages_name_none_and_always_say_so(self, people: dict[str, Somebody], reader: str) -> None:
        client = signed_in(people[reader].user)
        closed = Decision.objects.recorded().filter(pk__in=people[reader].user.closed_decisions)
        assert closed.count() > 3
        for name in ("reports:dashboard", "reports:pack"):
            page = client.get(reverse(name)).content.decode()
            assert CLOSED in page
            assert [row.reference for row in closed if row.reference in page] == []


def test_of_others_every_decision_is_counted(scene: Scene) -> None:
    """Composed once and composed anew say the same."""
    who = Somebody(scene.cast.officer, scene)
    whole = counted(who)
    assert whole.all == Decision.objects.recorded().filter(organisation=scene.cast.organisation).count()
    assert whole.incidents.all == 1


def test_a_report_does_not_name_what_took_the_place_of_another(scene: Scene) -> None:
    decision = scene.to_send
    for round_, reviewer in enumerate((scene.cast.supervisor, *supervisors(scene.cast, 1)), start=1):
        give(decision, reviewer, "DISAGREED", round_, timezone.now())
    later = recorded_twin(decision, at=timezone.now(), supersedes_id=decision.pk)
    found = Decision.objects.get(pk=decision.pk)
    assert Review.objects.filter(decision=found).count() == 2
    assert how_it_ended(found).endswith(f"Decision {later.reference} took its place.")
    assert how_it_ended(found, {later.pk}).endswith("A new decision took its place.")
