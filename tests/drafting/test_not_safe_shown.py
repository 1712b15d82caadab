"""Where the form asks whether a way was safe, it says which are recorded as not safe, and no address."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import User
from tests.decisions.cases import CHILD, MOTHER, Case
from tests.decisions.test_informed_unsafely import SAID, marked_unsafe
from tests.pages import PageClient

pytestmark = pytest.mark.sqlite


def test_for_each_of_the_people(complete: Case, as_user: Callable[[User], PageClient]) -> None:
    marked_unsafe(complete, MOTHER, "phone")
    marked_unsafe(complete, CHILD, "letter")
    path = reverse("drafting:page", args=[complete.decision.public_id, "sending"])
    text = as_user(complete.cast.practitioner).get(path).content.decode()
    assert f"{SAID}: phone call." in text
    assert f"{SAID}: letter to the home." in text
    assert "Zed" not in text
