"""The six on their page, what was written then, and the way to the rest."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import add_membership, add_recipient, add_team, change_duty_numbers
from accounts.models import User
from accounts.roles import Role
from audit import ledger
from audit.models import LedgerEntry
from decisions.models import Decision, UrgentRecord
from decisions.presenters import urgent as urgent_words
from drafting import actions
from families.models import Family
from safeguarding.demo import stories
from tests import shared
from tests.cast import Cast
from tests.drafting.households import address_book, household
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_actions_urgent import URGENT_FIELDS, completed
from tests.in_turn import in_turn
from tests.pages import Page, PageClient
from ui.moments import clock, moment, weekday

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
NOW = reverse("drafting:urgent")
ANSWERS = {
    "who": URGENT_FIELDS["who"], "information": URGENT_FIELDS["information"], "recipient": "Police, 999",
    "why": URGENT_FIELDS["why"], "when": "now",
    "how": "By phone",
}  # fmt: skip


cast, now = shared.cast, shared.now


@pytest.fixture
def family(cast: Cast, now: datetime) -> Family:
    return household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=now)


@pytest.fixture(scope="module")
def opened(cast: Cast) -> Walk:
    one = Walk(cast.practitioner, signed_in=True)
    one.get(NOW)
    return one


@pytest.fixture
def walk(opened: Walk) -> Walk:
    """The page as it was opened once for the module."""
    one = Walk(opened.user)
    one.client.cookies, one.answer, one.page = deepcopy(opened.client.cookies), opened.answer, opened.page
    return one


def urgent_record(cast: Cast, at: datetime, hours: float = 11, **answers: object) -> UrgentRecord:
    given = {**URGENT_FIELDS, "shared_at": at - timedelta(hours=hours), **answers}
    return actions.record_urgent(team=cast.team, answers=given, submission_id=uuid4(), by=cast.practitioner, at=at)


def sent(walk: Walk, *, status: int = 302, **answers: Any) -> None:
    """What a browser would send of the open page, with the answers over it."""
    shown = {name: values[-1] for name, values in walk.shown().items()}
    walk.send(NOW, {**shown, **ANSWERS, **answers}, status=status)


def links(page: Page) -> list[str]:
    return [one.attrs.get("href", "") for one in page.all("a")]


class TestEntryRoutes:
    def test_who_still_has_to_ring_sees_the_numbers_first(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        change_duty_numbers(numbers=[("Night duty", "01632 960 777")], by=cast.administrator, at=now)
        html = as_user(cast.practitioner).get(f"{NOW}?entry_route=NOW").content.decode()
        assert html.index("Call first, record later.") < html.index('<form method="post" novalidate')
        assert "Do not let this delay the call" in html
        assert {"tel:999", "tel:01632960777"} <= set(links(Page(html)))
        assert Page(html).all("title")[0].text.startswith("Tell someone now")

    def test_who_has_told_goes_straight_to_the_six(self, cast: Cast, as_user: SignIn) -> None:
        html = as_user(cast.practitioner).get(f"{NOW}?entry_route=TOLD").content.decode()
        assert "Call first" not in html
        assert Page(html).all("title")[0].text.startswith("I have already told someone")

    def test_anything_else_shows_the_numbers(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        for query in in_turn((
            "", "?entry_route=", "?entry_route=DECIDING", "?entry_route=%00", "?entry_route=TOLD&entry_route=NOW",
        )):  # fmt: skip
            assert "Call first" in client.get(NOW + query).content.decode(), query

    def test_both_ask_the_same_and_need_no_family(self, walk: Walk) -> None:
        first = walk.names_on_page()
        walk.get(f"{NOW}?entry_route=TOLD")
        assert walk.names_on_page() == first
        assert not [name for name in first if "family" in name]
        assert not Family.objects.exists()


class TestToWhom:
    def choices(self, walk: Walk) -> list[str]:
        walk.get(NOW)
        return [one.attrs["value"] for one in walk.page.all("input") if one.attrs.get("name") == "recipient"]

    def test_the_organisations_own_numbers_and_address_book(self, cast: Cast, now: datetime, walk: Walk) -> None:
        numbers = [("Night duty", "01632 960777"), ("Danger", "999")]
        change_duty_numbers(numbers=numbers, by=cast.administrator, at=now)
        address_book(stories.SOCIAL_CARE, "night DUTY", by=cast.administrator, at=now)
        address_book("Their front door", by=cast.stranger.administrator, at=now)
        assert self.choices(walk) == [
            "Police, 999", "Ambulance, 999", "night DUTY", stories.SOCIAL_CARE, "other",
        ]  # fmt: skip

    def test_a_long_address_book_folds_into_a_list(self, cast: Cast, now: datetime, walk: Walk) -> None:
        names = [f"Service {number:02}" for number in range(30)]
        for name in names:
            add_recipient(
                name=name, kind="health", route_kind="phone", route="01632 960111", checked_on=None,
                by=cast.administrator, at=now,
            )  # fmt: skip
        found = self.choices(walk)
        assert found == ["Police, 999", "Ambulance, 999", *names[:10], "book", "other"]
        sent(walk, recipient="book", recipient_book="Service 29")
        assert UrgentRecord.objects.get().recipient == "Service 29"

    def test_somebody_else_is_typed(self, walk: Walk) -> None:
        sent(walk, recipient="other", recipient_other="Dr Abara, the surgery")
        assert UrgentRecord.objects.get().recipient == "Dr Abara, the surgery"

    def test_somebody_else_must_be_said(self, walk: Walk) -> None:
        sent(walk, recipient="other", status=422)
        assert walk.errors == ["Error: Enter who you told"]


class TestWhen:
    def test_just_now_is_the_servers_time(self, walk: Walk) -> None:
        before = timezone.now()
        sent(walk)
        urgent = UrgentRecord.objects.get()
        assert before <= urgent.shared_at == urgent.recorded_at <= timezone.now()

    def test_earlier_today(self, walk: Walk) -> None:
        earlier = timezone.localtime().replace(second=0, microsecond=0)
        sent(walk, when="today", today_at=f"{earlier:%H:%M}")
        assert UrgentRecord.objects.get().shared_at == earlier

    def test_a_time_that_has_not_come_says_what_to_choose(self, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        local = timezone.localtime().replace(hour=0, minute=30)
        monkeypatch.setattr("drafting.forms.urgent.timezone.now", lambda: local)
        walk.get(NOW)
        sent(walk, when="today", today_at="11:50pm", status=422)
        assert walk.errors == ["Error: That time has not come yet today. If it was yesterday, choose “Another day”"]

    def test_a_time_that_is_none_is_refused_as_typed(self, walk: Walk) -> None:
        for typed in in_turn(("", "9", "25:00", "soon", "\x00", "9" * 300)):
            sent(walk, when="today", today_at=typed, status=422)
            assert len(walk.errors) == 1, typed
        assert not UrgentRecord.objects.exists()

    def test_another_day(self, walk: Walk, now: datetime) -> None:
        before = timezone.localtime(now - timedelta(days=1)).replace(second=0, microsecond=0)
        parts: dict[str, Any] = {f"other_at_{part}": str(getattr(before, part)) for part in ("day", "month", "year")}
        sent(walk, when="other", **parts, other_at_time=clock(before))
        assert UrgentRecord.objects.get().shared_at == before

    def test_tomorrow_is_refused(self, walk: Walk, now: datetime) -> None:
        later = timezone.localtime(now + timedelta(days=1))
        parts: dict[str, Any] = {f"other_at_{part}": str(getattr(later, part)) for part in ("day", "month", "year")}
        sent(walk, when="other", **parts, other_at_time=clock(later), status=422)
        assert "must be in the past" in walk.errors[0]

    def test_a_time_under_another_answer_is_not_dropped_unseen(self, walk: Walk) -> None:
        sent(walk, when="now", today_at="00:01", status=422)
        assert walk.errors
        assert not UrgentRecord.objects.exists()


class TestRefused:
    def test_empty_it_asks_for_each_of_the_six(self, cast: Cast, as_user: SignIn) -> None:
        answer = as_user(cast.practitioner).post(NOW)
        assert answer.status_code == 422
        page = Page(answer.content.decode())
        assert [one.text.removeprefix("Error: ") for one in page.classed("govuk-error-message")] == [
            "Enter who it is about, as well as you know", "Enter what you told them", "Choose who you told",
            "Enter why it could not wait", "Choose when you told them", "Choose how you told them",
        ]  # fmt: skip

    def test_what_says_nothing(self, walk: Walk) -> None:
        for name, text in in_turn((
            ("information", "see notes"), ("information", "n/a"), ("why", "See notes."), ("why", "urgent"),
            ("why", "..."), ("who", "..."), ("who", "   "), ("information", "\u200b"),
        )):  # fmt: skip
            sent(walk, **{name: text}, status=422)
            assert len(walk.errors) == 1, (name, text)
        assert not UrgentRecord.objects.exists()

    @pytest.mark.parametrize(("name", "most"), [("who", 500), ("information", 4000), ("why", 2000)])
    def test_too_long_says_how_long_it_may_be(self, walk: Walk, name: str, most: int) -> None:
        sent(walk, **{name: "ä" * (most + 1)}, status=422)
        assert f"{most:,}" in walk.errors[0]
        assert walk.shown()[name] == ["ä" * (most + 1)]
        longest: dict[str, Any] = {name: "ä" * most}
        sent(walk, **longest)
        assert getattr(UrgentRecord.objects.get(), name) == "ä" * most

    def test_nothing_typed_is_lost(self, walk: Walk) -> None:
        sent(walk, how="", recipient="other", recipient_other="The surgery", status=422)
        shown = walk.shown()
        assert (shown["who"], shown["information"], shown["why"]) == (
            [URGENT_FIELDS["who"]],
            [URGENT_FIELDS["information"]],
            [URGENT_FIELDS["why"]],
        )
        assert (shown["recipient"], shown["recipient_other"], shown["when"]) == (["other"], ["The surgery"], ["now"])

    @pytest.mark.parametrize("name", ["recipient", "when", "how", "team"])
    def test_forged_choices(self, walk: Walk, name: str) -> None:
        page = walk.page
        for value in in_turn(("FORGED", "x" * 5000, "\x00", "book")):
            walk.page = page
            sent(walk, **{name: value}, status=422)
            assert not UrgentRecord.objects.exists(), value


class TestSaved:
    def test_it_says_when_the_rest_is_due_and_leads_to_it(self, walk: Walk) -> None:
        sent(walk)
        urgent = UrgentRecord.objects.get()
        path = reverse("decisions:urgent_detail", args=[urgent.public_id])
        assert walk.at == path
        walk.get(path)
        assert f"Recorded. Complete it by {weekday(urgent.complete_by)}." in walk.text
        assert reverse("drafting:urgent_complete", args=[urgent.public_id]) in links(walk.page)
        for text in URGENT_FIELDS.values():
            assert text in walk.text
        assert "at once. Nobody can change it." in walk.text

    def test_the_button_pressed_twice_is_one_record(self, walk: Walk) -> None:
        sent(walk)
        first = walk.at
        sent(walk)
        assert walk.at == first
        assert UrgentRecord.objects.count() == 1

    def test_of_two_teams_it_asks_which(self, cast: Cast, now: datetime, walk: Walk) -> None:
        more = add_team(name="Night", by=cast.administrator, at=now)
        add_membership(user=cast.practitioner, team=more, role=Role.PRACTITIONER, by=cast.administrator, at=now)
        walk.get(NOW)
        assert "For which of your teams?" in walk.text
        sent(walk, team=str(more.public_id))
        assert UrgentRecord.objects.get().team == more

    def test_no_word_of_it_in_an_address_or_a_title(self, walk: Walk) -> None:
        sent(walk, who="zqnamezq")
        walk.get(walk.at)
        assert "zqnamezq" not in walk.at + walk.page.all("title")[0].text


class TestItsPage:
    def page(self, user: User, urgent: UrgentRecord, as_user: SignIn) -> Page:
        answer = as_user(user).get(reverse("decisions:urgent_detail", args=[urgent.public_id]))
        assert answer.status_code == 200
        return Page(answer.content.decode())

    def test_when_it_was_told_and_when_it_was_written(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        urgent = urgent_record(cast, now, hours=11 + 5 / 60)
        text = self.page(cast.practitioner, urgent, as_user).root.text
        assert moment(urgent.shared_at) in text
        assert f"Recorded {moment(now)}, 11 hours 5 minutes after" in text

    @pytest.mark.parametrize("who", ["practitioner", "teammate", "supervisor"])
    def test_reading_it_is_entered(self, cast: Cast, now: datetime, as_user: SignIn, who: str) -> None:
        urgent = urgent_record(cast, now)
        self.page(getattr(cast, who), urgent, as_user)
        assert LedgerEntry.objects.get(event="urgent.opened").actor == getattr(cast, who)

    def test_a_supervisor_reads_and_is_offered_nothing(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        page = self.page(cast.supervisor, urgent_record(cast, now), as_user)
        assert "Complete your urgent record" not in page.root.text

    @pytest.mark.parametrize(("days", "said"), [(0, 0), (9, 1)])
    def test_overdue_is_said(self, cast: Cast, now: datetime, as_user: SignIn, days: int, said: int) -> None:
        page = self.page(cast.practitioner, urgent_record(cast, now - timedelta(days=days)), as_user)
        assert page.root.text.count("Overdue") == said


class TestTheLog:
    @pytest.mark.parametrize("who", ["practitioner", "teammate", "supervisor"])
    def test_shows_what_is_waiting_without_a_word_of_it(
        self, cast: Cast, now: datetime, as_user: SignIn, who: str
    ) -> None:
        urgent = urgent_record(cast, now - timedelta(days=9))
        page = Page(as_user(getattr(cast, who)).get(reverse("decisions:log")).content.decode())
        assert "Urgent records, to be completed" in page.root.text
        for words in (urgent.reference, urgent.author_name, weekday(urgent.complete_by), "Overdue"):
            assert words in page.root.text
        for text in (
            URGENT_FIELDS["who"],
            URGENT_FIELDS["information"],
            URGENT_FIELDS["why"],
            URGENT_FIELDS["recipient"],
        ):
            assert text not in page.root.text

    def test_another_team_and_another_organisation_see_nothing(
        self, cast: Cast, now: datetime, as_user: SignIn
    ) -> None:
        urgent_record(cast, now)
        for user in (cast.other_team, cast.stranger.practitioner, cast.stranger.supervisor):
            assert "Urgent record" not in as_user(user).get(reverse("decisions:log")).content.decode()


class TestCompleting:
    def path(self, urgent: UrgentRecord) -> str:
        return reverse("drafting:urgent_complete", args=[urgent.public_id])

    def test_asks_only_the_family_and_leads_to_what_is_missing(
        self, cast: Cast, now: datetime, family: Family, walk: Walk
    ) -> None:
        urgent = urgent_record(cast, now, hours=1)
        walk.get(self.path(urgent))
        assert URGENT_FIELDS["who"] in walk.text
        walk.send(self.path(urgent), {"family": family.reference})
        draft = Decision.objects.get()
        assert draft.urgent == urgent
        assert walk.at == reverse("drafting:page", args=[draft.public_id, "people"])
        walk.get(walk.at)
        assert "Your urgent record" in walk.text
        assert URGENT_FIELDS["information"] in walk.text

    def test_a_family_that_is_not_here_is_registered_in_passing(self, cast: Cast, now: datetime, walk: Walk) -> None:
        urgent = urgent_record(cast, now, hours=1)
        walk.get(self.path(urgent))
        walk.send(self.path(urgent), {"family": "new", "family_name": "Boy at the bus station"})
        assert Family.objects.get().name == "Boy at the bus station"
        assert Decision.objects.get().decision_families.get().family == Family.objects.get()

    def test_begun_before_it_goes_on_where_it_was_left(
        self, cast: Cast, now: datetime, family: Family, walk: Walk
    ) -> None:
        urgent = urgent_record(cast, now, hours=1)
        draft = actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        walk.get(self.path(urgent), status=302)
        assert walk.answer.headers["Location"] == reverse("drafting:continue", args=[draft.public_id])
        walk.get(walk.answer.headers["Location"], status=302)
        assert walk.answer.headers["Location"] == reverse("drafting:page", args=[draft.public_id, "people"])

    def test_a_family_of_another_team_is_no_choice(self, cast: Cast, now: datetime, walk: Walk) -> None:
        other = household(
            stories.HOUSING_PEOPLE, team=cast.other_team_row, by=cast.other_team, at=now, name="Pellworth"
        )
        urgent = urgent_record(cast, now)
        walk.get(self.path(urgent))
        for answers in ({"family": other.reference}, {}):
            walk.send(self.path(urgent), answers, status=422)
        assert not Decision.objects.exists()


class TestTheDecision:
    def test_a_telling_that_no_sending_says_stands_in_what_happened_when(
        self, cast: Cast, now: datetime, family: Family
    ) -> None:
        """Somebody may put the sending's time right: when it was first said to be stays."""
        urgent = urgent_record(cast, now, hours=2)
        draft = actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        assert [event.title for _, event in urgent_words.moments(draft)] == [f"Urgent record {urgent.reference} made"]
        with ledger.recording(actor=cast.practitioner, at=now):
            sending = draft.sendings.get()
            sending.sent_at -= timedelta(minutes=10)
            sending.save()
        assert next(event.title for _, event in urgent_words.moments(draft)) == "Shared with Police, 999"

    def test_of_two_drafts_the_second_is_told(self, cast: Cast, now: datetime, family: Family) -> None:
        urgent = urgent_record(cast, now, hours=1)
        begun = actions.complete(urgent=urgent, family=family, by=cast.teammate, at=now)
        decision = completed(cast, family, urgent, now)
        other = Walk(cast.teammate, begun, signed_in=True)
        other.get(other.check_path)
        assert f"This is already recorded in another decision: {decision.reference}" in other.text
        other.send(other.record_path, {}, status=422)
        assert f"This is already recorded in another decision: {decision.reference}" in other.text


def test_late_the_page_names_the_day(cast: Cast, now: datetime, family: Family) -> None:
    urgent = urgent_record(cast, now - timedelta(days=9), hours=1)
    draft = actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
    walk = Walk(cast.practitioner, draft, signed_in=True)
    walk.skip(_story(), "people", "concern", "request")
    walk.open("outcome")
    assert "Why was it not completed sooner?" in walk.text
    assert f"It was to be completed by {weekday(urgent.complete_by)}." in walk.text


def _story() -> dict[str, Any]:
    story = stories.refused_and_shared(timezone.now())
    return {**story, "concern": {"level": "s47"}, "request": {"trigger": "PRO"}}
