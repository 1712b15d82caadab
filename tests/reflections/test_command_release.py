"""A copy for a court or a person's request: made on the server, entered, and said to the author."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import Decision
from reflections.actions import release_reflections
from reflections.models import Reflection
from tests.audit.test_commands import run
from tests.cast import Cast
from tests.decisions import closed
from tests.pages import PageClient
from tests.reflections.scenes import reflection

pytestmark = pytest.mark.sqlite
cast, decision = closed.cast, closed.decision
NAME = "release_reflections"
WHY = "Order of the county court of 3 March"


def of(*which: str, output: Path, reason: str = WHY) -> tuple[int, str]:
    return run(NAME, *which, "--reason", reason, "--output", output)


def test_by_author_or_decision_and_nothing_else(cast: Cast, decision: Decision, tmp_path: Path) -> None:
    reflection(cast.practitioner, decision, went_well="Mine on it")
    reflection(cast.practitioner, went_well="Mine apart")
    reflection(cast.supervisor, decision, went_well="Another's on it")
    found = {}
    for name, which in (("author", cast.practitioner.email.upper()), ("decision", decision.reference.lower())):
        code, said = of(f"--{name}", which, output=tmp_path / name)
        assert (code, said) == (0, f"wrote 2 reflections to {tmp_path / name}\n")
        found[name] = (tmp_path / name).read_text()
    assert ["Mine on it" in text and cast.practitioner.full_name in text for text in found.values()] == [True, True]
    assert ("Mine apart" in found["author"], "Mine apart" in found["decision"]) == (True, False)
    assert ("Another's on it" in found["author"], "Another's on it" in found["decision"]) == (False, True)
    assert (tmp_path / "author").stat().st_mode & 0o077 == 0


def test_the_author_reads_that_it_was_done_and_why(cast: Cast, decision: Decision, tmp_path: Path) -> None:
    row = reflection(cast.practitioner, decision)
    client = PageClient()
    client.force_login(cast.practitioner)
    path = reverse("reflections:detail", args=[row.public_id])
    assert "No copy of it has been given out" in client.get(path).content.decode()
    of("--decision", decision.reference, output=tmp_path / "copy")
    page = client.get(path).content.decode()
    assert "A copy was given out on" in page
    assert WHY in page
    entry = LedgerEntry.objects.get(event="reflection.released", object_pk=str(row.pk))
    assert entry.additional_data == {"reason": WHY}


def test_words_that_were_changed_are_said_to_be(cast: Cast, tmp_path: Path) -> None:
    row = reflection(cast.practitioner)
    models.QuerySet(Reflection).filter(pk=row.pk).update(went_well="Not mine")
    of("--author", cast.practitioner.email, output=tmp_path / "copy")
    assert "NOT as the audit log has them" in (tmp_path / "copy").read_text()


def test_of_somebody_who_left(cast: Cast, tmp_path: Path) -> None:
    reflection(cast.practitioner)
    models.QuerySet(User).filter(pk=cast.practitioner.pk).update(is_active=False)
    assert of("--author", cast.practitioner.email, output=tmp_path / "copy")[0] == 0


@pytest.mark.parametrize(
    ("which", "reason", "said"),
    [
        (("--author", "nobody@north.test"), WHY, "No reflection was found"),
        (("--decision", "D-000000"), WHY, "No reflection was found"),
        (("--author", "practitioner@north.test"), "  ", "--reason must say who asked"),
        (("--author", "practitioner@north.test"), "x" * 501, "--reason must say who asked"),
    ],
)
def test_bad_input_writes_nothing(cast: Cast, tmp_path: Path, which: tuple[str, str], reason: str, said: str) -> None:
    reflection(cast.practitioner)
    code, message = of(*which, output=tmp_path / "copy", reason=reason)
    assert code == 2
    assert said in message
    assert not (tmp_path / "copy").exists()
    assert not LedgerEntry.objects.filter(event="reflection.released").exists()


def test_where_the_file_cannot_be_written_nothing_is_entered(cast: Cast, tmp_path: Path) -> None:
    reflection(cast.practitioner)
    assert of("--author", cast.practitioner.email, output=tmp_path / "missing" / "copy")[0] == 2
    assert not LedgerEntry.objects.filter(event="reflection.released").exists()


def test_nobody_does_it_on_the_site(cast: Cast) -> None:
    row = reflection(cast.practitioner)
    for user in cast.everybody:
        with pytest.raises(PermissionDenied):
            release_reflections(reflections=[row], reason=WHY, by=user, at=timezone.now())  # type: ignore[arg-type]
