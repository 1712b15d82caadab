"""Who got something that was wrong is told so: shown until it is done or a reason is given, and never refused."""

from collections.abc import Callable
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.actions import add_correction, add_wrong_information
from decisions.models import WrongInformation
from rights.corrections import not_informed
from rights.models import RequestEvent, RightsRequest
from tests.decisions.cases import MOTHER, Case
from tests.pages import PageClient, parsed
from tests.rights.requests import opened

SignIn = Callable[[User], PageClient]
LEFT = "has not been told that it was wrong"


def wrong(case: Case) -> WrongInformation:
    answers = {"found_at": case.at, "what_is_wrong": "It was the left arm"}
    return add_wrong_information(
        decision=case.decision, item=None, answers=answers, submission_id=uuid4(), by=case.cast.practitioner, at=case.at
    )


def asked(case: Case, **more: str) -> RightsRequest:
    return opened(case.family.people.get(name=MOTHER), case.cast.officer, **{"kind": "CORRECTION", **more})


def closing(case: Case, request: RightsRequest, client: PageClient, **more: str) -> tuple[str, int]:
    today = timezone.localdate()
    day = {"on_day_day": str(today.day), "on_day_month": str(today.month), "on_day_year": str(today.year)}
    sent = {"outcome": "CORRECTED", "text": "You were right.", "answered_how": "By phone", **day, **more}
    path = reverse("rights:add_event", args=[request.public_id, "close"])
    shown = parsed(client.get(path).content.decode()).all("main")[0].text
    return shown, client.post(path, sent).status_code


def page(request: RightsRequest, client: PageClient) -> str:
    return parsed(client.get(reverse("rights:detail", args=[request.public_id])).content.decode()).all("main")[0].text


def test_who_is_left_is_shown_and_closing_is_not_refused(closed: Case, as_user: SignIn) -> None:
    wrong(closed)
    request, client = asked(closed), as_user(closed.cast.officer)
    shown, status = closing(closed, request, client)
    assert LEFT in shown
    assert closed.decision.recipients.get().name in shown
    assert closed.decision.reference in shown
    assert status == 302
    assert LEFT in page(request, client), "it stays in sight after the answer"


def test_a_reason_why_not_ends_it(closed: Case, as_user: SignIn) -> None:
    wrong(closed)
    request, client = asked(closed), as_user(closed.cast.officer)
    _, status = closing(closed, request, client, why_not_informed="That service was closed down.")
    assert status == 302
    assert LEFT not in page(request, client)
    assert RequestEvent.objects.get(kind="CLOSED").why_not_informed == "That service was closed down."


def test_whoever_was_notified_is_not_left(closed: Case, as_user: SignIn) -> None:
    row, request = wrong(closed), asked(closed)
    assert [each.reference for each in not_informed(request, closed.cast.officer)] == [closed.decision.reference]
    notified = {"notified_at": closed.at, "notified_to": "Duty desk", "how": "By phone", "why_not_notified": ""}
    add_correction(
        wrong=row, recipient=closed.decision.recipients.get(), answers=notified, submission_id=uuid4(),
        by=closed.cast.practitioner, at=closed.at,
    )  # fmt: skip
    assert not_informed(request, closed.cast.officer) == []
    shown, _ = closing(closed, request, as_user(closed.cast.officer))
    assert LEFT not in shown


def test_of_another_request_or_to_another_organisation_nothing_is_said(closed: Case) -> None:
    wrong(closed)
    assert not_informed(asked(closed, kind="ACCESS"), closed.cast.officer) == []
    assert not_informed(asked(closed), closed.cast.stranger.officer) == []
