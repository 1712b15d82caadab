"""What an author does with their own reflections. No role is asked for: a reflection follows the person.

Opening one is not entered in the ledger. Only its author can, and a log of when somebody reads their own reflections
would serve nobody but a manager who watches.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from accounts import autosave
from accounts.models import User
from audit import ledger
from decisions.models import Decision
from decisions.queries import may_see
from reflections.models import READ, RELEASED, Reflection, ReflectionReader
from reflections.queries import supervisors_of


class ChangedMeanwhile(Exception):
    """The author saved it in another window since this page was opened."""


def start_reflection(
    *, decision: Decision | None, words: Mapping[str, str], submission_id: UUID, by: User, at: datetime
) -> Reflection:
    """A reflection with these words, about this decision or none. Submitting the same twice returns the first.

    Raises Http404 for a decision that they may not see.
    """
    with _acting(by, at) as author:
        if decision is not None and (decision.is_draft or not may_see(decision, author)):
            raise Http404
        taken = Reflection.objects.filter(public_id=submission_id).first()
        if taken is not None and taken.author_id == author.pk and taken.words == dict(words):
            return taken
        row = Reflection(
            public_id=submission_id if taken is None else uuid4(), organisation_id=author.organisation_id,
            author=author, decision=decision, started_at=at, saved_at=at,
        )  # fmt: skip
        return _saved(row, words)


def change_reflection(
    *, reflection: Reflection, words: Mapping[str, str], version: int, by: User, at: datetime
) -> Reflection:
    """Save other words over it. The earlier ones are gone: it is its author's own.

    Raises ChangedMeanwhile when `version` is not the latest and these are not its words already.
    """
    with _acting(by, at) as author:
        row = _locked(reflection, author)
        if row.version != version:
            if row.words == dict(words):
                return row
            raise ChangedMeanwhile
        row.version += 1
        row.saved_at = max(at, row.started_at)
        return _saved(row, words)


def delete_reflection(*, reflection: Reflection, by: User, at: datetime) -> None:
    """Delete it with what is autosaved on its pages. The ledger keeps that there was one and that it was deleted."""
    with _acting(by, at) as author:
        row = _locked(reflection, author)
        autosave.discard_under(reverse("reflections:detail", args=[row.public_id]))
        row.delete()


def copy_reflection(*, reflection: Reflection, shape: str, file_format: str, by: User, at: datetime) -> None:
    """Enter in the ledger that its author took a copy, before it is made."""
    with _acting(by, at) as author:
        row = _locked(reflection, author)
        details = {"shape": shape, "format": file_format}
        ledger.append("reflection.copied", organisation=row.organisation_id, obj=row, details=details)


def show_to_supervisor(*, reflection: Reflection, reader: User, by: User, at: datetime) -> ReflectionReader:
    """Let one supervisor of one's own teams read it until that is ended. Doing it twice changes nothing.

    Raises ValidationError for anybody else.
    """
    with _acting(by, at) as author:
        row = _locked(reflection, author)
        if reader.pk not in {user.pk for user in supervisors_of(author)}:
            raise ValidationError({"reader": "Choose someone from the list. This person does not supervise your team."})
        current = row.readers.filter(reader=reader, ended_at__isnull=True).first()
        if current is not None:
            return current
        allowed = ReflectionReader(
            organisation_id=row.organisation_id,
            reflection=row,
            reader=reader,
            reader_name=reader.name_on_record,
            since=at,
        )
        allowed.save()
        return allowed


def stop_showing(*, allowed: ReflectionReader, by: User, at: datetime) -> None:
    """From the next request on they cannot open it. Ending it twice changes nothing."""
    with _acting(by, at) as author:
        row = _locked(allowed.reflection, author)
        current = row.readers.filter(pk=allowed.pk, ended_at__isnull=True).first()
        if current is not None:
            current.ended_at = max(at, current.since)
            current.save()


def read_shown_reflection(*, reflection: Reflection, by: User, at: datetime) -> None:
    """Enter that a supervisor read it, before it is shown: its author sees when. Raises Http404 for everybody else."""
    with _acting(by, at) as reader:
        if not Reflection.objects.shown_to(reader).filter(pk=reflection.pk).exists():
            raise Http404
        ledger.append(
            READ, organisation=reflection.organisation_id, obj=reflection, details={"reader": reader.name_on_record}
        )


def release_reflections(*, reflections: Sequence[Reflection], reason: str, by: None = None, at: datetime) -> None:
    """Enter in the ledger that whoever runs the site took a copy for a court, or for a person's request.

    Only the command line does this: no role opens another person's reflection on a page. The author reads the entry.
    """
    if by is not None:
        raise PermissionDenied
    with ledger.recording(actor=None, at=at):
        for row in reflections:
            ledger.append(RELEASED, organisation=row.organisation_id, obj=row, details={"reason": reason})


@contextmanager
def _acting(by: User, at: datetime) -> Iterator[User]:
    """A recording block, and the person read anew: they may have been deactivated since the page was opened."""
    with ledger.recording(actor=by, at=at):
        author: User = User.objects.get(pk=by.pk)
        if not author.is_active:
            raise PermissionDenied
        yield author


def _locked(reflection: Reflection, author: User) -> Reflection:
    row = Reflection.objects.visible_to(author).select_for_update().filter(pk=reflection.pk).first()
    if row is None:
        raise Http404
    return row


def _saved(row: Reflection, words: Mapping[str, str]) -> Reflection:
    for name in row.words:
        setattr(row, name, words[name])
    row.seal()
    row.save()
    return row
