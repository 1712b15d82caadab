"""What must be seen of some facts, and what is not: each proof gives the words of its complaint, or none."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules.assess import assess
from rules.codes import Severity
from rules.deadlines import fgm
from rules.duties import leaves_no_choice
from rules.facts import Facts
from rules.facts_file.reader import facts_from
from rules.findings import Finding
from rules.law_files import load
from rules.legal_options import WhyNot, options_for
from rules.reply_deadlines import Due, reply_due, transfer
from rules.suggestions import suggest, suggest_for_person
from tests.scenarios.files import Expectation

Complaints = Iterator[str]


def complaints(data: Mapping[str, Any], one: Expectation) -> list[str]:
    """Everything in which these facts are not as expected."""
    facts = facts_from(dict(data))
    found = assess(facts).findings
    return [words for proof in PROOFS for words in proof(facts, found, one)]


def name_of(finding: Finding) -> str:
    return finding.code + (f"@{finding.person}" if finding.person else "")


def is_among(name: str, found: tuple[Finding, ...], severity: str = "") -> bool:
    return any(name in {finding.code, name_of(finding)} and severity in {"", finding.severity} for finding in found)


def _blocks(_: Facts, found: tuple[Finding, ...], one: Expectation) -> Complaints:
    for name in one.blocks:
        if not is_among(name, found, Severity.BLOCKS):
            yield f"{name} does not block: {sorted(map(name_of, found))}"


def _warns(_: Facts, found: tuple[Finding, ...], one: Expectation) -> Complaints:
    for name in one.warns:
        if not is_among(name, found, Severity.WARNS):
            yield f"{name} is no warning: {sorted(map(name_of, found))}"
    if (
        one.warns
        and not one.blocks
        and (blocked := [name_of(each) for each in found if each.severity == Severity.BLOCKS])
    ):
        yield f"it should only warn, and is blocked: {blocked}"


def _exactly(_: Facts, found: tuple[Finding, ...], one: Expectation) -> Complaints:
    names = sorted(name_of(finding) for finding in found)
    if one.exactly is not None and names != sorted(one.exactly):
        yield f"found {names}"


def _says(_: Facts, found: tuple[Finding, ...], one: Expectation) -> Complaints:
    for name, words in one.says.items():
        said = [finding.message for finding in found if name in {finding.code, name_of(finding)}]
        if not any(words in message for message in said):
            yield f"{name} says {said}"


def _not_found(_: Facts, found: tuple[Finding, ...], one: Expectation) -> Complaints:
    for name in one.not_found:
        if is_among(name, found):
            yield f"{name} is found"


def _offers(facts: Facts, _: tuple[Finding, ...], one: Expectation) -> Complaints:
    if not (one.offers or one.does_not_offer):
        return
    law = load().for_us(facts.commencements, facts.local_provisions, facts.retired)
    reasons: dict[str, list[str]] = {}
    for offer in options_for(facts, law):
        reasons.setdefault(offer.provision.code, []).append(offer.why_not)
    for code in one.offers:
        if "" not in reasons[code]:
            yield f"{code} is not offered: {reasons[code]}"
    for code, why in one.does_not_offer.items():
        if WhyNot(why) not in reasons[code] or "" in reasons[code]:
            yield f"{code} is not kept out as {why}: {reasons[code]}"


def _suggests(facts: Facts, _: tuple[Finding, ...], one: Expectation) -> Complaints:
    if not (one.suggests or one.suggests_for or one.p18_reasons):
        return
    suggestion = suggest(facts)
    if one.suggests and set(one.suggests) != set(suggestion.codes):
        yield f"suggested is {sorted(suggestion.codes)}"
    people = {person.ref: suggest_for_person(facts, person, suggestion) for person in facts.people}
    for ref, codes in one.suggests_for.items():
        rows = {*people[ref].l2, *people[ref].schedule1}
        if rows != set(codes):
            yield f"suggested for {ref} is {sorted(rows)}"
    for ref, reason in one.p18_reasons.items():
        if people[ref].p18_reason != reason:
            yield f"the reason suggested for {ref} is {people[ref].p18_reason!r}"


def _choice(facts: Facts, _: tuple[Finding, ...], one: Expectation) -> Complaints:
    law = load().for_us(facts.commencements, facts.local_provisions, facts.retired)
    if one.leaves_no_choice is not None and leaves_no_choice(facts, law) != one.leaves_no_choice:
        yield f"that a duty leaves no choice is {not one.leaves_no_choice}"


def _deadline(facts: Facts, _: tuple[Finding, ...], one: Expectation) -> Complaints:
    """Counted from the day of the facts themselves, so that another day in them gives another answer."""
    wanted = one.deadline
    if wanted is None:
        return
    if wanted.of == "fgm":
        assert facts.discovered_at, "nobody found anything out"
        due = fgm(facts.discovered_at.date())
        if (due.expected, due.last) != (wanted.day, wanted.last):
            yield f"due by {due.expected}, at the latest {due.last}"
    else:
        seen = _chased(facts, wanted.of, wanted.today)
        if seen != Due(wanted.day, wanted.left or 0, overdue=bool(wanted.overdue)):
            yield f"due {seen}"


def _chased(facts: Facts, of: str, today: Any) -> Due:
    if of == "transfer":
        assert facts.starts_on, "nobody starts anywhere"
        return transfer(facts.starts_on, today)
    assert of == "chase", of
    sent = max(sending.at for sending in facts.sendings if sending.at)
    return reply_due(sent.date(), today)


PROOFS: tuple[Callable[[Facts, tuple[Finding, ...], Expectation], Complaints], ...] = (
    _blocks,
    _warns,
    _exactly,
    _says,
    _not_found,
    _offers,
    _suggests,
    _choice,
    _deadline,
)
