"""What orders, requests and duties need before they may be relied on."""

from collections.abc import Callable, Iterator, Mapping

from rules.codes import HowDiscovered, PersonRole, Sensitivity, Trigger, YesNoUnknown
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, PersonFacts
from rules.findings import Finding, finding
from rules.needs import Need
from rules.organisations import RecipientKind
from rules.people import ADULT_AGE, given_items
from rules.relied_on import ReliedOn


def request(relied: ReliedOn) -> Iterator[Finding]:
    """It answers a request, so there is one: who asked, and what for."""
    asked = relied.facts.request
    who = (asked.by_name, asked.by_role, asked.organisation)
    if all(is_empty_reason(text) for text in who) or is_empty_reason(asked.what):
        yield finding("NEEDS_REQUEST", provision=relied.name, asker=relied.values[0])


def purpose(relied: ReliedOn) -> Iterator[Finding]:
    """The request says that it is for a public task (UK GDPR Annex 1 paragraph 1)."""
    if is_empty_reason(relied.facts.request.why):
        yield finding("NEEDS_PURPOSE", provision=relied.name)


def order(relied: ReliedOn) -> Iterator[Finding]:
    """An order has a court, a date and a scope, and covers nothing else."""
    made = relied.facts.order
    missing = [
        code
        for code, lacks in (
            ("ORDER_COURT", is_empty_reason(made.court)),
            ("ORDER_DATE", made.made_on is None),
            ("ORDER_SCOPE", is_empty_reason(made.scope)),
        )
        if lacks
    ]
    if relied.facts.trigger == Trigger.COURT_ORDER:
        yield from (finding(code) for code in missing)
    elif missing:
        # The questions about an order are asked only when the order was chosen as how this started.
        yield finding("NEEDS_ORDER", provision=relied.name)


def court(relied: ReliedOn) -> Iterator[Finding]:
    """It is for a court or a legal claim (UK GDPR Article 9(2)(f); Schedule 1 paragraph 33; Schedule 8 paragraph 2)."""
    facts = relied.facts
    at_court = any(recipient.kind == RecipientKind.COURT for recipient in relied.recipients)
    ordered = facts.trigger == Trigger.COURT_ORDER or not is_empty_reason(facts.order.court)
    if not (at_court or ordered or _from_proceedings(facts)):
        yield finding("NEEDS_COURT", provision=relied.name)


def proceedings(relied: ReliedOn) -> Iterator[Finding]:
    """It limits what comes from family proceedings (Family Procedure Rules 2010 Part 12)."""
    if not _from_proceedings(relied.facts):
        yield finding("NEEDS_PROCEEDINGS", provision=relied.name)


def _from_proceedings(facts: Facts) -> bool:
    return any(Sensitivity.PROCEEDINGS in item.sensitivities for item in given_items(facts))


def discovered(relied: ReliedOn) -> Iterator[Finding]:
    """V13: she told them or there were signs; a suspicion is shared in the usual way (FGM Act 2003 section 5B(3))."""
    facts = relied.facts
    if facts.how_discovered == HowDiscovered.SUSPECTED:
        yield finding("FGM_SUSPECTED")
    elif facts.how_discovered not in frozenset(HowDiscovered):
        # This is asked only when the duty was chosen as how this started.
        yield finding("FGM_HOW" if facts.trigger == Trigger.MANDATORY else "FGM_TRIGGER")


def girl(relied: ReliedOn) -> Iterator[Finding]:
    """V13: the duty is about a girl under 18 (FGM Act 2003 section 5B(2) and (11))."""
    if relied.facts.people and not any(_may_be_the_girl(person) for person in relied.facts.people):
        yield finding("FGM_ADULT")


def _may_be_the_girl(person: PersonFacts) -> bool:
    return person.role == PersonRole.CHILD and (person.age is None or person.age < ADULT_AGE)


def to_police(relied: ReliedOn) -> Iterator[Finding]:
    """V13: the report goes to the chief officer of police (FGM Act 2003 section 5B(5))."""
    if not any(recipient.kind == RecipientKind.POLICE for recipient in relied.recipients):
        yield finding("FGM_POLICE")


def share_duty(relied: ReliedOn) -> Iterator[Finding]:
    """V7: held, relevant and helpful to the recipient (Children Act 2004 section 16LA(1) to (3))."""
    duty = relied.facts.share_duty
    conditions = {duty.holds, duty.relevant, duty.helps}
    if YesNoUnknown.NO in conditions:
        yield finding("SHARE_DUTY_NOT_MET")
    elif conditions != {YesNoUnknown.YES}:
        # The conditions are asked only when the duty was chosen as how this started.
        duty_was_chosen = relied.facts.trigger == Trigger.MANDATORY or conditions != {""}
        yield finding("SHARE_DUTY_OPEN" if duty_was_chosen else "SHARE_DUTY_TRIGGER")


OF_DUTIES: Mapping[str, Callable[[ReliedOn], Iterator[Finding]]] = {
    Need.REQUEST: request,
    Need.PURPOSE: purpose,
    Need.ORDER: order,
    Need.COURT: court,
    Need.PROCEEDINGS: proceedings,
    Need.DISCOVERED: discovered,
    Need.GIRL: girl,
    Need.TO_POLICE: to_police,
    Need.SHARE_DUTY: share_duty,
}
