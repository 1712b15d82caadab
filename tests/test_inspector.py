"""An inspector reads what was agreed to and nothing else, changes nothing, and leaves an entry that says so."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.inspecting import MAY_OPEN, MAY_SEND, InspectorMiddleware
from accounts.models import User
from accounts.roles import Permission, Standing
from audit.models import LedgerEntry
from decisions.models import Decision
from decisions.presenters.masked import MASKED
from decisions.views.found import found_or_404
from families.actions import declare_conflict
from letters.models import LetterMade
from tests.accounts.inspectors import asked_inspection, inspection_of
from tests.test_access_matrix import Row, Scene, addresses, ask, rows, signed_in, whole_scene
from tests.test_access_states import answers

pytestmark = pytest.mark.sqlite
# By the rows of the access matrix, what an inspector of all teams is answered where a view is not closed to them.
READS = {
    str(row): answer
    for row, method, name, answer in answers("let_in")
    if (method, name) == ("GET", "inspector") and answer not in "fm"
}


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


@pytest.fixture
def inspector(scene: Scene) -> Iterator[User]:
    """Of all teams. What a test changes is undone."""
    with transaction.atomic():
        mine: Any = QuerySet(User).filter(pk=scene.inspection.user_id)
        mine.update(password=scene.cast.officer.password)
        yield mine.get()
        transaction.set_rollback(True)


def let_through(name: str, view: Any, method: str) -> bool:
    """What the middleware says of a request, in Python alone: a page of 403 for each would take the time of a suite."""
    request: Any = SimpleNamespace(
        user=SimpleNamespace(is_inspector=True), method=method, resolver_match=SimpleNamespace(view_name=name)
    )
    try:
        InspectorMiddleware(lambda _: HttpResponse()).process_view(request, view, (), {})
    except PermissionDenied:
        return False
    return True


def test_every_address_of_the_site() -> None:
    """From the URLconf: closed but for the few that are named here, and whatever is open to anybody."""
    anybody = {name for name, view in addresses() if getattr(view, "rule", None) == Standing.ANYBODY}
    opened = {row.split(" ")[0] for row in READS}
    wrong = [
        (name, method)
        for name, view in addresses()
        for method, may in (
            ("GET", opened),
            ("HEAD", opened),
            *((sent, MAY_SEND) for sent in ("POST", "PUT", "DELETE")),
        )
        if let_through(name, view, method) != (name in may | anybody)
    ]
    assert wrong == []
    assert {"account_logout", "quick_leave"} <= anybody | MAY_SEND


@pytest.mark.parametrize("name", ["decisions:print", "families:detail", "drafting:page", "rights:list", "search"])
def test_a_page_that_is_not(scene: Scene, inspector: User, name: str) -> None:
    """The middleware stands before the view, for what is read and what is sent."""
    row = next(row for row in rows() if row.name == name)
    client = signed_in(inspector)
    assert [ask(scene.path(row), method, client) for method in ("GET", "POST")] == ["f", "f"]


def test_what_is_named_is_there() -> None:
    names = {name for name, _ in addresses()}
    assert names >= MAY_OPEN | MAY_SEND
    reading = {name for name, view in addresses() if getattr(view, "rule", None) == Permission.READ_DECISIONS}
    assert reading == {"decisions:log", "decisions:detail", "decisions:urgent_detail", "decisions:law"}


def test_the_next_organisation_reads_nothing_of_it(scene: Scene) -> None:
    with transaction.atomic():
        stranger = User.objects.get(pk=inspection_of(scene.cast.stranger).user_id)
        client = signed_in(stranger)
        found = [
            ask(scene.path(row), "GET", client)
            for row in rows()
            if READS.get(str(row)) in (".", "n") and row.object != "-"
        ]
        assert set(found) == {"n"}
        assert not Decision.objects.visible_to(stranger).exists()
        transaction.set_rollback(True)


class TestWhatIsSeen:
    def test_no_way_to_anything_else(self, scene: Scene, inspector: User) -> None:
        """Each link of a decision's page leads where an inspector may go."""
        client = signed_in(inspector)
        page = client.get(scene.path(Row("decisions:detail", "recorded", "", ""))).content.decode()
        links = {part.split('"')[0] for part in page.split('href="/')[1:]}
        wrong = [link for link in links if not link.startswith("static") and ask(f"/{link}", "GET", client) not in ".i"]
        assert wrong == []
        assert "Inspector</strong>" in page
        assert "by all teams, until the end of" in " ".join(page.split())

    def test_with_reviews_letters_and_timeline(self, scene: Scene, inspector: User) -> None:
        page = signed_in(inspector).get(scene.path(Row("decisions:detail", "recorded", "", ""))).content.decode()
        made = LetterMade.objects.get(pk=scene.letter.pk)
        assert made.content["title"] in page
        assert "Timeline" in page
        assert str(made.public_id) not in page

    def test_no_contact_details(self, scene: Scene, inspector: User, monkeypatch: pytest.MonkeyPatch) -> None:
        """That there is a safe way to reach somebody, and not which. Others of the team see it."""
        held = "Her sister, 01632 960777"

        def found(*args: Any) -> Decision:
            decision = found_or_404(*args)
            decision.informing_events.all()[0].safe_contact = held
            return decision

        monkeypatch.setattr("decisions.views.reading.found_or_404", found)
        address = scene.path(Row("decisions:detail", "recorded", "", ""))
        shown = [signed_in(user).get(address).content.decode() for user in (inspector, scene.cast.supervisor)]
        assert [(held in page, MASKED in page) for page in shown] == [(False, True), (True, False)]

    @pytest.mark.parametrize("days", [1, -1])
    def test_what_was_recorded_in_the_period_alone(self, scene: Scene, inspector: User, days: int) -> None:
        """One day later or earlier and it is not there, in no list and by no address."""
        day = timezone.localdate(scene.recorded.recorded_at) + timedelta(days=days)
        actions.end_inspection(inspection=scene.inspection, by=scene.cast.officer, at=timezone.now())
        later = asked_inspection(scene.cast, email=inspector.email, recorded_from=day, recorded_to=day)
        actions.answer_inspection(inspection=later, agreed=True, by=scene.cast.officer, at=timezone.now())
        client = signed_in(inspector)
        for row in (Row("decisions:detail", "recorded", "", ""), Row("decisions:urgent_detail", "first", "", "")):
            assert ask(scene.path(row), "GET", client) == "n"
        log = client.get(f"{reverse('decisions:log')}?outcome=SHARE")
        assert (log.context["lines"], log.context["form"].fields["author"].choices[1:]) == ([], [])
        assert client.get(reverse("decisions:log")).context["lines"] == []

    def test_of_the_teams_alone(self, scene: Scene, inspector: User) -> None:
        actions.end_inspection(inspection=scene.inspection, by=scene.cast.officer, at=timezone.now())
        team = scene.cast.other_team_row
        later = asked_inspection(scene.cast, email=inspector.email, teams=(team,))
        actions.answer_inspection(inspection=later, agreed=True, by=scene.cast.officer, at=timezone.now())
        client = signed_in(inspector)
        assert ask(scene.path(Row("decisions:detail", "recorded", "", "")), "GET", client) == "n"
        log = client.get(reverse("decisions:log"))
        own = Decision.objects.recorded().filter(team=team).values_list("reference", flat=True)
        assert {line.reference for line in log.context["lines"]} == set(own)
        assert f"by {team.name}, until" in " ".join(log.content.decode().split())

    def test_a_conflict_beats_it(self, scene: Scene, inspector: User) -> None:
        now, officer = timezone.now(), scene.cast.officer
        declare_conflict(reference=scene.family.reference, user=inspector, how="knows", by=officer, at=now)
        client = signed_in(User.objects.get(pk=inspector.pk))
        assert ask(scene.path(Row("decisions:detail", "recorded", "", "")), "GET", client) == "n"
        references = {line.reference for line in client.get(reverse("decisions:log")).context["lines"]}
        assert scene.declined.reference in references
        assert not references & {scene.recorded.reference, scene.group.reference}


def test_every_entry_says_inspector(scene: Scene, inspector: User) -> None:
    before, client = LedgerEntry.objects.latest("pk").pk, signed_in(inspector)
    for row in (Row("decisions:log", "-", "", ""), Row("decisions:detail", "recorded", "", "")):
        client.get(scene.path(row))
    left = LedgerEntry.objects.filter(pk__gt=before, actor=inspector).order_by("seq")
    assert [entry.event for entry in left][-2:] == ["decisions.listed", "decision.opened"]
    assert {entry.additional_data["inspector"] for entry in left} == {str(scene.inspection.public_id)}
    who = signed_in(scene.cast.supervisor).get(scene.path(Row("decisions:who_looked", "recorded", "", "")))
    assert "Isra Quill, inspector" in who.content.decode()
    page = signed_in(scene.cast.officer).get(scene.path(Row("administration:inspection", "inspected", "", "")))
    assert [(read.reference, read.how) for read in page.context["opened"]] == [(scene.recorded.reference, "Opened")]


def test_home_before_and_after(scene: Scene, inspector: User) -> None:
    """An account without access leads nowhere, and says why."""
    actions.end_inspection(inspection=scene.inspection, by=scene.cast.officer, at=timezone.now())
    client = signed_in(inspector)
    page = client.get(reverse("home")).content.decode()
    assert "You cannot read decisions here today" in page
    assert [ask(reverse(name), "GET", client) for name in ("decisions:log", "search")] == ["f", "f"]
    assert [label for label, _, _ in client.get(reverse("home")).context["navigation"]] == ["Home"]
