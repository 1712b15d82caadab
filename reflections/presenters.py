"""What the pages of a reflection show around its words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.models import LedgerEntry
from decisions.models import Decision
from decisions.presenters.guidance import seen_on
from reflections.models import Reflection
from reflections.questions import QUESTIONS, SUGGESTED_MINUTES
from rules.guidance import Passage, newest, passages
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Row

SUBJECT = Reflection._meta.label_lower
SAVINGS = ("created", "changed")


@dataclass(frozen=True)
class Line:
    """A line of the author's list."""

    reflection: Reflection
    name: str


def lines(reflections: list[Reflection]) -> list[Line]:
    names = numbered([f"Reflection of {moment(row.started_at)}" for row in reflections])
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


def is_as_saved(reflection: Reflection) -> bool:
    """Whether its words are those whose digest the ledger entered when its author last saved it."""
    entries = LedgerEntry.objects.filter(
        organisation=reflection.organisation_id, subject=SUBJECT, object_pk=str(reflection.pk), event__in=SAVINGS
    )
    last = entries.order_by("-seq").first()
    entered = last.changes.get("digest", [None, None])[1] if last else None
    return bool(entered == reflection.digest == reflection.digest_now())
