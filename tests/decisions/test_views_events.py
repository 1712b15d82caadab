"""The pages on which something is added to a recorded decision, and what the decision's own page then says."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions import actions
from decisions.models import Addition, ConsentEvent, Decision, Receipt, Response, Sending
from decisions.presenters.follow_up import waiting
from tests.cast import Cast
from tests.decisions import agreed
from tests.decisions import event_stories as stories
from tests.decisions.cases import copy, plain, recorded_twin
from tests.in_turn import in_turn
from tests.pages import Page, PageClient, parsed

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
cast, now, decision = agreed.cast, agreed.now, agreed.decision


@pytest.fixture(scope="module")
def transfer(cast: Cast, now: datetime) -> Decision:
    """S08: the file goes to her next school, and has not been sent yet."""
    return stories.recorded(cast, stories.transfer(now), now)


@pytest.fixture
def transfer_sent(cast: Cast, transfer: Decision, now: datetime) -> Decision:
    """The same, sent."""
    made = recorded_twin(transfer, at=now)
    answers = {"sent_at": now, "how": "Secure e-mail", "said_differently": "", "received_by": ""}
    school = made.recipients.get()
    by = cast.practitioner
    actions.add_sending(decision=made, recipient=school, answers=answers, submission_id=uuid4(), by=by, at=now)
    return made


@pytest.fixture(scope="module")
def group(decision: Decision, now: datetime) -> Decision:
    """The same, decided once for a group that shares every week."""
    until = timezone.localdate(now) + timedelta(days=60)
    return recorded_twin(decision, at=now, standing_scope="How her week at school went.", standing_until=until)


@pytest.fixture
def client(cast: Cast, as_user: SignIn) -> PageClient:
    return as_user(cast.practitioner)


def at(name: str, when: datetime) -> dict[str, str]:
    local = timezone.localtime(when)
    return {f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year),
            f"{name}_time": f"{local:%H:%M}"}  # fmt: skip


def url(name: str, decision: Decision, *more: object) -> str:
    return reverse(f"decisions:{name}", args=[decision.public_id, *more])


def send(client: PageClient, path: str, answers: Mapping[str, Any], status: int = 302) -> Page:
    answer = client.post(path, {"submission_id": str(uuid4()), **answers})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return parsed(answer.content.decode())


def words(page: Page) -> str:
    """What the page says, apart from what stands on every page."""
    [main] = page.all("main")
    return main.text


def opened(client: PageClient, path: str, **asked: str) -> str:
    return words(parsed(client.get(path, asked).content.decode()))


def detail(client: PageClient, decision: Decision, **asked: str) -> str:
    return opened(client, url("detail", decision), **asked)


def said(client: PageClient, decision: Decision, state: str, when: datetime, who: str = stories.MOTHER) -> None:
    path = url("add_consent_event", decision, decision.people.get(name=who).pk)
    yes = {"agreed_to": "SHARING"} if state == "GIVEN" else {}
    send(
        client,
        path,
        {
            "consent_state": state,
            **yes,
            "consent_how": "In writing",
            "views": "No more of it.",
            **at("consent_at", when),
        },
    )


class TestReceipt:
    def test_it_is_entered_and_ends_the_waiting(self, client: PageClient, decision: Decision, now: datetime) -> None:
        sent: Sending = decision.sendings.get()
        assert "Has it arrived?" in detail(client, decision)
        send(client, url("add_receipt", decision, sent.public_id),
             {**at("received_at", now), "received_by": "The office", "reference_given": "MB-1"})  # fmt: skip
        receipt = Receipt.objects.get()
        assert (receipt.sending, receipt.received_by, receipt.reference_given) == (sent, "The office", "MB-1")
        text = detail(client, decision)
        assert "Receipt confirmed: " in text
        assert "MB-1" in text
        assert "Has it arrived?" not in text

    def test_nobody_has_it_before_it_was_sent(self, client: PageClient, decision: Decision) -> None:
        sent: Sending = decision.sendings.get()
        answers = {**at("received_at", sent.sent_at - timedelta(minutes=5)), "received_by": "The office"}
        page = send(client, url("add_receipt", decision, sent.public_id), answers, status=422)
        assert "The time of receipt must be after it was sent" in words(page)
        assert not Receipt.objects.exists()

    def test_a_guessed_sending(self, client: PageClient, decision: Decision) -> None:
        assert client.get(url("add_receipt", decision, uuid4())).status_code == 404

    def test_the_page_starts_with_now(self, client: PageClient, decision: Decision, now: datetime) -> None:
        page = parsed(client.get(url("add_receipt", decision, decision.sendings.get().public_id)).content.decode())
        year = page.by_id("id_received_at_year")
        assert year is not None
        assert year.attrs["value"] == str(timezone.localtime(now).year)


class TestResponse:
    def test_a_front_door_that_asks_for_consent(self, client: PageClient, decision: Decision, now: datetime) -> None:
        """S18: recorded as not taken, with what was answered and who it was taken up with."""
        school = decision.recipients.get(name=stories.SCHOOL)
        answers = {"recipient": str(school.pk), "kind": "WOULD_NOT_TAKE_IT", "text": "They ask for parental consent.",
                   **at("at", now)}  # fmt: skip
        send(client, url("add_response", decision), answers)
        text = detail(client, decision)
        assert "They did not accept it" in text
        assert "enter who you escalated it to" in text
        answers |= {"refusal_answered": "The basis is not consent.", "refusal_escalated_to": "Head of service"}
        send(client, url("add_response", decision), answers)
        later = Response.objects.last()
        assert later is not None
        assert (later.answered, later.escalated_to) == ("The basis is not consent.", "Head of service")
        assert "Escalated to: Head of service" in detail(client, decision)

    def test_the_organisations_numbers_are_named(self, client: PageClient, decision: Decision) -> None:
        number = decision.organisation.duty_numbers.first()
        text = opened(client, url("add_response", decision))
        assert "whoever your escalation route names" in text
        if number:
            assert number.number in text

    def test_words_under_another_answer_are_minded(self, client: PageClient, decision: Decision, now: datetime) -> None:
        school = decision.recipients.get(name=stories.SCHOOL)
        answers = {"recipient": str(school.pk), "kind": "ACTING", "text": "They will.", "answered": "Thank you",
                   **at("at", now)}  # fmt: skip
        page = send(client, url("add_response", decision), answers, status=422)
        assert "Thank you" in words(page)
        assert not Response.objects.exists()

    def test_how_it_ended_is_about_nobody_else(self, client: PageClient, decision: Decision, now: datetime) -> None:
        answers = {"text": "She is settled at school.", **at("at", now)}
        page = send(client, url("add_response", decision), {"kind": "ACTING", **answers}, status=422)
        assert "Choose which recipient this is about" in words(page)
        send(client, url("add_response", decision), {"kind": "ENDED", **answers})
        assert "For the child" in detail(client, decision)

    @pytest.mark.parametrize("query", ["?kind=CHASED&to=1", "?kind=nonsense&to=x", "?kind=%00", "?to=99999999999999"])
    def test_any_address_opens_it(self, client: PageClient, decision: Decision, query: str) -> None:
        assert client.get(url("add_response", decision) + query).status_code == 200


class TestReplyDeadlines:
    @pytest.fixture
    def old(self, decision: Decision, now: datetime) -> Decision:
        return recorded_twin(decision, at=now - timedelta(days=9))

    def test_overdue_until_chased_or_answered(
        self, cast: Cast, client: PageClient, old: Decision, now: datetime
    ) -> None:
        today = timezone.localdate(now)
        assert [one.reference for one in Decision.objects.awaiting_reply(cast.practitioner, today)] == [old.reference]
        text = detail(client, old)
        assert "Overdue An answer was due by the end of" in text
        school = old.recipients.get(name=stories.SCHOOL)
        answers = {"recipient": str(school.pk), "text": "Rang twice.", **at("at", now)}
        send(client, url("add_response", old), {"kind": "CHASED", **answers})
        assert not Decision.objects.awaiting_reply(cast.practitioner, today).exists()
        assert "Ask them if you have not heard by the end of" in detail(client, old)
        send(client, url("add_response", old), {"kind": "ACTING", **answers})
        assert "Has it arrived?" not in detail(client, old)
        later = today + timedelta(days=30)
        assert old not in Decision.objects.awaiting_reply(cast.practitioner, later)

    def test_only_for_those_who_may_add(self, cast: Cast, old: Decision, now: datetime) -> None:
        today = timezone.localdate(now)
        assert old in Decision.objects.awaiting_reply(cast.teammate, today)
        for user in (cast.supervisor, cast.other_team, cast.administrator, cast.stranger.practitioner):
            assert not Decision.objects.awaiting_reply(user, today).exists()

    def test_the_query_and_the_page_agree(self, cast: Cast, decision: Decision, now: datetime) -> None:
        today, answers = timezone.localdate(now), set[bool]()
        for days in range(9):
            made = recorded_twin(decision, at=now - timedelta(days=days))
            asked = made in Decision.objects.awaiting_reply(cast.practitioner, today)
            parts = Decision.objects.with_parts().get(pk=made.pk)
            assert asked is any(one.due.overdue for one in waiting(parts, today)), f"{days} days"
            answers.add(asked)
        assert answers == {True, False}


class TestTransfer:
    """S08: a countdown to the sending, overdue, then a receipt outstanding until it is entered."""

    def test_the_countdown(self, client: PageClient, transfer: Decision) -> None:
        text = detail(client, transfer)
        assert "Not sent yet Send the file to the next school by" in text
        assert "5 school days" in text

    def test_overdue(self, client: PageClient, transfer: Decision, now: datetime) -> None:
        late = recorded_twin(transfer, at=now - timedelta(days=12))
        assert "Overdue The file was due at the next school by" in detail(client, late)

    def test_a_receipt_is_outstanding_until_it_is_entered(
        self, client: PageClient, transfer_sent: Decision, now: datetime
    ) -> None:
        assert "Receipt outstanding" in detail(client, transfer_sent)
        path = url("add_receipt", transfer_sent, transfer_sent.sendings.get().public_id)
        send(client, path, {**at("received_at", now), "received_by": "The new school's lead"})
        assert "Receipt outstanding" not in detail(client, transfer_sent)


class TestSaid:
    def test_a_withdrawal_is_said_at_the_top(self, client: PageClient, decision: Decision, now: datetime) -> None:
        """S10: nothing more is sent, and that she had agreed is still to be seen."""
        said(client, decision, "WITHDRAWN", now)
        answer = client.get(url("detail", decision))
        page = parsed(answer.content.decode())
        assert "Consent was withdrawn on" in words(page)
        assert "do not send anything more that relies on it" in words(page)
        links = {one.text: one.attrs["href"] for one in page.all("a") if "href" in one.attrs}
        again = reverse("drafting:supersede", args=[decision.public_id])
        assert links["Stop sharing"] == f"{again}?outcome=STOPPED"
        assert links["Make a new decision"] == again
        assert "Consent given" in words(page)
        assert "Yes, please help us." in words(page)
        assert "later Consent given, then withdrawn" in words(page)
        events = ConsentEvent.objects.filter(decision=decision, person__name=stories.MOTHER)
        assert [event.consent_state for event in events] == ["GIVEN", "WITHDRAWN"]

    def test_a_yes_to_part_says_to_which_and_until_when(
        self, client: PageClient, decision: Decision, now: datetime
    ) -> None:
        path = url("add_consent_event", decision, decision.people.get(name=stories.MOTHER).pk)
        last = timezone.localdate(now) + timedelta(days=90)
        days = {f"part_until_{part}": str(getattr(last, part)) for part in ("day", "month", "year")}
        typed = {
            "consent_state": "GIVEN_PARTIAL",
            "consent_how": "By phone",
            "views": "Only school.",
            **at("consent_at", now),
            **days,
        }
        page = send(client, path, {**typed, "part_agreed_to": "SHARING"}, status=422)
        assert "Enter what they consented to, and what they did not" in words(page)
        assert "Only school." in words(page)
        send(client, path, {**typed, "part_agreed_to": ["SHARING", "SERVICE"], "part_limits": "School, not housing"})
        event = ConsentEvent.objects.filter(decision=decision, person__name=stories.MOTHER).latest("pk")
        assert (event.agreed_to_sharing, event.agreed_to_confidence, event.agreed_to_service) == (True, False, True)
        assert (event.consent_limits, event.consent_until) == ("School, not housing", last)
        text = detail(client, decision)
        assert "What the consent covers, and what it does not: School, not housing" in text
        assert "Agreed to: To the help itself, such as early help" in text

    def test_a_no_is_to_nothing(self, client: PageClient, decision: Decision, now: datetime) -> None:
        """What most yeses are to stands ready in the boxes of a yes, and is no part of a no."""
        said(client, decision, "REFUSED", now)
        event = ConsentEvent.objects.filter(decision=decision, person__name=stories.MOTHER).latest("pk")
        assert (event.agreed_to_sharing, event.consent_limits, event.consent_until) == (False, "", None)

    @pytest.mark.parametrize("missing", ["agreed_to", "until"])
    def test_a_yes_is_to_something_and_ends_after_it_began(
        self, client: PageClient, decision: Decision, now: datetime, missing: str
    ) -> None:
        path = url("add_consent_event", decision, decision.people.get(name=stories.MOTHER).pk)
        typed = {
            "consent_state": "GIVEN",
            "agreed_to": "SHARING",
            "consent_how": "By phone",
            "views": "Yes.",
            **at("consent_at", now),
        }
        wrong: dict[str, tuple[Mapping[str, Any], str]] = {
            "agreed_to": ({**typed, "agreed_to": []}, "Tick what they consented to"),
            "until": ({**typed, "until_day": "1", "until_month": "2", "until_year": "2020"},
                      "Enter a day that is not before they gave consent"),
        }  # fmt: skip
        data, message = wrong[missing]
        assert message in words(send(client, path, data, status=422))

    def test_sent_all_the_same_is_recorded_and_flagged(
        self, client: PageClient, decision: Decision, now: datetime
    ) -> None:
        said(client, decision, "WITHDRAWN", now - timedelta(minutes=10))
        path = url("add_sending", decision)
        assert "do not send anything more" in opened(client, path)
        housing = decision.recipients.get(name=stories.HOUSING)
        send(client, path, {"recipient": str(housing.pk), "how": "By post", **at("sent_at", now)})
        assert Sending.objects.filter(decision=decision).count() == 2
        assert "Something was sent after this person withdrew consent" in detail(client, decision)

    def test_agreeing_again_lifts_it(self, client: PageClient, decision: Decision, now: datetime) -> None:
        said(client, decision, "WITHDRAWN", now - timedelta(minutes=10))
        said(client, decision, "GIVEN", now)
        assert "Consent was withdrawn on" not in detail(client, decision)

    def test_nobody_withdraws_what_they_never_gave(self, client: PageClient, decision: Decision) -> None:
        path = url("add_consent_event", decision, decision.people.get(name=stories.CHILD).pk)
        assert "Consent given, then withdrawn" not in opened(client, path)
        page = send(client, path, {"consent_state": "WITHDRAWN"}, status=422)
        assert not ConsentEvent.objects.filter(consent_state="WITHDRAWN").exists()
        assert page.by_id("id_consent_state-error") is not None

    def test_a_decision_without_consent_has_no_such_notice(
        self, client: PageClient, transfer_sent: Decision, now: datetime
    ) -> None:
        said(client, transfer_sent, "REFUSED", now)
        assert "Consent was withdrawn on" not in detail(client, transfer_sent)


class TestAdditions:
    def test_an_amendment(self, client: PageClient, decision: Decision) -> None:
        """X04: added, never edited; the first text stays readable beside it."""
        answers = {"kind": "AMENDMENT", "why": "I miscounted.", "section": "concern", "text": "They moved five times."}
        send(client, url("add_addition", decision), answers)
        page = parsed(client.get(url("detail", decision)).content.decode())
        section = next(
            one for one in page.all("section") if one.attrs.get("aria-labelledby") == "section-concern-title"
        )
        for words in ("They move house every few months.", "Amendment", "They moved five times.", "I miscounted."):
            assert words in section.text

    def test_why_is_a_reason(self, client: PageClient, decision: Decision) -> None:
        answers = {"kind": "AMENDMENT", "section": "concern", "text": "They moved five times."}
        for nothing in ("", "n/a", "see notes"):
            page = send(client, url("add_addition", decision), {**answers, "why": nothing}, status=422)
            assert "Enter why you are adding it" in words(page)
        assert not Addition.objects.exists()

    @pytest.mark.parametrize(("kind", "box", "heading"), [
        ("STATEMENT", "stated_by", f"In the words of {stories.MOTHER}"),
        ("DISPUTED", "disputed_by", f"Disputed by {stories.MOTHER}"),
    ])  # fmt: skip
    def test_somebodys_own_account(
        self, client: PageClient, decision: Decision, kind: str, box: str, heading: str
    ) -> None:
        answers = {"kind": kind, "section": "whole", "text": "The flat was damp, so we moved."}
        send(client, url("add_addition", decision), answers, status=422)
        mother = decision.people.get(name=stories.MOTHER)
        send(client, url("add_addition", decision), {**answers, box: str(mother.pk)})
        added = Addition.objects.get()
        assert (added.person, added.section) == (mother, "")
        assert heading in detail(client, decision)

    def test_there_is_no_page_that_edits(self, client: PageClient, decision: Decision) -> None:
        keys = ("people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending")
        for key in in_turn(keys, of=4):
            path = reverse("drafting:page", args=[decision.public_id, key])
            assert client.get(path).status_code == client.post(path, {"x": "y"}).status_code == 404


class TestGroup:
    def line(self, group: Decision, now: datetime, **answers: str) -> dict[str, str]:
        school = group.recipients.get(name=stories.SCHOOL)
        return {"to": str(school.pk), "said_differently": "A good week.", "how": "By phone",
                **at("sent_at", now), **answers}  # fmt: skip

    def test_one_line(self, client: PageClient, group: Decision, now: datetime) -> None:
        page = parsed(client.get(url("detail", group)).content.decode())
        assert page.by_id("id_said_differently") is not None
        send(client, url("add_standing_sending", group), self.line(group, now))
        assert Sending.objects.filter(decision=group).count() == 2
        assert "A good week." in detail(client, group)

    def test_it_is_not_chased(self, cast: Cast, client: PageClient, group: Decision, now: datetime) -> None:
        assert "Has it arrived?" not in detail(client, group)
        later = timezone.localdate(now) + timedelta(days=9)
        assert group not in Decision.objects.awaiting_reply(cast.practitioner, later)

    def test_somebody_outside_is_kept_and_flagged(self, client: PageClient, group: Decision, now: datetime) -> None:
        send(client, url("add_standing_sending", group), self.line(group, now, to="else"), status=422)
        send(client, url("add_standing_sending", group), self.line(group, now, to="else", outsider="The football club"))
        assert Sending.objects.filter(decision=group).count() == 1
        text = detail(client, group)
        assert "To The football club" in text
        assert "Something was sent to someone who is not in the group" in text

    def test_after_its_end_it_is_kept_and_flagged(self, client: PageClient, group: Decision, now: datetime) -> None:
        last = timezone.localdate(now) - timedelta(days=3)
        over = recorded_twin(group, at=now - timedelta(days=30), standing_until=last)
        text = detail(client, over)
        assert "The group's sharing ended on" in text
        assert "What?" not in text
        send(client, url("add_standing_sending", over), self.line(over, now))
        assert "after the last day of the group's sharing" in detail(client, over)

    def test_lines_come_in_pages(self, client: PageClient, group: Decision, now: datetime) -> None:
        first_sent = group.sendings.get()
        lines = (f"Line {number:02}." for number in range(51))
        plain(Sending).bulk_create(copy(first_sent, sent_at=now, said_differently=line) for line in lines)
        first, second = detail(client, group), detail(client, group, page="2")
        assert "Line 50." in first
        assert "Line 00." in second
        assert "Line 00." not in first


@pytest.mark.parametrize("name", ["add_response", "add_addition", "add_standing_sending"])
def test_others_find_nothing(cast: Cast, decision: Decision, as_user: SignIn, name: str) -> None:
    path: str = url(name, decision)
    for user in (cast.other_team, cast.stranger.practitioner):
        for answer in (as_user(user).get(path), as_user(user).post(path, {"text": "x"})):
            assert answer.status_code == 404
    events: list[Any] = [Response, Addition]
    assert not any(model.objects.exists() for model in events)
