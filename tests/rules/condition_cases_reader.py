"""What a fresh reader found missing: who can say yes, whose duty it is, which condition belongs to which article."""

from dataclasses import replace
from datetime import date

from rules.facts import Facts, ItemFacts, RecipientFacts
from rules.law_files import load
from tests.rules import more_scenarios as more
from tests.rules.cases import basis, with_basis, with_organisation, with_person, with_request, without_provisions
from tests.rules.condition_cases import fires, quiet
from tests.rules.law_cases import bound, given, sharing_bound
from tests.rules.scenarios import early_help, s01, s02

CONTENT = {"consent_state": "AGREED_NOT_BASIS"}


def source(**changes: object) -> Facts:
    """Early help where the mother may be the source of harm."""
    return with_person(early_help(), "P2", alleged_source_of_harm=True, **changes)


def towards(*bound_by: str) -> Facts:
    """S02 under the duty to share, towards recipients of whom some are bound by it."""
    facts = bound(s02())
    several = tuple(
        RecipientFacts(ref=f"R{number}", in_scope_16la=one == "bound") for number, one in enumerate(bound_by)
    )
    return replace(facts, recipients=several)


def own_condition() -> Facts:
    """S07 on a condition that the organisation wrote for itself."""
    row = load().any_provision("S1_P6")
    assert row is not None
    facts = with_basis(without_provisions(more.s07(), "S1_P6"), *basis("LOCAL_CONDITION"))
    return replace(facts, local_provisions=(replace(row, code="LOCAL_CONDITION"),))


def conditions(*rows: str) -> Facts:
    return with_basis(without_provisions(more.s07(), "S1_P6"), *basis(*rows))


def in_confidence(*about: str) -> Facts:
    """Early help with a second thing, told in confidence, about these people."""
    second = ItemFacts(ref="I2", text="Debts", sensitivities=("confidence",), about=about, given_to=("R1",))
    return replace(early_help(), items=(*early_help().items, second))


OF_READER = (
    quiet("NOT_ABLE_TO_AGREE", with_person(s01(), "P2", age=11, **CONTENT), "a parent is not judged by a child's age"),
    quiet("NOT_ABLE_TO_AGREE", with_person(s01(), "P1", age=12, **CONTENT), "from twelve they may understand"),
    fires("NOT_ABLE_TO_AGREE", with_person(s01(), "P1", age=11, **CONTENT), "nobody found a small child able"),
    fires(
        "NOT_ABLE_TO_AGREE",
        with_person(s01(), "P2", competence="LACKS_CAPACITY", **CONTENT),
        "whoever lacks capacity does not agree",
    ),
    quiet("SOURCE_SPEAKS", replace(source(), outcome="NOT_SHARED"), "not shared, so nothing rests on a yes"),
    quiet(
        "SOURCE_SPEAKS",
        with_person(source(), "P1", age=15, competence="COMPETENT", consent_state="GIVEN"),
        "the young person speaks for themselves",
    ),
    quiet("SOURCE_SPEAKS", source(parental_responsibility="no"), "without parental responsibility nobody speaks"),
    quiet("SOURCE_SPEAKS", source(consent_state="REFUSED"), "a no carries nothing"),
    quiet("SOURCE_SPEAKS", early_help(), "a mother who is no source of harm speaks for her child"),
    quiet(
        "SOURCE_SPEAKS",
        replace(
            early_help(), people=(early_help().people[0], replace(more.s11().people[2], alleged_source_of_harm=True))
        ),
        "a source of harm who said no does not speak",
    ),
    fires(
        "DUTY_NOT_DONE",
        replace(bound(s02(), detriment="n/a"), trigger="MANDATORY", duty="CA04_16LA"),
        "no harm is named, so nothing excuses it",
    ),
    quiet("DETRIMENT", towards("free"), "nobody who would get it is bound"),
    fires("DETRIMENT", towards("free", "bound"), "one who is bound is enough"),
    fires("DETRIMENT", towards(), "nobody is named yet, so it may bind"),
    fires(
        "SHARE_DUTY_OPEN",
        replace(sharing_bound(holds="", relevant="", helps=""), trigger="MANDATORY", duty="CA04_16LA"),
        "said at the start, so the conditions are asked there",
    ),
    fires(
        "POWER_MISSING",
        with_basis(without_provisions(s01(), "EA02_157"), *basis("FPR10_12_73")),
        "what limits sharing is no power to share",
    ),
    fires(
        "POLICY_DOCUMENT",
        with_organisation(s01(), policy_document_on=date(2026, 3, 11)),
        "a document made the day after stood behind nothing",
    ),
    quiet("POLICY_DOCUMENT", with_organisation(s01(), policy_document_on=date(2026, 3, 10)), "made on the day"),
    quiet(
        "POLICY_DOCUMENT",
        replace(with_organisation(s01(), policy_document_on=date(2030, 1, 1)), decided_at=None),
        "no day yet, so none is too late",
    ),
    fires("CONDITION_MISSING", conditions("S1_P2"), "the condition of health care is not one of public interest"),
    quiet("CONDITION_MISSING", conditions("S1_P10"), "a condition of Part 2 serves public interest"),
    quiet("CONDITION_MISSING", own_condition(), "a condition of one's own serves where it was written to"),
    fires("CONDITION_MISSING", conditions("CA04_11"), "a power is no condition"),
    quiet(
        "REQUEST_WHO",
        replace(with_request(more.s06(), by_name="", by_role=""), entry_route="ASKED"),
        "an order says who asks",
    ),
    fires(
        "REQUEST_WHO",
        replace(with_request(more.s08(), by_name="", by_role=""), entry_route="ASKED"),
        "a school that asks for a file says who it is",
    ),
    quiet("CONSENT_OTHER", given(in_confidence("P2")), "her yes to that covers what she told"),
)
