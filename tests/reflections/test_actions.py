"""What an author may do with a reflection, and what the ledger keeps of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import AutosavedText, Membership, User
from audit.models import LedgerEntry
from audit.verification import verify
from decisions.models import Decision
from reflections import actions
from reflections.models import Reflection
from reflections.presenters import kept
from reflections.questions import WORDS
from tests.cast import Cast
from tests.decisions import closed
from tests.reflections.scenes import reflection, words

cast, decision = closed.cast, closed.decision
SECRET = "zq77777qz"


def entries(row: Reflection) -> list[LedgerEntry]:
    found = LedgerEntry.objects.filter(subject="reflections.reflection", object_pk=str(row.pk))
    return list(found.order_by("seq"))


def test_each_saving_is_an_entry_without_a_word_and_without_the_decision(cast: Cast, decision: Decision) -> None:
    row = reflection(cast.practitioner, decision, went_well=SECRET)
    changed = actions.change_reflection(
        reflection=row, words=words(next_time=SECRET), version=1, by=cast.practitioner, at=timezone.now()
    )
    first, second = entries(row)
    assert (first.event, second.event) == ("created", "changed")
    assert set(first.changes) == {"public_id", "organisation", "author", "started_at", "saved_at", "digest"}
    assert set(second.changes) == {"saved_at", "digest"}
    assert second.changes["digest"] == [row.digest, changed.digest]
    for entry in (first, second):
        text = f"{entry.changes} {entry.additional_data} {entry.object_repr}"
        assert SECRET not in text
        assert decision.reference not in text
    assert verify(cast.organisation.pk).sound


def test_the_same_words_saved_again_are_an_entry_with_another_digest(cast: Cast) -> None:
    row = reflection(cast.practitioner)
    again = actions.change_reflection(
        reflection=row, words=row.words, version=1, by=cast.practitioner, at=timezone.now()
    )
    assert again.words == row.words
    assert again.digest != row.digest
    assert len(entries(row)) == 2


def plain(row: Reflection, **values: object) -> None:
    models.QuerySet(Reflection).filter(pk=row.pk).update(**values)


def test_words_changed_in_the_database_are_seen(cast: Cast) -> None:
    row = reflection(cast.practitioner)
    assert kept(row).as_saved
    plain(row, went_well="I did not call")
    row.refresh_from_db()
    assert not kept(row).as_saved
    row.seal()  # whoever changes the words can seal them anew; the ledger still has the digest of the others
    plain(row, salt=row.salt, digest=row.digest)
    row.refresh_from_db()
    assert row.digest == row.digest_now()
    assert not kept(row).as_saved


def test_submitting_it_twice_makes_one(cast: Cast) -> None:
    twice: dict[str, Any] = {"decision": None, "submission_id": uuid4(), "by": cast.practitioner, "at": timezone.now()}
    first = actions.start_reflection(words=words(), **twice)
    assert actions.start_reflection(words=words(), **twice) == first
    other = actions.start_reflection(words=words(went_well="More"), **twice)
    assert other != first
    assert Reflection.objects.visible_to(cast.practitioner).count() == 2


def test_an_older_page_overwrites_nothing(cast: Cast) -> None:
    row = reflection(cast.practitioner)
    new: dict[str, Any] = {"reflection": row, "by": cast.practitioner, "at": timezone.now()}
    saved = actions.change_reflection(words=words(went_well="First"), version=1, **new)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_reflection(words=words(went_well="Second"), version=1, **new)
    assert actions.change_reflection(words=words(went_well="First"), version=1, **new) == saved
    assert len(entries(row)) == 2


def test_deleting_leaves_no_word_and_one_more_entry(cast: Cast) -> None:
    row = reflection(cast.practitioner)
    here = reverse("reflections:change", args=[row.public_id])
    AutosavedText.objects.create(
        organisation=cast.organisation, user=cast.practitioner, path=here, saved_at=timezone.now(),
        form_data={"went_well": [SECRET]},
    )  # fmt: skip
    pk = row.pk
    actions.delete_reflection(reflection=row, by=cast.practitioner, at=timezone.now())
    assert not models.QuerySet(Reflection).filter(pk=pk).exists()
    assert not AutosavedText.objects.filter(path=here).exists()
    found = LedgerEntry.objects.filter(subject="reflections.reflection", object_pk=str(pk)).order_by("seq")
    assert [entry.event for entry in found] == ["created", "deleted"]
    assert verify(cast.organisation.pk).sound


def test_a_copy_is_an_entry_with_its_shape(cast: Cast) -> None:
    row = reflection(cast.practitioner)
    actions.copy_reflection(reflection=row, shape="nursing", file_format="txt", by=cast.practitioner, at=timezone.now())
    entry = entries(row)[-1]
    assert (entry.event, entry.additional_data) == ("reflection.copied", {"shape": "nursing", "format": "txt"})


Act = Callable[[Reflection, User], object]
ACTS: dict[str, Act] = {
    "change": lambda row, by: actions.change_reflection(
        reflection=row, words=dict.fromkeys(WORDS, "Mine"), version=1, by=by, at=timezone.now()
    ),
    "delete": lambda row, by: actions.delete_reflection(reflection=row, by=by, at=timezone.now()),
    "copy": lambda row, by: actions.copy_reflection(
        reflection=row, shape="plain", file_format="txt", by=by, at=timezone.now()
    ),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_nobody_else_can_whatever_their_role(cast: Cast, act: Act) -> None:
    row = reflection(cast.practitioner)
    for other in (*cast.everybody[1:], *cast.stranger.everybody):
        with pytest.raises(Http404):
            act(row, other)
    assert row.words == Reflection.objects.visible_to(cast.practitioner).get(pk=row.pk).words


@pytest.mark.sqlite
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_its_author_can_in_any_team_or_none_but_not_once_deactivated(cast: Cast, act: Act) -> None:
    row = reflection(cast.practitioner)
    models.QuerySet(User).filter(pk=cast.practitioner.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        act(row, cast.practitioner)
    models.QuerySet(User).filter(pk=cast.practitioner.pk).update(is_active=True)
    models.QuerySet(Membership).filter(user=cast.practitioner)._raw_delete("default")
    act(row, cast.practitioner)


@pytest.mark.sqlite
def test_a_reflection_is_on_a_recorded_decision_that_its_author_sees(cast: Cast, decision: Decision) -> None:
    assert reflection(cast.supervisor, decision).decision_id == decision.pk
    for other in (cast.other_team, cast.administrator, cast.officer, cast.stranger.practitioner):
        with pytest.raises(Http404):
            reflection(other, decision)


@pytest.mark.sqlite
def test_a_clock_put_back_stops_nobody(cast: Cast) -> None:
    row = reflection(cast.practitioner)
    earlier = timezone.now() - timedelta(hours=2)
    saved = actions.change_reflection(
        reflection=row, words=words(next_time="Call"), version=1, by=cast.practitioner, at=earlier
    )
    assert saved.saved_at == row.started_at
