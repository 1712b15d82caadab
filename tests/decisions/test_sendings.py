"""A decision to share is "shared" only when it was sent, on every page, and stays due until then or until why not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from audit.parts import read_parts
from decisions import actions
from decisions.models import Decision, NotSent
from decisions.presenters.outcome import waiting_for
from reminders.due import tasks
from tests.cast import Cast
from tests.decisions import agreed
from tests.decisions import event_stories as stories
from tests.decisions.cases import plain, recorded_twin, refused, sql
from tests.decisions.test_views_events import at, send, url, words
from tests.pages import Page, PageClient, parsed

SignIn = Callable[[User], PageClient]
cast, now, one_sent = agreed.cast, agreed.now, agreed.decision
TASK = "Send it, or enter why you will not"
NOT_YET, ONE_OF_TWO = "Decided to share – not yet sent", "Decided to share – sent to 1 of 2"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def none_sent(one_sent: Decision, now: datetime) -> Decision:
    """About the same family."""
    return recorded_twin(one_sent, at=now, sent=False)


@pytest.fixture(scope="module")
def file_to_send(cast: Cast, now: datetime) -> Decision:
    """S08: one recipient, and five school days."""
    return stories.recorded(cast, stories.transfer(now), now)


@pytest.fixture(scope="module")
def scenes(none_sent: Decision, one_sent: Decision, file_to_send: Decision) -> dict[str, Decision]:
    return {"none": none_sent, "one": one_sent, "file": file_to_send}


@pytest.fixture
def client(cast: Cast, as_user: SignIn) -> PageClient:
    return as_user(cast.practitioner)


@pytest.fixture
def pages(cast: Cast, as_user: SignIn) -> Callable[[Decision], dict[str, str]]:
    """Everywhere a decision is named by what was decided: to its author, and to the supervisor."""

    def texts(decision: Decision) -> dict[str, str]:
        family = decision.decision_families.get().family
        addresses = {
            "page": (cast.practitioner, url("detail", decision)),
            "log": (cast.practitioner, reverse("decisions:log")),
            "summary": (cast.practitioner, url("summary", decision)),
            "print": (cast.practitioner, url("print", decision)),
            "family": (cast.practitioner, reverse("families:detail", args=[family.public_id])),
            "new decision": (cast.practitioner, reverse("drafting:supersede", args=[decision.public_id])),
            "queue": (cast.supervisor, reverse("reviews:queue")),
            "review": (cast.supervisor, reverse("reviews:review", args=[decision.public_id])),
        }
        return {name: as_user(user).get(path).content.decode() for name, (user, path) in addresses.items()}

    return texts


def about(decision: Decision, user: User, day: Any) -> list[str]:
    found = tasks(User.objects.get(pk=user.pk), day)
    return [task.what for task in found if task.reference == decision.reference and task.what == TASK]


def why_not(client: PageClient, decision: Decision, who: str, why: str, status: int = 302) -> str:
    pk = decision.recipients.get(name=who).pk
    page = send(client, url("add_not_sent", decision, pk), {"why": why}, status=status)
    return "" if status == 302 else words(page)


def it_was_sent(client: PageClient, decision: Decision, who: str, when: datetime) -> None:
    answers = {"recipient": str(decision.recipients.get(name=who).pk), **at("sent_at", when), "how": "By phone"}
    send(client, url("add_sending", decision), answers)


TIMELINE = {"chronology", "chronology-title"}  # printed it is open, on screen it opens


@pytest.mark.parametrize(("name", "said"), [("none", NOT_YET), ("one", ONE_OF_TWO), ("file", NOT_YET)])
def test_every_page_says_so(
    scenes: dict[str, Decision], pages: Callable[[Decision], dict[str, str]], name: str, said: str
) -> None:
    for page, html in pages(scenes[name]).items():
        shown = parsed(html).root.text.lower()
        assert said.lower() in shown, page
        if page not in {"log", "queue", "family"}:
            assert "shared what was needed" not in shown, page
            assert "shared the whole file" not in shown, page
        if page in {"page", "print"}:
            titled_so(parsed(html), said)


def titled_so(shown: Page, said: str) -> None:
    """In its title and in its timeline."""
    assert said in shown.all("title")[0].text
    [timeline] = [row.text for row in shown.all("section") if row.attrs.get("aria-labelledby") in TIMELINE]
    assert said in timeline


def test_it_is_due_today_for_the_author_and_the_supervisor(cast: Cast, none_sent: Decision, one_sent: Decision) -> None:
    today = timezone.localdate()
    both = {none_sent.reference, one_sent.reference}
    for user in (cast.practitioner, cast.supervisor):
        due = [task.reference for task in tasks(user, today) if task.what == TASK and task.reference in both]
        assert sorted(due) == sorted(both)
    for user in (cast.teammate, cast.other_team, cast.stranger.practitioner, cast.stranger.supervisor):
        assert not [task for task in tasks(user, today) if task.reference in both and task.what == TASK]
    [task] = [task for task in tasks(cast.practitioner, today) if task.reference == none_sent.reference]
    assert (task.due, task.overdue) == (today, False)
    [task] = [task for task in tasks(cast.practitioner, today + DAY) if task.reference == none_sent.reference]
    assert task.overdue


def test_until_each_was_sent_it(client: PageClient, cast: Cast, none_sent: Decision, now: datetime) -> None:
    today = timezone.localdate()
    it_was_sent(client, none_sent, stories.SCHOOL, now)
    assert about(none_sent, cast.practitioner, today) == [TASK]
    text = words(parsed(client.get(url("detail", none_sent)).content.decode()))
    assert ONE_OF_TWO in text
    assert "Not yet sent to" in text
    it_was_sent(client, none_sent, stories.HOUSING, now)
    assert about(none_sent, cast.practitioner, today) == about(none_sent, cast.supervisor, today) == []
    text = words(parsed(client.get(url("detail", none_sent)).content.decode()))
    assert "Shared what was needed" in text
    assert "Decided to share" not in text


def test_or_until_somebody_says_why_not(
    client: PageClient, cast: Cast, one_sent: Decision, pages: Callable[[Decision], dict[str, str]]
) -> None:
    home = client.get(reverse("home")).content.decode()
    assert url("detail", one_sent) in home
    page = client.get(url("detail", one_sent)).content.decode()
    [link] = [f'href="{url("add_not_sent", one_sent, row.pk)}"' for row in one_sent.recipients.filter(sendings=None)]
    assert link in page
    why_not(client, one_sent, stories.HOUSING, "They have left the town, and the panel agreed.")
    assert about(one_sent, cast.practitioner, timezone.localdate()) == []
    for name, html in pages(one_sent).items():
        shown = parsed(html).root.text
        assert f"{ONE_OF_TWO}, will not be sent to 1".lower() in shown.lower(), name
        if name in {"page", "print", "summary"}:
            assert "They have left the town, and the panel agreed." in shown, name
            assert cast.practitioner.full_name in shown, name
    assert LedgerEntry.objects.filter(event="decision.not_sent_added", object_pk=str(one_sent.pk)).count() == 1


def test_sent_after_all(client: PageClient, none_sent: Decision, now: datetime) -> None:
    for who in (stories.SCHOOL, stories.HOUSING):
        why_not(client, none_sent, who, "Their mother wants to think about it first.")
    assert "Decided to share – will not be sent" in words(parsed(client.get(url("detail", none_sent)).content.decode()))
    for who in (stories.SCHOOL, stories.HOUSING):
        it_was_sent(client, none_sent, who, now)
    text = words(parsed(client.get(url("detail", none_sent)).content.decode()))
    assert "Shared what was needed" in text
    assert "Their mother wants to think about it first." in text


@pytest.mark.parametrize("why", ["n/a", "", "see notes", " . "])
def test_what_is_no_reason_is_refused(client: PageClient, none_sent: Decision, why: str) -> None:
    text = why_not(client, none_sent, stories.SCHOOL, why, status=422)
    assert "Enter why it will not be sent" in text
    assert not NotSent.objects.exists()


def test_whoever_has_it_needs_no_reason(
    client: PageClient, cast: Cast, one_sent: Decision, file_to_send: Decision, now: datetime
) -> None:
    school = one_sent.recipients.get(name=stories.SCHOOL)
    assert client.get(url("add_not_sent", one_sent, school.pk)).status_code == 404
    other = file_to_send.recipients.get()
    assert client.get(url("add_not_sent", one_sent, other.pk)).status_code == 404
    for recipient in (school, other):
        with pytest.raises(Http404):
            actions.add_not_sent(
                decision=one_sent, recipient=recipient, answers={"why": "They moved away."}, submission_id=uuid4(),
                by=cast.practitioner, at=now,
            )  # fmt: skip


def test_the_database_keeps_reasons_as_they_were(client: PageClient, none_sent: Decision) -> None:
    why_not(client, none_sent, stories.SCHOOL, "The school closed for good.")
    row = NotSent.objects.get()
    table = NotSent._meta.db_table
    with refused("append-only|cannot be|only be added"):
        sql(f"UPDATE {table} SET why = 'Another one' WHERE id = %s", row.pk)
    with refused("append-only|cannot be|only be added"):
        sql(f"DELETE FROM {table} WHERE id = %s", row.pk)


@pytest.mark.parametrize("why", ["n/a", "  ", "see notes"])
def test_nor_does_the_database_take_what_is_no_reason(cast: Cast, none_sent: Decision, why: str, now: datetime) -> None:
    row = NotSent(
        organisation=cast.organisation, decision=none_sent, recipient=none_sent.recipients.first(), why=why,
        written_at=now, written_by=cast.practitioner, written_by_name="Asha Verrall",
    )  # fmt: skip
    with refused("why it is not sent must be a reason"):
        plain(NotSent).bulk_create([row])


def test_a_group_shares_when_it_meets(cast: Cast, none_sent: Decision, now: datetime) -> None:
    until = timezone.localdate(now) + 60 * DAY
    group = recorded_twin(none_sent, at=now, standing_scope="How her week at school went.", standing_until=until)
    assert about(none_sent, cast.practitioner, timezone.localdate()) == [TASK]
    assert about(group, cast.practitioner, timezone.localdate()) == []


def test_a_new_decision_takes_its_place(cast: Cast, none_sent: Decision, now: datetime, client: PageClient) -> None:
    """Once it is recorded; a draft alone takes no task away."""
    later = recorded_twin(none_sent, at=now, supersedes=none_sent)
    assert about(none_sent, cast.practitioner, timezone.localdate()) == []
    assert about(later, cast.practitioner, timezone.localdate()) == [TASK]
    assert "there is no record that it was sent" not in words(
        parsed(client.get(url("detail", none_sent)).content.decode())
    )


def test_the_task_and_the_page_agree(
    cast: Cast, none_sent: Decision, one_sent: Decision, file_to_send: Decision, client: PageClient, now: datetime
) -> None:
    """The query of the home page says of each decision what the presenter says."""
    why_not(client, one_sent, stories.HOUSING, "They have left the town.")
    it_was_sent(client, none_sent, stories.SCHOOL, now)
    found = Decision.objects.recorded().order_by("pk")
    due = set(Decision.objects.not_yet_sent_of(cast.practitioner).values_list("pk", flat=True))
    rows = list(found)
    read_parts(rows, ("items__grid", "sendings", "not_sent"))
    assert due == {row.pk for row in rows if waiting_for(row).open} == {none_sent.pk, file_to_send.pk}


def test_the_log_finds_what_was_not_sent(
    client: PageClient, none_sent: Decision, one_sent: Decision, now: datetime
) -> None:
    it_was_sent(client, one_sent, stories.HOUSING, now)
    page = client.get(reverse("decisions:log"), {"outcome": "not_sent"}).content.decode()
    assert none_sent.reference in page
    assert one_sent.reference not in page
