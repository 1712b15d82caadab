"""What the pages of a reflection show around its words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.namesakes import colleague_names, with_name_now
from audit.models import LedgerEntry
from decisions.models import Decision
from decisions.presenters.guidance import seen_on
from reflections.models import READ, RELEASED, Reflection
from reflections.questions import QUESTIONS, SUGGESTED_MINUTES
from rules.guidance import Passage, newest, passages
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Row

SUBJECT = Reflection._meta.label_lower
SAVINGS = ("created", "changed")
MOST_READINGS = 10


@dataclass(frozen=True)
class Line:
    """A line of the author's list."""

    reflection: Reflection
    name: str


def lines(reflections: list[Reflection]) -> list[Line]:
    names = numbered([f"Reflection of {moment(row.started_at)}" for row in reflections])
    return [Line(row, name) for row, name in zip(reflections, names, strict=True)]


def shown_lines(reflections: list[Reflection]) -> list[Line]:
    """Of other authors, who let this person read them."""
    authors = colleague_names({row.author for row in reflections})
    names = numbered([f"By {authors[row.author_id]}, {moment(row.started_at)}" for row in reflections])
    return [Line(row, name) for row, name in zip(reflections, names, strict=True)]


def answers(reflection: Reflection) -> list[Row]:
    """What was answered. Questions left out say nothing."""
    words = reflection.words
    return [Row(question.label, words[name]) for name, question in QUESTIONS.items() if words[name]]


def guidance_for(decision: Decision | None) -> list[Passage]:
    """As it stands today: what the decision's pages showed, or what every page may show where there is none."""
    seen = [passage.now or passage.seen for passage in seen_on(decision)] if decision else []
    found = [passage for passage in seen if passage is not None]
    return found or [passage for passage in _newest() if not passage.situation]


def _newest() -> list[Passage]:
    ids = dict.fromkeys(passage.id for passage in passages())
    return [passage for passage in map(newest, ids) if passage is not None]


def time_is_up(opened: datetime) -> datetime:
    """When the time that is suggested is over."""
    return opened + timedelta(minutes=SUGGESTED_MINUTES)


@dataclass(frozen=True)
class Kept:
    """What the ledger says of a reflection to its author."""

    as_saved: bool
    releases: list[tuple[datetime, str]]
    readings: list[tuple[datetime, str]]


def kept(reflection: Reflection) -> Kept:
    """Whether its words are as last saved, who was given a copy and why, and which supervisor read it. One query."""
    entries = LedgerEntry.objects.filter(
        organisation=reflection.organisation_id, subject=SUBJECT, object_pk=str(reflection.pk),
        event__in=[*SAVINGS, RELEASED, READ],
    ).order_by("seq").select_related("actor")  # fmt: skip
    found = list(entries.only("event", "timestamp", "changes", "additional_data", "actor__full_name"))
    digests = [entry.changes["digest"][1] for entry in found if "digest" in entry.changes]
    entered = digests[-1] if digests else None
    releases = [(entry.timestamp, entry.additional_data["reason"]) for entry in found if entry.event == RELEASED]
    readings = [(entry.timestamp, _reader(entry)) for entry in found if entry.event == READ]
    return Kept(entered == reflection.digest == reflection.digest_now(), releases, readings[-MOST_READINGS:])


def _reader(entry: LedgerEntry) -> str:
    then = str(entry.additional_data["reader"])
    return with_name_now(then, entry.actor.full_name) if entry.actor else then


def as_evidence(reflection: Reflection) -> str:
    """For a court or a person's request: who wrote it, about what, when, and whether the words are as saved."""
    about = reflection.decision.reference if reflection.decision else "no decision"
    checked = "as the audit log has them" if kept(reflection).as_saved else "NOT as the audit log has them"
    head = [
        f"Reflection by {reflection.author.full_name}, {reflection.author.email}, about {about}",
        f"Started {moment(reflection.started_at)}, last saved {moment(reflection.saved_at)}. The words are {checked}.",
    ]
    words = reflection.words
    blocks = [f"{question.label.upper()}\n\n{words[name]}" for name, question in QUESTIONS.items() if words[name]]
    return "\n\n".join([*head, *blocks]) + "\n"
