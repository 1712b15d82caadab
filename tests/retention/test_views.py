"""The pages of a data protection officer about how long records are kept, from the rule to what came of it."""

from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit import ledger
from decisions.models import Decision
from retention.belongings import Record
from retention.disposing import Authority, dispose
from retention.models import Disposal, Hold, RetentionRule
from tests.decisions.cases import plain
from tests.in_turn import in_turn
from tests.pages import PageClient, in_one_line
from tests.retention.scene import confirmed, much_later, second_officer
from tests.retention.test_disposing import answered, disposal_of
from tests.test_access_matrix import Scene, rows, whole_scene

# What a page says depends on no engine; what the database refuses is in test_disposing.py.
pytestmark = pytest.mark.sqlite

OVERVIEW = reverse("retention:overview")
DISPOSE = reverse("retention:dispose")
RULE = {
    "counted_from": "LAST", "years": "35", "source": "Our schedule", "confidence": "confirmed", "reason": "Agreed",
}  # fmt: skip


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


@pytest.fixture(autouse=True)
def own_file(settings: Any, tmp_path: Any) -> None:
    settings.TOMBSTONES_FILE = tmp_path / "tombstones.jsonl"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A day on which everything has been kept long enough."""
    day = much_later()
    monkeypatch.setattr("retention.views.overview.timezone.now", lambda: day)
    return day


def signed_in(user: User) -> PageClient:
    client = PageClient()
    client.force_login(user)
    return client


def words(answer: Any) -> str:
    return in_one_line(answer)


def test_a_rule_is_proposed_until_it_is_confirmed(scene: Scene) -> None:
    client = signed_in(scene.cast.officer)
    assert "Proposed" in words(client.get(OVERVIEW))
    address = reverse("retention:rule", args=["decision"])
    assert "only proposed" in words(client.get(address))
    refused = client.post(address, {**RULE, "years": "0", "reason": ""})
    assert refused.status_code == 422
    assert "Enter a number of years from 1 to 150" in words(refused)
    assert "Our schedule" in words(refused)
    assert client.post(address, RULE).status_code == 302
    [rule] = RetentionRule.objects.all()
    assert (rule.years, rule.written_by) == (35, scene.cast.officer)
    assert "only proposed" not in words(client.get(address))


def test_a_record_is_held_by_its_reference_and_let_go_again(scene: Scene) -> None:
    client, address = signed_in(scene.cast.officer), reverse("retention:add_hold")
    for wrong in ("D-000000", scene.draft.reference, "F-"):
        refused = client.post(address, {"reference": wrong, "reason": "A court case"})
        assert "No decision or family of your organisation has this reference" in words(refused)
    reference = f" {scene.family.reference.lower()} "
    assert client.post(address, {"reference": reference, "reason": "A court case"}).status_code == 302
    made = Hold.objects.get(family=scene.family)
    assert "A court case" in words(client.get(OVERVIEW))
    lift = reverse("retention:lift_hold", args=[made.public_id])
    assert "Enter why it is no longer on hold" in words(client.post(lift, {"reason": ""}))
    assert client.post(lift, {"reason": "It is over"}).status_code == 302
    assert client.get(lift).status_code == 404
    assert made not in Hold.objects.standing()


def test_what_is_due_goes_with_a_reason_and_after_the_password(scene: Scene, later: datetime) -> None:
    answered(scene)
    confirmed(scene.cast.officer)
    client, key = signed_in(scene.cast.officer), str(scene.recorded.public_id)
    assert f'value="{key}"' in words(client.get(OVERVIEW))
    page = words(client.get(DISPOSE, {"record": [key, "nonsense", str(uuid4())]}))
    assert scene.recorded.reference in page
    assert "A second data protection officer must agree" not in page
    refused = client.post(DISPOSE, {"record": key, "reason": ""})
    assert refused.status_code == 422
    assert "Enter why you dispose of this now" in words(refused)
    with patch("accounts.step_up.is_fresh", return_value=False):
        for asked in ({"reason": "Our schedule"}, {"reason": "Our schedule", "password": "wrong"}):
            assert "Enter your passwo" in words(client.post(DISPOSE, {"record": key, **asked}))
    assert Decision.objects.get(pk=scene.recorded.pk).is_recorded
    done = client.post(DISPOSE, {"record": key, "reason": "Our schedule"}, follow=True)
    assert "Disposed of" in words(done)
    assert scene.recorded.reference in words(done)
    assert Decision.objects.get(pk=scene.recorded.pk).is_disposed


def test_its_own_page_says_that_it_was_disposed_of_and_no_more(scene: Scene, later: datetime) -> None:
    """For its author and its team; nobody else learns that it was there, and no other page about it is left."""
    answered(scene)
    confirmed(scene.cast.officer)
    key, facts = str(scene.recorded.public_id), scene.recorded.facts
    signed_in(scene.cast.officer).post(DISPOSE, {"record": key, "reason": "Our schedule"})
    address = reverse("decisions:detail", args=[key])
    for user in (scene.cast.practitioner, scene.cast.teammate, scene.cast.supervisor):
        page = words(signed_in(user).get(address))
        assert "35 years from the latest record" in page
        assert facts not in page
    assert signed_in(scene.cast.stranger.practitioner).get(address).status_code == 404
    author = signed_in(scene.cast.practitioner)
    for name in ("decisions:print", "decisions:summary", "decisions:add_sending", "reviews:review"):
        assert author.get(reverse(name, args=[key])).status_code in {403, 404}
    for place in ("decisions:log", "home"):
        assert scene.recorded.reference not in words(author.get(reverse(place)))
    family = words(author.get(reverse("families:detail", args=[scene.family.public_id])))
    assert scene.recorded.reference not in family


def test_what_must_stay_says_why(scene: Scene, later: datetime) -> None:
    confirmed(scene.cast.officer)
    page = words(signed_in(scene.cast.officer).get(DISPOSE, {"record": [str(scene.recorded.public_id)]}))
    assert "You cannot dispose of all of this now" in page
    assert 'name="password"' not in page


def test_of_two_families_a_second_officer_agrees(scene: Scene, later: datetime) -> None:
    answered(scene)
    confirmed(scene.cast.officer)
    keys = [str(scene.recorded.public_id), str(scene.declined.public_id)]
    first = signed_in(scene.cast.officer)
    assert "about more than one family" in words(first.get(DISPOSE, {"record": keys}))
    sent = {"record": keys, "reason": "Our schedule"}
    waiting = words(first.post(DISPOSE, sent, follow=True))
    assert "Nothing has been disposed of yet" in waiting
    assert 'name="agreed"' not in waiting
    disposal = Disposal.objects.exclude(pk=scene.disposal.pk).get()
    address = reverse("retention:disposal", args=[disposal.public_id])
    other = second_officer(scene.cast.officer)
    plain(User).filter(pk=other.pk).update(password=scene.cast.officer.password)
    other.refresh_from_db()
    second = signed_in(other)
    assert "Choose whether you agree" in words(second.post(address, {}))
    answer = {"agreed": "yes", "reason": "I looked at both"}
    page = words(second.post(address, answer, follow=True))
    for said in ("Disposed of", f"Agreed to by {other.full_name}", "Asked for by", "Backups still have it"):
        assert said in page
    assert {row.state for row in plain(Decision).filter(public_id__in=keys)} == {"disposed"}
    assert timezone.now() == later


def test_no_other_page_about_it_is_left(scene: Scene) -> None:
    """Every address in turn that names a recorded decision, asked by its author and the officer, breaks nothing."""
    asked = {(row.name, scene.path(row)) for row in rows() if row.object == "recorded"}
    at, by = timezone.now(), scene.cast.officer
    with ledger.recording(actor=by, at=at):
        dispose(Record("decision", scene.recorded), Authority("25 years", at, disposal_of(scene), by))
    shown = {}
    every = sorted(one for one in asked if one[0] in {"decisions:detail", "decisions:who_looked"})
    for user in (scene.cast.practitioner, scene.cast.supervisor, by):
        client = signed_in(user)
        for name, path in every + in_turn(sorted(asked - set(every)), 5):
            status = client.get(path).status_code
            if status not in {403, 404, 405}:
                shown[name, user.email.split("@")[0]] = status
    # Who opened it, and when, stays in the audit log; what they read does not.
    assert shown == dict.fromkeys(
        [("decisions:detail", "practitioner"), ("decisions:detail", "supervisor"), ("decisions:who_looked", "officer")],
        200,
    )
    assert len(asked) > 30
