"""What sharing needs: someone to give it to, something to give, and no more than is needed."""

from collections.abc import Iterator

from rules.codes import Level, Outcome, Sensitivity
from rules.duties import nothing_to_weigh
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, ItemFacts
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import given_items, is_asked, is_shared, without_agreement


def has_recipient_and_item(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What was shared and with whom is recorded (2018 guidance, rule 7)."""
    if not is_shared(facts):
        return
    if not facts.recipients:
        yield finding("NO_RECIPIENT")
    if not given_items(facts):
        yield finding("NO_ITEM")
    if facts.outcome == Outcome.SHARED_WHOLE_FILE and is_empty_reason(facts.whole_file_reason):
        yield finding("WHOLE_FILE_REASON")


def withheld(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Each withheld item has a reason (2024 guidance, rule 6)."""
    if not is_shared(facts):
        return
    if any(_lacks_why(item) for item in facts.items if not item.given_to):
        yield finding("WITHHELD_WHY")
    if any(_lacks_why(item) for item in given_items(facts)):
        yield finding("WITHHELD_FROM_SOME")
    if facts.outcome == Outcome.SHARED_PART and not any(_is_held(item) for item in facts.items):
        yield finding("NOTHING_HELD")


def _is_held(item: ItemFacts) -> bool:
    return not item.given_to or bool(set(item.withheld_from) - set(item.given_to))


def _lacks_why(item: ItemFacts) -> bool:
    whys = tuple(why for ref, why in item.withheld_from.items() if ref not in item.given_to)
    return any(is_empty_reason(why) for why in whys) or not (whys or item.given_to)


def about_somebody(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Each shared item says whose information it is: consent, conditions and informing depend on it."""
    if is_shared(facts) and any(not item.about for item in given_items(facts)):
        yield finding("ABOUT_MISSING")


def each_recipient(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Each recipient gets something, or there is a reason why not (2024 guidance, rules 6 and 7)."""
    if not is_shared(facts) or not given_items(facts):
        return
    for recipient in facts.recipients:
        gets = any(recipient.ref in item.given_to for item in facts.items)
        if not gets and all(is_empty_reason(item.withheld_from.get(recipient.ref, "")) for item in facts.items):
            yield finding("RECIPIENT_WITHOUT", recipient=recipient.organisation or recipient.name or "each recipient")


def necessary_and_proportionate(facts: Facts, law: Law) -> Iterator[Finding]:
    """Necessity, proportionality and both risks (ECHR Article 8(2); 2024 guidance, rules 3 and 6).

    An order or a duty has weighed the risks already; no more is shared than it asks for.
    """
    if not is_shared(facts):
        return
    without = bool(without_agreement(facts))
    if is_empty_reason(facts.why_no_more):
        yield finding("WHY_NO_MORE" if without else "WHY_NO_MORE_AGREED")
    if nothing_to_weigh(facts, law):
        return
    if without and is_empty_reason(facts.risk_if_not):
        yield finding("RISK_IF_NOT")
    if without and is_empty_reason(facts.risk_if_shared):
        yield finding("RISK_IF_SHARED")


def asker_answered(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Somebody who asked and gets part of it is told why."""
    if facts.outcome == Outcome.SHARED_PART and is_asked(facts) and is_empty_reason(facts.request.reply):
        yield finding("ASKER_NOT_INFORMED_PART")


def proceedings_and_sources(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Family proceedings need a rule or permission (FPR 2010 Part 12); a source is protected (2024, rule 5)."""
    if not is_shared(facts):
        return
    for item in given_items(facts):
        if Sensitivity.PROCEEDINGS in item.sensitivities and is_empty_reason(item.proceedings_permission):
            yield finding("PROCEEDINGS")
        if Sensitivity.SOURCE in item.sensitivities:
            yield finding("SOURCE_GIVEN")


def offence_not_marked(facts: Facts, _law: Law) -> Iterator[Finding]:
    """An allegation of crime is criminal-offence data (UK GDPR Article 10; Data Protection Act 2018 section 11(2))."""
    given = given_items(facts)
    if not is_shared(facts) or any(Sensitivity.OFFENCES in item.sensitivities for item in given):
        return
    if facts.level == Level.CRIME or (given and any(person.alleged_source_of_harm for person in facts.people)):
        yield finding("OFFENCE_DOUBT")


RULES = (
    has_recipient_and_item,
    withheld,
    about_somebody,
    each_recipient,
    necessary_and_proportionate,
    asker_answered,
    proceedings_and_sources,
    offence_not_marked,
)
