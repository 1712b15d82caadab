"""Complete facts with one answer removed, or made to say nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from rules.codes import SHARED, WITHOUT_CONSENT_PROVISIONS, Trigger
from rules.facts import Facts, ItemFacts, PersonFacts
from tests.agreement.complete_law import CONSENT, EXPLICIT_CONSENT

Left = tuple[str, Facts]

TEXTS = (
    "why_now", "whole_file_reason", "why_outweighs", "why_no_more", "risk_if_shared", "risk_if_not", "instead",
    "no_basis_reason", "cannot_recall", "what_changed", "standing_scope", "late_reason", "facts_text", "child_words",
)  # fmt: skip
CODES: dict[str, Any] = {
    "outcome": "", "level": "", "no_basis": "", "share_anyway": "", "look_again_on": None, "standing_until": None,
    "decided_at": None, "how_discovered": "", "discovered_at": None, "duty": "", "starts_on": None, "passed_to": "",
    "trigger": "",
}  # fmt: skip
REQUEST = dict.fromkeys(
    ("by_name", "organisation", "what", "why", "identity_check", "authorising_officer", "reply"), ""
)
ORDER: dict[str, Any] = {"court": "", "made_on": None, "scope": ""}
PLAN = {"reference": "", "departure": ""}
DUTY = {"holds": "", "relevant": "", "helps": "", "detriment": "see notes"}
# Of a person: words that may say nothing instead, and what is chosen.
WORDS = ("not_asked_text", "limits", "views", "p18_text", "competence_note")
PERSON: dict[str, Any] = {"not_asked_reason": "", "p18_reason": "", "agreed_to": (), "covers": ()}
INFORMING: dict[str, Any] = {
    "state": "", "reason": "", "closing": "", "text": "", "at": None, "review_on": None, "by_whom": "",
    "agreed_with": "",
}  # fmt: skip


def removed(facts: Facts, seed: int) -> Left:
    """One of all the answers that could be missing; each kind of answer as likely as any other."""
    rng = Random(seed)  # noqa: S311  (nothing secret hangs on it)
    left = list(_of_all(facts, rng)) + list(_of_one(facts, rng))
    kinds = sorted({name for name, _ in left})
    kind = rng.choice(kinds)
    return rng.choice([one for one in left if one[0] == kind])


def _of_all(facts: Facts, rng: Random) -> Iterator[Left]:
    """Of the decision as a whole."""
    for name in TEXTS:
        yield from _if_there(facts, name, rng.choice(("", "see notes")))
    for name, nothing in CODES.items():
        yield from _if_there(facts, name, nothing)
    if facts.share_anyway:
        yield "share_anyway", replace(facts, share_anyway="yes")
    if facts.standing_until and facts.decided_at:
        yield "standing_until", replace(facts, standing_until=facts.decided_at.date())
    for what, request in _of(facts.request, REQUEST if facts.trigger == Trigger.REQ else {"reply": ""}):
        yield f"request.{what}", replace(facts, request=request)
    for name, nothing in (("order", ORDER), ("plan", PLAN), ("share_duty", DUTY)):
        for what, part in _of(getattr(facts, name), nothing):
            yield f"{name}.{what}", replace(facts, **{name: part})


def _if_there(facts: Facts, name: str, nothing: Any) -> Iterator[Left]:
    if getattr(facts, name):
        yield name, replace(facts, **{name: nothing})


def _of(part: Any, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A part without each of these answers that it has."""
    for name, nothing in answers.items():
        if getattr(part, name):
            yield name, replace(part, **{name: nothing})


def _of_one(facts: Facts, rng: Random) -> Iterator[Left]:
    """Of one person, recipient, thing, sending or advice; of all rows of a layer."""
    for person, (what, left) in _each(facts.people, lambda one: _person(facts, one, rng)):
        yield what, replace(facts, people=_with(facts.people, person, left))
    for one, (what, left) in _each(facts.recipients, lambda one: _of(one, {"choice": ""})):
        yield what, replace(facts, recipients=_with(facts.recipients, one, left))
    for item, (what, left) in _each(facts.items, lambda one: _item(facts, one, rng)):
        yield f"item.{what}", replace(facts, items=_with(facts.items, item, left))
    for sending, (what, left) in _each(facts.sendings, lambda one: _of(one, {"how": ""})):
        yield f"sending.{what}", replace(facts, sendings=_with(facts.sendings, sending, left))
    for advice, (what, left) in _each(facts.advice, lambda one: _of(one, {"who": "", "gist": ""})):
        yield f"advice.{what}", replace(facts, advice=_with(facts.advice, advice, left))
    for layer in sorted({row.layer for row in facts.basis}):
        yield f"basis.{layer}", _without_provisions(facts, layer)
    if facts.outcome not in SHARED and facts.trigger != Trigger.REQ:
        yield "recipients", replace(facts, recipients=())


def _each(rows: Sequence[Any], ways: Callable[[Any], Iterable[tuple[str, Any]]]) -> Iterator[tuple[int, Any]]:
    for number, row in enumerate(rows):
        yield from ((number, left) for left in ways(row))


def _item(facts: Facts, item: ItemFacts, rng: Random) -> Iterator[tuple[str, ItemFacts]]:
    yield from _of(item, {"text": "", "kind": ""})
    if item.withheld_from:
        # Left empty, the page takes the reason of the one withheld before it.
        first = next(one for one in facts.items if one.withheld_from) is item
        why = rng.choice(("", "see notes")) if first else "see notes"
        yield "withheld_from", replace(item, withheld_from=dict.fromkeys(item.withheld_from, why))


def _person(facts: Facts, person: PersonFacts, rng: Random) -> Iterator[tuple[str, PersonFacts]]:
    yield "consent_state", replace(person, consent_state="UNKNOWN")
    yield from _of(person, {**dict.fromkeys(WORDS, rng.choice(("", "see notes"))), **PERSON})
    if person.until and facts.decided_at:
        yield "until", replace(person, until=facts.decided_at.date() - timedelta(days=1))
    for what, informing in _of(person.informing, INFORMING):
        yield f"informing.{what}", replace(person, informing=informing, look_again_on=informing.review_on)


def _without_provisions(facts: Facts, layer: str) -> Facts:
    """What follows from a row goes with it: why without consent, and the question that consent brings up."""
    basis = tuple(row for row in facts.basis if row.layer != layer)
    without_consent = {row.person_ref for row in basis if row.code in WITHOUT_CONSENT_PROVISIONS}
    people = tuple(
        person if person.ref in without_consent else replace(person, p18_reason="", p18_text="")
        for person in facts.people
    )
    rests = any(row.code in {CONSENT, EXPLICIT_CONSENT} for row in basis)
    return replace(facts, basis=basis, people=people, share_anyway=facts.share_anyway if rests else "")


def _with(rows: Sequence[Any], number: int, row: Any) -> tuple[Any, ...]:
    return (*rows[:number], row, *rows[number + 1 :])
