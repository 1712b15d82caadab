"""Authors in a list of records: named as each record has them, and no two people read the same."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from django.db.models import F

from accounts.namesakes import difference, name_alone, with_name_now
from ui.labels import distinct_names

# What a list reads of each record for them.
AUTHOR = ("author", "author_name", "author_job", "team_name")
AUTHOR_NOW = {"author_now": F("author__full_name")}


class Authored(Protocol):
    """A decision or an urgent record, with what it keeps of its author."""

    pk: int
    author_id: int
    author_name: str
    author_job: str
    team_name: str


Of = TypeVar("Of", bound=Authored)


class Listed(Authored, Protocol):
    """The same, annotated with AUTHOR_NOW."""

    author_now: str


class OfAuthor(Listed, Protocol):
    """The same, with the address the author signs in with."""

    author_email: str


def author_and_job(record: Authored) -> str:
    """The job is said once, also where it is what tells the author from a colleague of the same name."""
    job = "" if difference(record.author_name) == record.author_job else record.author_job
    return ", ".join(filter(None, (record.author_name, job)))


def author_names(records: Iterable[Any]) -> Mapping[int, str]:
    """By key of the record: the name it has. Where another author here has that name, with the job or team then.

    A record from before the colleague came has the bare name, and beside "Lee (Nurse)" that could be anybody. What an
    author is called now stands beside the name.
    """
    rows: list[Listed] = list(records)
    names = {row.pk: (row.author_id, name_alone(row.author_name)) for row in rows}
    known = {names[row.pk]: _differences(row) for row in _bare_first(rows)}
    labels = distinct_names({author: author[1] for author in known}, known.__getitem__)
    changed = {author for author, label in labels.items() if label != author[1]}
    shown = {row.pk: labels[names[row.pk]] if names[row.pk] in changed else row.author_name for row in rows}
    return {row.pk: with_name_now(shown[row.pk], row.author_now) for row in rows}


def authors_by_all_names(records: Iterable[OfAuthor]) -> dict[int, str]:
    """By key of the author, in the order of names: each once, under every name that the records have.

    Whoever changed their name is "A. Jones, now A. Smith". `records` are in the order in which they were made.
    """
    by_author: dict[int, list[OfAuthor]] = {}
    for row in records:
        by_author.setdefault(row.author_id, []).append(row)
    names = {key: _all_names(rows) for key, rows in by_author.items()}
    labels = distinct_names(names, lambda key: _known(by_author[key]))
    return dict(sorted(labels.items(), key=lambda label: label[1].casefold()))


def _all_names(rows: Sequence[OfAuthor]) -> str:
    now = rows[0].author_now
    earlier = [name for name in dict.fromkeys(name_alone(row.author_name) for row in rows) if name != now]
    return f"{', '.join(earlier)}, now {now}" if earlier else now


def _known(rows: Sequence[OfAuthor]) -> tuple[str, ...]:
    *_, latest = _bare_first(rows)
    return *_differences(latest), latest.author_email.partition("@")[0]


def _bare_first(rows: Iterable[Of]) -> list[Of]:
    return sorted(rows, key=lambda row: bool(difference(row.author_name)))


def _differences(row: Authored) -> tuple[str, ...]:
    return difference(row.author_name) or row.author_job, row.team_name
