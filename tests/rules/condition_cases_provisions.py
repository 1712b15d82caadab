"""Each row of the law that was chosen: what each condition of those rules is for."""

from dataclasses import replace
from typing import Any

from rules.facts import BasisFacts, Facts
from tests.rules import more_scenarios as more
from tests.rules.cases import basis, with_basis, with_organisation, with_person, without_provisions
from tests.rules.condition_cases import fires, quiet
from tests.rules.law_cases import given, sharing_bound, wanting
from tests.rules.scenarios import early_help, s01

NO_DAY: dict[str, Any] = {"decided_at": None, "recorded_at": None}
ON_DUTY = replace(s01(), trigger="MANDATORY", duty="the law")


def deferred(facts: Facts) -> Facts:
    return replace(facts, outcome="DEFERRED")


def own_row(**row: Any) -> Facts:
    """S01 with a row that is in no table."""
    return with_basis(s01(), BasisFacts(code="OLD", **row))


def without_paper(*rows: str, kinds: tuple[str, ...]) -> Facts:
    """S01 on these rows, given to recipients of these kinds, by an organisation without a policy document."""
    facts = replace(s01(), basis=basis("ART6_E", "EA02_157", *rows))
    several = tuple(replace(s01().recipients[0], ref=f"R{number}", kind=kind) for number, kind in enumerate(kinds))
    items = tuple(replace(item, given_to=tuple(one.ref for one in several)) for item in facts.items)
    return with_organisation(replace(facts, recipients=several, items=items), policy_document_on=None)


OF_PROVISIONS = (
    quiet("POWER_MISSING", deferred(without_provisions(s01(), "EA02_157")), "not shared, so no power is used"),
    quiet("POWER_MISSING", without_provisions(early_help(), "NON_STAT"), "only a public body has to name its power"),
    fires(
        "POWER_MISSING",
        with_basis(
            without_provisions(s01(), "EA02_157"),
            BasisFacts(code="OLD", layer="L3", refused_ok="yes", kind="function_of_recipient"),
        ),
        "a row for what the recipient does is no power of ours",
    ),
    fires("DUTY_PROVISION_MISSING", ON_DUTY, "arrangements and powers are no duty to disclose"),
    quiet("DUTY_PROVISION_MISSING", with_basis(ON_DUTY, *basis("CARE14_45")), "any duty to disclose will do"),
    fires(
        "DUTY_PROVISION_MISSING",
        with_basis(without_provisions(more.s06(), "COURT_ORDER"), *basis("CARE14_45")),
        "another duty is not the order of a court",
    ),
    quiet("DUTY_PROVISION_MISSING", s01(), "nothing requires it, so no duty is missed"),
    fires(
        "DUTY_PROVISION_MISSING",
        with_basis(ON_DUTY, BasisFacts(code="OLD", layer="L3", refused_ok="yes")),
        "a row that is in no table is no duty to disclose",
    ),
    fires("PROVISION_UNKNOWN", own_row(layer="L3"), "a copy that says nothing of a no cannot be judged"),
    fires("PROVISION_UNKNOWN", own_row(refused_ok="yes"), "a copy without its layer cannot be judged"),
    fires("PROVISION_UNKNOWN", own_row(layer="L3", refused_ok="yes"), "a copy that no version had proves nothing"),
    quiet(
        "PROVISION_NOT_IN_FORCE",
        replace(s01(), **NO_DAY),
        "no day of the decision yet, so no row is before or after it",
    ),
    fires(
        "PROVISION_NOT_IN_FORCE",
        replace(with_basis(s01(), *basis("CA04_16LA")), **NO_DAY),
        "law that nobody confirmed is in force on no day",
    ),
    quiet("PUBLIC_BODY_INTERESTS", with_organisation(s01(), kind="PUB"), "public task is what a public body stands on"),
    quiet(
        "PROVISION_NOT_YOURS",
        with_organisation(s01(), kind="", sector=""),
        "what kind of organisation it is has not been entered, so no row is another's",
    ),
    quiet(
        "PROVISION_NOT_YOURS",
        with_basis(s01(), *basis("ART6_F", answer="a balance")),
        "that a public body has no interests is said once, not twice",
    ),
    quiet("PROVISION_NOT_YOURS", more.s09(), "section 47 stands for what the council does with it"),
    fires(
        "PROVISION_NOT_YOURS", with_basis(more.s07(), *basis("EA02_175")), "a school's function is not the hospital's"
    ),
    fires(
        "PROVISION_NOT_YOURS",
        with_basis(early_help(), *basis("ART6_E")),
        "a task of public bodies is not a charity's",
    ),
    quiet("PROVISION_OUT_OF_SCOPE", s01(), "other rows do not ask who is entered as within that duty"),
    quiet(
        "RECIPIENT_OUT_OF_SCOPE", deferred(given(sharing_bound(), in_scope_16la=False)), "not shared, so nobody gets it"
    ),
    fires(
        "RECIPIENT_OUT_OF_SCOPE",
        replace(
            given(sharing_bound(), in_scope_16la=False),
            recipients=(
                replace(sharing_bound().recipients[0], in_scope_16la=False),
                replace(sharing_bound().recipients[0], ref="R9", in_scope_16la=True),
            ),
        ),
        "a recipient within it who gets nothing does not count",
    ),
    quiet("RECIPIENT_OUT_OF_SCOPE", given(s01(), in_scope_16la=False), "other rows do not ask who is within that duty"),
    fires("POLICY_DOCUMENT", without_paper("S1_P10", kinds=()), "given to nobody yet, so nobody excuses it"),
    quiet("POLICY_DOCUMENT", without_paper("S1_P10", kinds=("police",)), "to the police the condition needs no paper"),
    fires(
        "POLICY_DOCUMENT",
        without_paper("S1_P10", kinds=("police", "social_care")),
        "the police excuse what goes to them, not what goes to others",
    ),
    quiet(
        "POLICY_DOCUMENT", without_paper("ART9_C", kinds=("social_care",)), "a row that needs no paper asks for none"
    ),
    quiet("HELP_NOT_WANTED", deferred(wanting("CTSA15_SUPPORT", consent_state="REFUSED", views="No")), "not shared"),
    fires("HELP_NOT_WANTED", wanting("CTSA15_SUPPORT", consent_state="REFUSED", views="No"), "help is not for a no"),
    quiet("HELP_NOT_WANTED", wanting("CTSA15_SUPPORT", agreed_to=()), "a yes to all of it is a yes to help"),
    quiet(
        "HELP_NOT_WANTED",
        with_person(early_help(), "P2", agreed_to=("SHARING", "CONFIDENCE")),
        "no help is shared for that only those who want it get",
    ),
)
