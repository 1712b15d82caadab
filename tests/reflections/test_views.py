"""The pages of a reflection, as its author uses them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import autosave
from accounts.models import AutosavedText, User
from decisions.models import Decision, DecisionPerson
from reflections.models import Reflection
from reflections.queries import MOST_OFFERED, OFFERED_FOR, is_without_agreement
from reflections.questions import QUESTIONS, WORDS
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import recorded_twin, twin_of
from tests.in_turn import one_in_turn
from tests.pages import Page, PageClient, parsed
from tests.reflections.scenes import reflection, typed

pytestmark = pytest.mark.sqlite
cast, now, decision = closed.cast, closed.now, closed.decision
SignIn = Callable[[User], PageClient]


@pytest.fixture
def client(cast: Cast, as_user: SignIn) -> PageClient:
    return as_user(cast.practitioner)


def page_of(client: PageClient, name: str, *args: object, status: int = 200, data: Any = None) -> Page:
    path = reverse(f"reflections:{name}", args=args)
    answer = client.get(path) if data is None else client.post(path, data)
    assert answer.status_code == status, answer.status_code
    return parsed(answer.content.decode())


def text_of(page: Page) -> str:
    [main] = page.all("main")
    return main.text


def own(cast: Cast) -> Reflection:
    row: Reflection = Reflection.objects.visible_to(cast.practitioner).get()
    return row


def test_written_about_a_decision_and_read(cast: Cast, decision: Decision, client: PageClient) -> None:
    data = typed(went_well="She listened\nand asked", next_time="Call sooner")
    path = reverse("reflections:about_decision", args=[decision.public_id])
    answer = client.post(path, data, follow=True)
    row = own(cast)
    assert answer.redirect_chain == [(reverse("reflections:detail", args=[row.public_id]), 302)]
    assert (row.decision_id, row.next_time, row.how_managed) == (decision.pk, "Call sooner", "")
    text = text_of(parsed(answer.content.decode()))
    assert "Your reflection is saved." in text
    assert f"decision {decision.reference}" in text
    assert QUESTIONS["next_time"].label in text
    assert QUESTIONS["how_managed"].label not in text


@pytest.mark.parametrize("name", ["new", "detail", "list"])
def test_the_page_says_who_can_see_it_and_who_might(cast: Cast, client: PageClient, name: str) -> None:
    row = reflection(cast.practitioner)
    text = text_of(page_of(client, name, *([row.public_id] if name == "detail" else [])))
    assert "Only you can open it here." in text
    assert "a court may ask for it" in text


def test_nothing_written_is_refused_and_one_answer_is_enough(client: PageClient) -> None:
    page = page_of(client, "new", status=422, data=dict.fromkeys(WORDS, " ") | {"version": "0"})
    assert "Write an answer to at least one question" in text_of(page)
    for name in WORDS:
        only = dict.fromkeys(WORDS, "") | {name: "Enough", "version": "0"}
        assert client.post(reverse("reflections:new"), only).status_code == 302


def test_too_long_is_refused_and_kept(client: PageClient) -> None:
    long = "x" * 4001
    page = page_of(client, "new", status=422, data=typed(went_well=long, next_time="Call"))
    assert "must be 4,000 characters or fewer" in text_of(page)
    boxes = {box.attrs["name"]: box.raw_text.strip() for box in page.all("textarea")}
    assert (boxes["went_well"], boxes["next_time"]) == (long, "Call")


def test_changed_and_the_earlier_words_are_gone(cast: Cast, client: PageClient) -> None:
    row = reflection(cast.practitioner, went_well="Earlier")
    page = page_of(client, "change", row.public_id)
    assert "Earlier" in [box.raw_text.strip() for box in page.all("textarea")]
    client.post(reverse("reflections:change", args=[row.public_id]), typed(went_well="Later", version="1"))
    text = text_of(page_of(client, "detail", row.public_id))
    assert "Later" in text
    assert "Earlier" not in text


def test_another_window_overwrites_nothing_unseen(cast: Cast, client: PageClient) -> None:
    row = reflection(cast.practitioner, went_well="Earlier")
    path = reverse("reflections:change", args=[row.public_id])
    client.post(path, typed(went_well="From the other window", version="1"))
    page = page_of(client, "change", row.public_id, status=409, data=typed(went_well="From this one", version="1"))
    assert "From the other window" in text_of(page)
    boxes = {box.attrs["name"]: box.raw_text.strip() for box in page.all("textarea")}
    assert boxes["went_well"] == "From this one"
    hidden = {box.attrs.get("name"): box.attrs.get("value") for box in page.all("input")}
    client.post(path, typed(went_well="From this one", version=hidden["version"]))
    assert own(cast).went_well == "From this one"


def test_deleted_after_a_question(cast: Cast, client: PageClient) -> None:
    row = reflection(cast.practitioner)
    assert "This cannot be undone" in text_of(page_of(client, "delete", row.public_id))
    assert Reflection.objects.visible_to(cast.practitioner).exists()
    client.post(reverse("reflections:delete", args=[row.public_id]))
    assert not Reflection.objects.visible_to(cast.practitioner).exists()
    assert "You have not written one yet" in text_of(page_of(client, "list"))


def test_a_name_from_the_case_is_saved_and_said(cast: Cast, decision: Decision, client: PageClient) -> None:
    named = decision.people.exclude(name__in=["Mother", "Father"]).first()
    assert named is not None
    name = named.name.split()[0].upper()
    path = reverse("reflections:about_decision", args=[decision.public_id])
    answer = client.post(path, typed(went_well=f"I saw {name}"), follow=True)
    row = own(cast)
    assert row.went_well == f"I saw {name}"
    for page in (parsed(answer.content.decode()), page_of(client, "change", row.public_id)):
        [said] = [one for one in page.all("div") if one.attrs.get("aria-labelledby") == "doubts"]
        assert name in said.text
        assert QUESTIONS["went_well"].label in said.text


def test_without_a_name_nothing_is_said(cast: Cast, decision: Decision, client: PageClient) -> None:
    row = reflection(cast.practitioner, decision, went_well="I saw the child with the mother")
    assert "may say who it is about" not in text_of(page_of(client, "detail", row.public_id))


@pytest.mark.parametrize(("shape", "title"), [("plain", "Reflection"), ("social_work", "CPD record: reflection"),
                                              ("nursing", "Reflective account")])  # fmt: skip
@pytest.mark.parametrize("kind", ["txt", "html"])
def test_a_copy_names_nothing_that_was_not_typed(
    cast: Cast, decision: Decision, client: PageClient, shape: str, title: str, kind: str
) -> None:
    row = reflection(cast.practitioner, decision, went_well="<b>She</b> listened\nand asked")
    data = {"shape": shape, "file_format": kind, "themes": ["people"]}
    answer = client.post(reverse("reflections:download", args=[row.public_id]), data)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="reflection.{kind}"'
    assert "no-store" in answer.headers["Cache-Control"]
    body = answer.content.decode()
    assert title in body
    assert ("&lt;b&gt;She&lt;/b&gt; listened<br>and asked" if kind == "html" else "<b>She</b> listened\nand") in body
    for text in (decision.reference, cast.practitioner.full_name, cast.organisation.name, cast.team.name):
        assert text not in body


def test_a_copy_with_a_name_in_it_is_asked_about_again(cast: Cast, decision: Decision, client: PageClient) -> None:
    row = reflection(cast.practitioner, decision, went_well="Call 07700 900123")
    data = {"shape": "plain", "file_format": "txt"}
    refused = text_of(page_of(client, "download", row.public_id, status=422, data=data))
    assert "07700 900123" in refused
    assert "Take these words out first" in refused
    answer = client.post(reverse("reflections:download", args=[row.public_id]), {**data, "names_seen": "on"})
    assert "07700 900123" in answer.content.decode()


def test_a_reflective_account_asks_for_the_parts_of_the_code(cast: Cast, client: PageClient) -> None:
    row = reflection(cast.practitioner)
    data = {"shape": "nursing", "file_format": "txt"}
    page = page_of(client, "download", row.public_id, status=422, data=data)
    assert "Choose at least one part of the Code" in text_of(page)


def test_half_an_hour_is_suggested_in_words_and_never_ends_anything(client: PageClient) -> None:
    page = page_of(client, "new")
    [line] = [one for one in page.elements if "data-timer" in one.attrs]
    over = datetime.fromisoformat(line.attrs["data-timer"])
    assert timedelta(minutes=29) < over - timezone.now() <= timedelta(minutes=30)
    assert "minutes are over at" in line.text
    earlier = (timezone.now() - timedelta(minutes=40)).isoformat()
    back = page_of(client, "new", status=422, data={**dict.fromkeys(WORDS, ""), "version": "0", "opened": earlier})
    [line] = [one for one in back.elements if "data-timer" in one.attrs]
    assert datetime.fromisoformat(line.attrs["data-timer"]) < timezone.now()
    assert client.post(reverse("reflections:new"), typed(opened=earlier)).status_code == 302


@pytest.mark.parametrize("sent", ["", "x", "2026-01-01", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "1"])
def test_whatever_is_sent_as_the_time_it_was_opened(client: PageClient, sent: str) -> None:
    data = {**dict.fromkeys(WORDS, ""), "version": "0", "opened": sent}
    page = page_of(client, "new", status=422, data=data)
    [line] = [one for one in page.elements if "data-timer" in one.attrs]
    assert datetime.fromisoformat(line.attrs["data-timer"]) > timezone.now()


def test_what_is_typed_is_autosaved_for_each_decision_apart(
    cast: Cast, now: datetime, decision: Decision, client: PageClient
) -> None:
    other = recorded_twin(decision, at=now)
    here, there = (reverse("reflections:about_decision", args=[one.public_id]) for one in (decision, other))
    token = autosave.token(cast.practitioner, here)
    answer = client.post(reverse("autosave"), {**typed(went_well="Half a sen"), "autosave": token})
    assert answer.status_code == 200
    assert "Half a sen" in client.get(here).content.decode()
    assert "Half a sen" not in client.get(there).content.decode()
    client.post(here, {**typed(went_well="Half a sentence"), "autosave": token})
    assert not AutosavedText.objects.filter(user=cast.practitioner).exists()


def test_the_guidance_of_the_decision_stands_on_the_page(decision: Decision, client: PageClient) -> None:
    seen = {row.passage for row in decision.guidance_seen.all()}
    assert seen
    page = page_of(client, "about_decision", decision.public_id)
    assert len([one for one in page.all("summary") if one.text]) >= len(seen)
    assert "Be open with them" in text_of(page)
    assert "Be open with them" in text_of(page_of(client, "new"))


def links(client: PageClient, path: str) -> list[str]:
    return [one.attrs.get("href", "") for one in parsed(client.get(path).content.decode()).all("a")]


def test_offered_at_home_after_sharing_without_consent(
    cast: Cast, now: datetime, decision: Decision, client: PageClient, as_user: SignIn
) -> None:
    link, home = reverse("reflections:about_decision", args=[decision.public_id]), reverse("home")
    assert {link, reverse("reflections:list")} <= set(links(client, home))
    for other in (cast.teammate, *one_in_turn((cast.supervisor, cast.administrator))):
        assert link not in links(as_user(other), home)
    reflection(cast.practitioner, decision)
    assert link not in links(client, home)


def offers(client: PageClient) -> list[str]:
    start = reverse("reflections:new")
    return [link for link in links(client, reverse("home")) if link.startswith(start)]


def test_the_offer_goes_by_itself_and_is_never_a_crowd(
    cast: Cast, now: datetime, decision: Decision, client: PageClient
) -> None:
    old = recorded_twin(decision, at=now - OFFERED_FOR - timedelta(minutes=1))
    assert not [link for link in offers(client) if str(old.public_id) in link]
    for _ in range(MOST_OFFERED + 1):
        recorded_twin(decision, at=now)
    assert len(offers(client)) == MOST_OFFERED


def test_not_offered_where_they_agreed(now: datetime, decision: Decision, client: PageClient) -> None:
    agreed = twin_of(decision)
    models.QuerySet(DecisionPerson).filter(decision=agreed).update(consent_state="GIVEN")
    models.QuerySet(Decision).filter(pk=agreed.pk).update(state="recorded", recorded_at=now)
    assert not [link for link in offers(client) if str(agreed.public_id) in link]
    page = client.get(reverse("decisions:detail", args=[agreed.public_id])).content.decode()
    assert "Write a reflection" in page
    assert "You decided to share without full agreement" not in page


@pytest.mark.parametrize(("outcome", "state", "offered"), [
    ("NOT_SHARED", "REFUSED", False), ("DEFERRED", "OBJECTED", False), ("SHARED_PART", "GIVEN", False),
    ("SHARED_PART", "REFUSED", True), ("SHARED_WHOLE_FILE", "NOT_SOUGHT_UNSAFE", True),
])  # fmt: skip
def test_what_is_sharing_without_consent(outcome: str, state: str, offered: bool) -> None:  # noqa: FBT001
    row = Decision(pk=1, outcome=outcome, state="recorded")
    row._prefetched_objects_cache = {"people": [DecisionPerson(consent_state=state)]}  # type: ignore[attr-defined]
    assert is_without_agreement(row) is offered


def test_offered_on_the_decision_with_what_was_written(cast: Cast, decision: Decision, client: PageClient) -> None:
    path = reverse("decisions:detail", args=[decision.public_id])
    assert reverse("reflections:about_decision", args=[decision.public_id]) in links(client, path)
    rows = [reflection(cast.practitioner, decision) for _ in range(2)]
    assert {reverse("reflections:detail", args=[row.public_id]) for row in rows} <= set(links(client, path))


def test_words_changed_in_the_database_are_said_on_the_page(cast: Cast, client: PageClient) -> None:
    row = reflection(cast.practitioner)
    assert "not the words you saved" not in text_of(page_of(client, "detail", row.public_id))
    models.QuerySet(Reflection).filter(pk=row.pk).update(went_well="Not mine")
    assert "not the words you saved" in text_of(page_of(client, "detail", row.public_id))


def queries(client: PageClient, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen.captured_queries)


def test_a_longer_list_costs_nothing_more(cast: Cast, decision: Decision, client: PageClient) -> None:
    row = reflection(cast.practitioner, decision, went_well="One")
    paths = [reverse("reflections:list"), reverse("decisions:detail", args=[decision.public_id])]
    paths += [reverse(f"reflections:{name}", args=[row.public_id]) for name in ("detail", "change")]
    few = [queries(client, path) for path in paths]
    for _ in range(3):
        reflection(cast.practitioner, decision)
    assert [queries(client, path) for path in paths] == few
    assert max(few[0], few[2], few[3]) <= 15, few
