"""The record's sections as one text for another case system, without what must not be disclosed there.

The reader of that system's online view may be the person something must be kept from.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decisions.models import Decision
from decisions.presenters.additions import SectionAddition
from decisions.presenters.informing import SAFE_CONTACT
from decisions.presenters.labels import joined, outcome_done
from decisions.presenters.record import Section, sections
from decisions.presenters.urgent import urgent_record
from rules.codes import PersonRole
from ui.moments import moment
from ui.rows import Row

HEADING = "HIDE FROM ONLINE VIEW"
# A shorter safe contact, such as "phone", also appears in many harmless lines.
LONG_ENOUGH = 12
SENTENCE = 20
# Accounts in somebody's own words, from which items were taken.
ACCOUNTS = frozenset({"urgent_record", "concern"})
TOLD = frozenset(
    {"Seen or said", "Opinion", "The child's own words", "What has changed", "Information that was shared"}
)


@dataclass(frozen=True)
class Summary:
    text: str
    left_out: int


class Sieve:
    """Decides which text may appear in the summary, and counts what is left out."""

    def __init__(self, decision: Decision) -> None:
        items = list(decision.items.all())
        self.held = [one for one in items if one.protected_source or one.must_not_reach.all() or one.handling]
        self.source = any(one.protected_source for one in items)
        self.free = frozenset(plainly(one.text) for one in items if one not in self.held)
        self.items = frozenset(
            f"Item {number}" for number, item in enumerate(decision.items.all(), 1) if item in self.held
        )
        self.pieces = [piece for piece in map(plainly, _pieces(decision, [one.text for one in self.held])) if piece]
        self.whole = [plainly(item.text) for item in self.held]
        self.left_out = 0

    def lets_through(self, text: str) -> bool:
        said = plainly(text)
        kept_out = (
            text.startswith(SAFE_CONTACT)
            or any(f" {piece} " in f" {said} " for piece in self.pieces)
            or (len(said) >= SENTENCE and any(f" {said} " in f" {whole} " for whole in self.whole))
        )
        self.left_out += kept_out
        return not kept_out

    def lines(self, row: Row, section: str) -> list[str]:
        """A row's lines, or none where the whole row must be left out."""
        if section == "information" and row.key in self.items:
            self.left_out += 1
            return []
        if self.source and section in ACCOUNTS and row.key in TOLD:
            return list(self._sentences(row.lines))
        if not self.lets_through(row.key):
            return []
        return [line for line in row.lines if self.lets_through(line)]

    def _sentences(self, lines: Iterable[str]) -> Iterator[str]:
        """An account may identify its source in other words, so only text that matches an item exactly is kept."""
        for line in lines:
            for one in filter(None, re.split(r"(?<=[.!?])\s+|\n+", line)):
                if plainly(one) in self.free:
                    yield one
                else:
                    self.left_out += 1


def _pieces(decision: Decision, held: list[str]) -> Iterator[str]:
    """Text that no line may contain: each restricted item and its sentences, safe contacts, and informants' names."""
    for text in held:
        yield text
        yield from (one for one in re.split(r"(?<=[.!?])\s+|\n+", text) if len(one) >= SENTENCE)
    for person in decision.people.all():
        if person.role == PersonRole.INFORMANT:
            yield person.name
        if len(person.safe_contact) >= LONG_ENOUGH:
            yield person.safe_contact
    yield from (
        event.safe_contact for event in decision.informing_events.all() if len(event.safe_contact) >= LONG_ENOUGH
    )


def plainly(text: str) -> str:
    """Words alone: neither case nor spaces nor marks tell two texts apart."""
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
    return Summary("\n".join(parts), sieve.left_out)


def _sections(decision: Decision) -> list[Section]:
    first = [Section("urgent_record", "Urgent record", urgent_record(decision.urgent))] if decision.urgent else []
    return [*first, *sections(decision)]


def _head(decision: Decision) -> Iterable[str]:
    yield f"Decision {decision.reference}: {outcome_done(decision.outcome)}"
    yield f"Decided {moment(decision.decided_at)}, recorded {moment(decision.recorded_at)}"
    who = joined(decision.author_name, decision.author_job, decision.team_name, decision.organisation_name)
    yield f"By {who}"


def _section(section: Section, sieve: Sieve) -> Iterator[str]:
    for row in section.rows:
        lines = sieve.lines(row, section.key)
        if len(lines) == 1:
            yield f"{row.key}: {lines[0]}"
        elif lines:
            yield f"{row.key}:"
            yield from (f"  {line}" for line in lines)
    for one in section.additions:
        yield from _addition(one, sieve)


def _addition(one: SectionAddition, sieve: Sieve) -> Iterator[str]:
    if all([sieve.lets_through(one.heading), sieve.lets_through(one.text), sieve.lets_through(one.why)]):
        yield f"{one.heading}, added {moment(one.at)} by {one.by}: {one.text}"
        if one.why:
            yield f"  Why it was added: {one.why}"


def _ending(left_out: int) -> str:
    if not left_out:
        return "Nothing was left out."
    things = "1 thing" if left_out == 1 else f"{left_out} things"
    return (
        f"Left out: {things}. Each could identify a source, must not be disclosed to someone, or says how to "
        "contact someone safely. Contact us before you rely on this summary alone."
    )
