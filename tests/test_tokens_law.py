"""What an officer writes about the law: on the pages of the law and in the server's export, and nowhere else.

A row's code is made from what it is called, and is its name everywhere, as a decision's reference is.
"""

import logging
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.models import LawNotice
from tests.administration.test_law_pages import BACK, COMMENCED, LOCAL, RETIRED
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_walk import Walk
from tests.test_tokens import Tokens, Watching, exported, kept_from_administrators, nowhere

# Which page shows which words is decided in Python, from rows that every engine gives alike.
pytestmark = pytest.mark.sqlite

OF_A_ROW = ("short_name", "plain_english", "citation", "tests", "refused_test", "source")


def test_every_word_about_the_law(cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now(), Tokens()
    cases.begin_at("check", cases.S01, cases.s01(now), cast, now).record()
    walk = Walk(cast.officer)
    walk.client = Watching()
    walk.client.force_login(cast.officer)
    row = {name: tokens.new(f"row {name}") for name in OF_A_ROW}
    of_the_row = Tokens()
    of_the_row.typed = dict(tokens.typed)
    posts = [
        ("law_add", {**LOCAL, **row, "refused_ok": "if"}),
        ("law_commence", {**COMMENCED, "source": tokens.new("source of a start")}),
        ("law_retire", {**RETIRED, "why": tokens.new("why retired"), "source": tokens.new("who retired it")}),
    ]
    for name, answers in posts:
        answer = walk.client.post(reverse(f"administration:{name}"), answers)
        assert answer.status_code == 302, answer.content.decode()
    back = reverse("administration:law_withdraw", args=[LawNotice.objects.get(what="retired").public_id])
    walk.client.get(back)
    assert walk.client.post(back, {**BACK, "why": tokens.new("why taken back")}).status_code == 302
    walk.get(reverse("administration:law"))
    only_of_rows = {"row plain_english", "row citation", "row tests", "row refused_test"}
    assert set(tokens.missing_from(walk.text)) == only_of_rows
    for name in ("law_add", "law_commence", "law_retire"):
        walk.get(reverse(f"administration:{name}"))
    walk.get(reverse("law"))
    assert of_the_row.missing_from(walk.text) == []
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)
