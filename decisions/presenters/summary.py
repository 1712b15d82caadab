"""A decision as text for another case system, without what must not be disclosed there.

People the information must be kept from may be able to read that system's online view.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decisions.models import Decision
from decisions.presenters.additions import SectionAddition
from decisions.presenters.authors import author_and_job
from decisions.presenters.informing import SAFE_CONTACT
from decisions.presenters.labels import joined
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people import IDENTIFIER
from decisions.presenters.record import Section, sections
from decisions.presenters.summary_doubts import MARK, MARK_KEPT_FROM
from decisions.presenters.summary_protected import (
    held_items,
    is_informant,
    left_out_lines,
    sources_and_places,
    those_kept_from,
)
from decisions.presenters.urgent import urgent_record
from ui.moments import moment
from ui.rows import Row

HEADING = "HIDE FROM ONLINE VIEW"
# A shorter safe contact, such as "phone", also appears in many harmless lines.
LONG_ENOUGH = 12
SENTENCE = 20
# Sections with free-text accounts that items were taken from.
ACCOUNTS = frozenset({"urgent_record", "concern"})
ACCOUNT_ROWS = frozenset(
    {"Seen or said", "Opinion", "The child's own words", "What has changed", "Information that was shared",
     "Protective factors", "Earlier referrals, and their outcome", "Why it is not in line with that plan"}
)  # fmt: skip


@dataclass(frozen=True)
class Summary:
    text: str
    left_out: int
    marked: int = 0
    left_out_lines: tuple[str, ...] = ()  # for the page: the text itself does not say it


class Sieve:
    """Decides which text may appear in the summary, and counts what is left out."""

    def __init__(self, decision: Decision) -> None:
        items = list(decision.items.all())
        self.held = held_items(decision)
        self.source = any(item.protected_source for item in items)
        self.free = frozenset(normalised(item.text) for item in items if item not in self.held)
        self.items = frozenset(
            f"Item {number}" for number, item in enumerate(decision.items.all(), 1) if item in self.held
        )
        self.pieces = [
            piece for piece in map(normalised, _pieces(decision, [item.text for item in self.held])) if piece
        ]
        self.whole = [normalised(item.text) for item in self.held]
        self.left_out = self.marked = 0
        self.doubts = {MARK: sources_and_places(decision), MARK_KEPT_FROM: those_kept_from(decision)}

    def lets_through(self, text: str) -> bool:
        words = normalised(text)
        restricted = (
            text.startswith((SAFE_CONTACT, IDENTIFIER))
            or any(f" {piece} " in f" {words} " for piece in self.pieces)
            or (len(words) >= SENTENCE and any(f" {words} " in f" {whole} " for whole in self.whole))
        )
        self.left_out += restricted
        return not restricted

    def lines(self, row: Row, section: str) -> list[str]:
        """The lines of a row that may appear; none if the whole row must be left out."""
        if section == "information" and row.key in self.items:
            self.left_out += 1
            return []
        if self.source and section in ACCOUNTS and row.key in ACCOUNT_ROWS:
            return [self.checked(line) for line in self._sentences(row.lines)]
        if not self.lets_through(row.key):
            return []
        return [self.checked(line, row.key) for line in row.lines if self.lets_through(line)]

    def checked(self, line: str, key: str = "") -> str:
        """The line, marked where it may give something away in other words. It is shown: only a person can tell."""
        mark = next((mark for mark, doubt in self.doubts.items() if doubt.may_be_in(f"{key} {line}")), "")
        self.marked += bool(mark)
        return f"{mark} {line}".strip()

    def _sentences(self, lines: Iterable[str]) -> Iterator[str]:
        """An account may identify its source in other words: only sentences equal to an unrestricted item are kept."""
        for line in lines:
            for sentence in filter(None, re.split(r"(?<=[.!?])\s+|\n+", line)):
                if normalised(sentence) in self.free:
                    yield sentence
                else:
                    self.left_out += 1


def _pieces(decision: Decision, restricted: list[str]) -> Iterator[str]:
    """Text that no line may contain: each restricted item and its sentences, safe contacts, and informants' names."""
    for text in restricted:
        yield text
        yield from (sentence for sentence in re.split(r"(?<=[.!?])\s+|\n+", text) if len(sentence) >= SENTENCE)
    for person in decision.people.all():
        if is_informant(person):
            yield person.name
            yield from (name for name in map(str.strip, person.known_as.split(",")) if name)
        if len(person.safe_contact) >= LONG_ENOUGH:
            yield person.safe_contact
    yield from (
        event.safe_contact for event in decision.informing_events.all() if len(event.safe_contact) >= LONG_ENOUGH
    )


def normalised(text: str) -> str:
    """The words of a text, without case, spacing and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def summary(decision: Decision) -> Summary:
    """Costs no query on a decision read with its parts."""
    sieve = Sieve(decision)
    parts = [HEADING, "", *_head(decision)]
    for section in _sections(decision):
        body = list(_section(section, sieve))
        if body:
            parts += ["", section.title.upper(), *body]
    parts += ["", _ending(sieve.left_out)]
    return Summary("\n".join(parts), sieve.left_out, sieve.marked, tuple(left_out_lines(decision)))


def _sections(decision: Decision) -> list[Section]:
    first = [Section("urgent_record", "Urgent record", urgent_record(decision.urgent))] if decision.urgent else []
    return [*first, *sections(decision)]


def _head(decision: Decision) -> Iterable[str]:
    yield f"Decision {decision.reference}: {outcome_words(decision)}"
    yield f"Decided {moment(decision.decided_at)}, recorded {moment(decision.recorded_at)}"
    who = joined(author_and_job(decision), decision.team_name, decision.organisation_name)
    yield f"By {who}"


def _section(section: Section, sieve: Sieve) -> Iterator[str]:
    for row in section.rows:
        lines = sieve.lines(row, section.key)
        if len(lines) == 1:
            yield f"{row.key}: {lines[0]}"
        elif lines:
            yield f"{sieve.checked(row.key)}:"
            yield from (f"  {line}" for line in lines)
    for addition in section.additions:
        yield from _addition(addition, sieve)


def _addition(addition: SectionAddition, sieve: Sieve) -> Iterator[str]:
    if all([sieve.lets_through(addition.heading), sieve.lets_through(addition.text), sieve.lets_through(addition.why)]):
        text = sieve.checked(addition.text, addition.heading)
        yield f"{addition.heading}, added {moment(addition.at)} by {addition.by}: {text}"
        if addition.why:
            yield f"  Why it was added: {sieve.checked(addition.why)}"


def _ending(left_out: int) -> str:
    if not left_out:
        return "Nothing was left out."
    count = "1 thing" if left_out == 1 else f"{left_out} things"
    return (
        f"Left out: {count}. Each could identify a source, must not be disclosed to someone, or says how to "
        "contact someone safely. Contact us before you rely on this summary alone."
    )
