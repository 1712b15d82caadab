"""Whatever is put in, the rules answer; and what they let pass holds what must hold."""

from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from rules import codes
from rules.assess import Assessment, assess
from rules.empty_reasons import is_empty_reason
from rules.exemptions import ExemptionCode
from rules.facts import (
    BasisFacts,
    Facts,
    InformingFacts,
    ItemFacts,
    OrderFacts,
    OrganisationFacts,
    PersonFacts,
    RecipientFacts,
    RequestFacts,
)
from rules.findings import PAGES
from rules.law_files import load
from rules.people import without_agreement
from rules.suggestions import suggest, suggest_for_person
from tests.in_turn import THOROUGH

REASON = "Because he may be hurt tonight."
WORDS = st.sampled_from(["", "n/a", REASON, "{x}", "\u200b", "é"])
REFS = st.sampled_from(["", "P1", "P2", "P3", "R1"])
DAYS = st.none() | st.dates()
MOMENTS = st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC))


def one_of(codes_: type[codes.Code]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", "nonsense", *codes_])


INFORMING = st.builds(
    InformingFacts,
    state=one_of(codes.Informing),
    reason=one_of(codes.Reason),
    exemption=one_of(ExemptionCode),
    text=WORDS,
    by_whom=WORDS,
    review_on=DAYS,
    closing=one_of(codes.Closing),
    approver=WORDS,
    safe_contact=one_of(codes.YesNoUnknown),
)
PERSON = st.builds(
    PersonFacts,
    ref=REFS,
    role=one_of(codes.PersonRole),
    age=st.none() | st.floats(-1, 120),
    alleged_source_of_harm=st.booleans(),
    parental_responsibility=one_of(codes.YesNoUnknown),
    competence=one_of(codes.Competence),
    consent_state=one_of(codes.Consent),
    views=WORDS,
    not_asked_reason=one_of(codes.Reason),
    not_asked_text=WORDS,
    p18_reason=one_of(codes.Paragraph18),
    p18_text=WORDS,
    informing=INFORMING,
)
ITEM = st.builds(
    ItemFacts,
    ref=REFS,
    text=WORDS,
    sensitivities=st.lists(one_of(codes.Sensitivity), max_size=3).map(tuple),
    about=st.lists(REFS, max_size=3).map(tuple),
    given_to=st.lists(REFS, max_size=2).map(tuple),
    withheld_from=st.dictionaries(REFS, WORDS, max_size=2),
)
BASIS = st.builds(
    BasisFacts,
    code=st.sampled_from(["", "LOCAL", *sorted(load().known)]),
    layer=one_of(codes.Layer),
    refused_ok=st.sampled_from(["", "yes", "no", "if", "na"]),
    person_ref=st.none() | REFS,
    answers=st.dictionaries(st.just("why"), WORDS, max_size=1),
)
FACTS = st.builds(
    Facts,
    entry_route=one_of(codes.EntryRoute),
    trigger=one_of(codes.Trigger),
    duty=st.sampled_from(["", "FGM", "other"]),
    organisation=st.builds(
        OrganisationFacts,
        kind=st.sampled_from(["", "PUB", "NON", "LE", "?"]),
        sector=st.sampled_from(["", "la", "academy", "charity", "nhs", "?"]),
        in_scope_16la=st.booleans(),
        policy_document_on=DAYS,
    ),
    decided_at=MOMENTS,
    recorded_at=MOMENTS,
    outcome=one_of(codes.Outcome),
    level=one_of(codes.Level),
    why_now=WORDS,
    why_outweighs=WORDS,
    why_no_more=WORDS,
    risk_if_not=WORDS,
    risk_if_shared=WORDS,
    instead=WORDS,
    look_again_on=DAYS,
    no_basis=one_of(codes.NoBasis),
    no_basis_reason=WORDS,
    request=st.builds(RequestFacts, by_name=WORDS, what=WORDS, identity_check=WORDS, reply=WORDS),
    order=st.builds(OrderFacts, court=WORDS, made_on=DAYS, scope=WORDS),
    people=st.lists(PERSON, max_size=3).map(tuple),
    recipients=st.lists(st.builds(RecipientFacts, ref=REFS, choice=one_of(codes.YesNoUnknown)), max_size=2).map(tuple),
    items=st.lists(ITEM, max_size=3).map(tuple),
    basis=st.lists(BASIS, max_size=4).map(tuple),
    commencements=st.dictionaries(st.sampled_from(["CA04_16LA", "ART6_E", "?"]), st.dates(), max_size=2),
)


@given(FACTS)
@settings(max_examples=(6 if THOROUGH else 2) * settings().max_examples, deadline=None)
def test_any_facts_are_answered(facts: Facts) -> None:
    found = assess(facts)
    assert isinstance(found, Assessment)
    assert all(finding.page in PAGES and finding.message for finding in found.findings)
    suggestion = suggest(facts)
    for person in facts.people:
        suggest_for_person(facts, person, suggestion)


@given(FACTS)
@settings(max_examples=(6 if THOROUGH else 2) * settings().max_examples, deadline=None)
def test_what_passes_holds_what_must_hold(facts: Facts) -> None:
    """The short list the database holds as well, read straight from the facts."""
    if not assess(facts).may_be_recorded:
        return
    if facts.outcome in codes.SHARED and without_agreement(facts):
        assert not any(
            is_empty_reason(text) for text in (facts.why_now, facts.risk_if_not, facts.why_no_more, facts.why_outweighs)
        )
        for person in without_agreement(facts):
            provisions = [provision for provision in facts.basis if provision.person_ref in {None, "", person.ref}]
            assert provisions
            assert not any(
                provision.code in codes.CONSENT_PROVISIONS or provision.refused_ok == "no" for provision in provisions
            )
    if facts.outcome in codes.NOT_SHARED:
        assert not is_empty_reason(facts.why_now)
        assert not is_empty_reason(facts.instead)
        assert facts.look_again_on is not None


@given(FACTS)
@settings(deadline=None)
def test_the_same_facts_are_judged_alike(facts: Facts) -> None:
    assert assess(facts) == assess(facts)


def test_nothing_at_all_is_answered_with_what_to_do_first() -> None:
    found = assess(Facts())
    assert {finding.code for finding in found.blocking} == {"NO_PERSON", "NO_OUTCOME", "WHY_NOW", "DECIDED_MISSING"}
