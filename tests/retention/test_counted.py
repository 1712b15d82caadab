"""What was disposed of is counted where it would have stood: in the log, in a search, in reports."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.disposed import Gone
from decisions.models import Decision
from reports.counts import counts
from reports.scope import Scope
from retention.models import Tombstone
from tests.pages import parsed
from tests.retention.test_disposing import answered, gone, scene
from tests.test_access_matrix import Scene, signed_in

__all__ = ["scene"]
pytestmark = pytest.mark.sqlite
OF_ONE = "1 decision of your teams that belongs in this list was disposed of"
MAYBE = "1 decision of your teams that may belong in this list was disposed of"
DAY = timedelta(days=1)


@pytest.fixture(scope="class")
def disposed(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decision]:
    kept = tmp_path_factory.mktemp("kept") / "tombstones.jsonl"
    with transaction.atomic(), override_settings(TOMBSTONES_FILE=kept):
        answered(scene)
        gone(scene, "decision", scene.recorded)
        yield Decision.objects.get(pk=scene.recorded.pk)
        transaction.set_rollback(True)


def text_of(client: Client, name: str, **asked: str) -> str:
    answer = client.get(reverse(name), asked)
    [main] = parsed(answer.content.decode()).all("main")
    return main.text


def searched(by: User, words: str) -> str:
    [main] = parsed(signed_in(by).post(reverse("search"), {"words": words}).content.decode()).all("main")
    return main.text


def days(name: str, decision: Decision, *, after: int = 0) -> dict[str, str]:
    assert decision.decided_at
    day = timezone.localdate(decision.decided_at) + after * DAY
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@pytest.mark.usefixtures("disposed")
class TestDisposed:
    def test_the_log_counts_what_its_filters_would_have_had(self, scene: Scene, disposed: Decision) -> None:
        """Day, author and team stay of it, so the log is sure; of anything else it is not."""
        client = signed_in(scene.cast.practitioner)
        team, author = str(disposed.team.public_id), str(disposed.author.public_id)
        for asked in ({}, days("decided_from", disposed), {"team": team, "author": author}):
            assert OF_ONE in text_of(client, "decisions:log", **asked), asked
        for asked in ({"outcome": "NOT_SHARED"}, {"team": team, "consent": "agreed"}, {"overdue": "anything"}):
            assert MAYBE in text_of(client, "decisions:log", **asked), asked
        for asked in (days("decided_from", disposed, after=1), {"team": "other"}, {"decided_to_day": "nonsense"}):
            assert "disposed of" not in text_of(client, "decisions:log", **asked), asked

    def test_only_where_the_list_ends_and_only_for_its_teams(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert OF_ONE in text_of(signed_in(scene.cast.supervisor), "decisions:log")
        for who in (scene.cast.other_team, scene.cast.stranger.supervisor):
            assert "disposed of" not in text_of(signed_in(who), "decisions:log")
        monkeypatch.setattr("decisions.newest.PER_PAGE", 1)
        assert "disposed of" not in text_of(signed_in(scene.cast.supervisor), "decisions:log")

    @pytest.mark.parametrize("prefix", ["D-", ""])
    def test_a_search_for_its_reference_says_so(self, scene: Scene, disposed: Decision, prefix: str) -> None:
        typed = prefix + disposed.reference.removeprefix("D-").lower()
        said = searched(scene.cast.practitioner, typed)
        assert f"Decision {disposed.reference} was disposed of on" in said
        assert "Nothing found" not in said
        assert disposed.reference not in searched(scene.cast.other_team, typed)

    def test_a_search_that_finds_nothing_counts_them(self, scene: Scene) -> None:
        words = "1 decision of your teams was disposed of"
        assert words in searched(scene.cast.practitioner, "zzyzx")
        assert words not in searched(scene.cast.other_team, "zzyzx")
        assert words not in searched(scene.cast.practitioner, scene.family.reference)

    def test_reports_count_them_apart(self, scene: Scene, disposed: Decision) -> None:
        assert disposed.decided_at
        day = timezone.localdate(disposed.decided_at)
        scope = Scope(scene.cast.organisation.pk, "North", [disposed.team], day - 27 * DAY, day)
        assert counts(scope, day).disposed == 1
        assert Decision.objects.recorded().count() >= counts(scope, day).all
        other = Scope(scene.cast.organisation.pk, "North", [disposed.team], day + DAY, day + 28 * DAY)
        assert counts(other, day).disposed == 0
        words = "1 decision from this period was disposed of, because the time for keeping it was over."
        client = signed_in(scene.cast.supervisor)
        assert words in text_of(client, "reports:dashboard")
        assert words in text_of(client, "reports:pack")
        earlier = (day - 8 * 7 * DAY).isoformat()
        assert words not in text_of(client, "reports:dashboard", weeks="4", until=earlier)


def test_where_nothing_was_disposed_of_nothing_is_said(scene: Scene) -> None:
    assert not Tombstone.objects.exists()
    for name in ("decisions:log", "reports:dashboard", "reports:pack"):
        assert "disposed of" not in text_of(signed_in(scene.cast.supervisor), name)
    assert "disposed of" not in searched(scene.cast.practitioner, "zzyzx")


@pytest.mark.parametrize(
    ("number", "is_certain", "said"),
    [
        (0, True, ""),
        (1, True, "1 decision of your teams that belongs in this list was disposed of, because the time for keeping"),
        (2, True, "2 decisions of your teams that belong in this list were disposed of, because the time for keeping"),
        (3, False, "3 decisions of your teams that may belong in this list were disposed of, because the time for"),
    ],
)
def test_the_words(number: int, is_certain: bool, said: str) -> None:  # noqa: FBT001
    words = Gone(number, is_certain).words
    assert words.startswith(said)
    assert bool(words) == bool(number)
