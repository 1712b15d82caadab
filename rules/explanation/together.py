"""Several decisions about one person, read together: what one of them hides must not be said by another."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rules.explanation.facts import ExplanationFacts
from rules.explanation.may_know import known_people, reasons_left_out
from rules.explanation.refusals import NOTHING_SENT, why_no_letter
from rules.explanation.whose_words import words


@dataclass(frozen=True, kw_only=True)
class Part:
    """One decision, as one of several that somebody asks about."""

    name: str  # for the letter's author, never for its reader
    explained: ExplanationFacts
    who: Mapping[str, str]  # by reference on this decision, one that is the same on all of them
    ages: Mapping[str, int] = field(default_factory=dict)  # today, by reference on this decision

    @property
    def refused(self) -> str:
        """Why its reader must not be told of it; empty if they may."""
        return why_no_letter(self.explained)


def together(parts: Sequence[Part], others: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None) -> list[Part]:
    """The same decisions, each knowing what the others say of whom its reader may not know.

    Of everybody, only whom the reader may know on each decision they are on, and at their age today: a child who
    decides for themselves by now is no longer a parent's to know, also where they were too young then. `others` are
    more people, by who they are: their name, with what else names or finds them.
    """
    known = _known(parts)
    people = _people(parts, others or {})
    found = [_with_people(part, known, people) for part in parts]
    known_anyway = frozenset(words(text) for part in found if not part.refused for text in _listed(part))
    hidden = {part.name: _left_out(part, known_anyway) for part in found}
    return [
        replace(part, explained=replace(part.explained, left_out_elsewhere=_elsewhere(part.name, hidden)))
        for part in found
    ]


def _known(parts: Iterable[Part]) -> frozenset[str]:
    known, unknown = set[str](), set[str]()
    for part in parts:
        theirs = {part.who[ref] for ref in known_people(_today(part)) & known_people(part.explained)}
        known |= theirs
        unknown |= set(part.who.values()) - theirs
    return frozenset(known - unknown)


def _today(part: Part) -> ExplanationFacts:
    facts = part.explained.facts
    people = tuple(replace(person, age=part.ages.get(person.ref, person.age)) for person in facts.people)
    return replace(part.explained, facts=replace(facts, people=people))


def _people(
    parts: Iterable[Part], others: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """By who it is, every name they have on any of these decisions, and what else names or finds them."""
    found = {who: dict(named) for who, named in others.items()}
    for part in parts:
        for ref, who in part.who.items():
            named = found.setdefault(who, {})
            name = part.explained.names.get(ref, "")
            named[name] = (*named.get(name, ()), *part.explained.words_of.get(ref, ()))
    return found


def _with_people(part: Part, known: frozenset[str], people: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Part:
    """Somebody who is on this decision too may have another name or number on another."""
    others: dict[str, tuple[str, ...]] = {}
    for who, named in people.items():
        if who not in known:
            for name, details in named.items():
                others[name] = (*others.get(name, ()), *details)
    not_theirs = frozenset(ref for ref, who in part.who.items() if who not in known)
    return replace(part, explained=replace(part.explained, not_theirs=not_theirs, others=others))


def _listed(part: Part) -> tuple[str, ...]:
    reasons = reasons_left_out(part.explained)
    return tuple(item.text for item in part.explained.facts.items if not reasons[item.ref])


def _left_out(part: Part, known_anyway: Container[tuple[str, ...]]) -> tuple[str, ...]:
    """What this decision hides. One of which the reader must not be told hides everything it says.

    But not what they may know in the same words by a decision of which they may be told.
    """
    items, reasons = part.explained.facts.items, reasons_left_out(part.explained)
    is_kept = part.refused not in {"", NOTHING_SENT}
    return tuple(item.text for item in items if reasons[item.ref] or (is_kept and words(item.text) not in known_anyway))


def _elsewhere(name: str, hidden: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(text for of, texts in hidden.items() if of != name for text in texts)
