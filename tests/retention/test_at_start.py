"""A restored backup is served by nobody before what was disposed of has gone again."""

from collections.abc import Iterable
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, transaction

from decisions.models import Decision
from retention import tombstone_file
from retention.at_start import DisposedFirst
from retention.restored import dispose_again, there_again
from retention.tombstone_file import Unreadable
from tests.retention.test_disposing import answered, gone, own_file, scene
from tests.test_access_matrix import Scene

__all__ = ["own_file", "scene"]
pytestmark = pytest.mark.sqlite


class Site:
    """Answers with the states that the record had, request by request."""

    def __init__(self, key: int) -> None:
        self.key, self.states = key, list[str]()

    def __call__(self, _environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        self.states.append(Decision.objects.get(pk=self.key).state)
        return [b""]


def ask(site: DisposedFirst, times: int = 1) -> None:
    for _ in range(times):
        site({}, lambda *_: None)


@pytest.fixture
def restored(scene: Scene) -> Site:
    """The savepoint is the backup: disposed of after it, and there again."""
    answered(scene)
    backup = transaction.savepoint()
    gone(scene, "decision", scene.recorded)
    transaction.savepoint_rollback(backup)
    assert Decision.objects.get(pk=scene.recorded.pk).is_recorded
    return Site(scene.recorded.pk)


def test_the_first_request_already_finds_it_gone(restored: Site) -> None:
    with patch("retention.at_start.dispose_again", wraps=dispose_again) as done:
        ask(DisposedFirst(restored), times=3)
    assert restored.states == ["disposed"] * 3
    assert done.call_count == 1


def test_two_processes_that_start_at_once_dispose_of_it_once(restored: Site) -> None:
    """Both have read what is there again; the second comes when the first has ended."""
    first, second = DisposedFirst(restored), DisposedFirst(restored)
    found = there_again()
    ask(first)
    with patch("retention.restored.there_again", return_value=found):
        ask(second)
    assert restored.states == ["disposed", "disposed"]
    assert len(list(tombstone_file.read())) == 1


def test_a_database_that_does_not_answer_is_asked_again(restored: Site) -> None:
    site = DisposedFirst(restored)
    with patch("retention.at_start.dispose_again", side_effect=OperationalError("no answer")):
        ask(site)
    ask(site)
    assert restored.states == ["recorded", "disposed"]


def test_with_a_spoilt_file_nobody_is_served(restored: Site) -> None:
    tombstone_file.path().write_text("{}\n")
    with pytest.raises(Unreadable, match="line 1"):
        ask(DisposedFirst(restored))
    assert restored.states == []
