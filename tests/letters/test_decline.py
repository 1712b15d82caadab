"""The letter that declines a request goes by the same route as every letter: kept by value, with its hash."""

import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import Decision
from decisions.presenters.decline_letter import decline_letter
from letters.models import LetterMade
from tests import shared
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.pages import PageClient, parsed

SignIn = Callable[[User], PageClient]
cast, now = shared.cast, shared.now


@pytest.fixture(scope="module")
def declined(cast: Cast, now: datetime) -> Decision:
    """S02: a charity declines what a housing officer asked for."""
    return cases.begin_at("check", cases.S02, cases.s02(now), cast.stranger, now).record_directly()


def test_a_pdf_of_what_the_page_says(declined: Decision, cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.stranger.practitioner)
    page = parsed(client.get(reverse("decisions:decline_letter", args=[declined.public_id])).content.decode())
    [form] = [one for one in page.all("form") if "decline-letter" in one.attrs.get("action", "")]
    sent = {
        one.attrs["name"]: one.attrs["value"] for one in page.all("input") if one.attrs.get("name") == "submission_id"
    }
    answers = [client.post(form.attrs["action"], sent) for _ in range(2)]
    letter = LetterMade.objects.get()
    path = reverse("letters:made", args=[declined.public_id, letter.public_id])
    assert [answer.headers["Location"] for answer in answers] == [path, path]
    assert client.get(path).status_code == 200
    made = client.get(reverse("letters:pdf", args=[declined.public_id, letter.public_id])).content
    text = " ".join("\n".join(one.extract_text() for one in PdfReader(io.BytesIO(made)).pages).split())
    whole = decline_letter(Decision.objects.with_parts().get(pk=declined.pk))
    assert whole is not None
    for words in (*whole.answer, *whole.ending, *whole.to):
        assert words in text
    assert declined.reference not in text
    entry = LedgerEntry.objects.filter(event="decision.decline_letter_made").exclude(additional_data={}).get()
    assert entry.additional_data["sha256"] == letter.sha256
    assert entry.additional_data["person"] is None
