"""What is offered after somebody comes back: the page they typed on last, of a draft or not, and nobody else's."""

from datetime import datetime, timedelta

from django.urls import reverse

from accounts.models import AutosavedText
from decisions.models import DraftPage
from drafting.actions import start
from safeguarding.unsubmitted_text import unsubmitted_text
from tests import shared
from tests.cast import Cast
from tests.drafting import scenario_cases as cases

cast, now = shared.cast, shared.now


def test_the_last_page_typed_on(cast: Cast, now: datetime) -> None:
    user = cast.practitioner
    assert unsubmitted_text(user) is None
    family = cases.set_scene(cases.S01, cast, now)
    draft = start(entry_route="DECIDING", team=cast.team, family=family, by=user, at=now)
    assert unsubmitted_text(user) is None
    DraftPage.objects.update_or_create(
        organisation=cast.organisation,
        decision=draft,
        page="people",
        defaults={"form_data": {"a": ["b"]}, "saved_at": now},
    )
    on_draft = unsubmitted_text(user)
    assert on_draft
    assert on_draft.address == reverse("drafting:page", args=[draft.public_id, "people"])
    AutosavedText.objects.create(
        organisation=cast.organisation, user=user, path="/families/register/", saved_at=now + timedelta(minutes=1)
    )
    elsewhere = unsubmitted_text(user)
    assert elsewhere
    assert elsewhere.address == "/families/register/"
    for other in (cast.teammate, cast.supervisor, cast.stranger.practitioner):
        assert unsubmitted_text(other) is None
