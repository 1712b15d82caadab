"""Who asked, and what a court ordered."""

from collections.abc import Iterator

from rules.agreement import agreed
from rules.codes import Trigger
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, ItemFacts, OrderFacts, RecipientFacts
from rules.findings import Finding, finding
from rules.law import Law
from rules.organisations import RecipientKind
from rules.people import concerned, given_items, given_to, is_asked, is_shared

POLICE_WORDS = ("police", "constabulary")


def request(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Who asked for what, and how you know it is them (2024 guidance, rule 6; ICO decision form)."""
    if not is_asked(facts):
        return
    asked = facts.request
    if is_empty_reason(asked.by_name) and is_empty_reason(asked.by_role):
        yield finding("REQUEST_WHO")
    if is_empty_reason(asked.what):
        yield finding("REQUEST_WHAT")
    if is_empty_reason(asked.why):
        yield finding("REQUEST_WHY")


def identity_checked(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Nothing is shared with an asker whose identity is unchecked; a request can be declined without a check."""
    if is_asked(facts) and is_shared(facts) and is_empty_reason(facts.request.identity_check):
        yield finding("REQUEST_IDENTITY")


def authorised_by_the_police(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What the police ask for without consent was authorised by an officer, or at least asked for in writing."""
    people = concerned(facts)
    if not (is_asked(facts) and is_shared(facts)) or (people and all(agreed(facts, person) for person in people)):
        return
    asked = facts.request
    if not is_empty_reason(asked.authorising_officer) or asked.reference.strip():
        return
    if any(_is_police(recipient) for recipient in given_to(facts) if recipient.is_asker):
        yield finding("REQUEST_AUTHORITY")


def _is_police(asker: RecipientFacts) -> bool:
    """By its kind; where nobody said its kind, by its name."""
    if asker.kind:
        return asker.kind == RecipientKind.POLICE
    return any(word in asker.organisation.casefold() for word in POLICE_WORDS)


def neither_confirmed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """To neither confirm nor deny is untrue when something is shared with whoever asked."""
    given_something = any(recipient.is_asker for recipient in given_to(facts))
    if is_shared(facts) and facts.request.neither_confirmed and given_something:
        yield finding("CONFIRMED_AND_GIVEN")


def within_the_order(facts: Facts, _law: Law) -> Iterator[Finding]:
    """An order gives no reason to share outside its dates."""
    if facts.trigger != Trigger.COURT_ORDER:
        return
    if is_shared(facts) and any(_outside(item, facts.order) for item in given_items(facts)):
        yield finding("ORDER_OUTSIDE")


def _outside(item: ItemFacts, order: OrderFacts) -> bool:
    first, last = item.dated_from or item.dated_to, item.dated_to or item.dated_from
    early = bool(first and order.covers_from and first < order.covers_from)
    return early or bool(last and order.covers_to and last > order.covers_to)


RULES = (request, identity_checked, authorised_by_the_police, neither_confirmed, within_the_order)
