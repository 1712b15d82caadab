"""What lets you share, and whose yes it is: what each condition of those rules is for."""

from dataclasses import replace
from typing import Any

from rules.facts import BasisFacts, Facts
from tests.rules import more_scenarios as more
from tests.rules.cases import at, basis, with_basis, with_organisation, with_person, without_provisions
from tests.rules.condition_cases import fires, quiet
from tests.rules.law_cases import given
from tests.rules.scenarios import early_help, s01

UNKNOWN_KIND = with_organisation(early_help(), kind="", sector="")
REFUSED = with_person(early_help(), "P2", consent_state="REFUSED", views="No")


def own_row(**row: Any) -> Facts:
    """S01, where she objects, with a row that is in no table any more."""
    return with_basis(s01(), BasisFacts(code="OLD", layer="L3", kind="power", **row))


def deferred(facts: Facts) -> Facts:
    return replace(facts, outcome="DEFERRED")


OF_BASIS = (
    fires(
        "CONSENT_ANYWAY",
        replace(early_help(), share_anyway="yes"),
        "where only a yes is usual, another yes is no way out",
        words="ask your manager or data protection officer",
    ),
    fires(
        "BASIS_FALLS",
        with_basis(s01(), BasisFacts(code="OLD", kind="power", refused_ok="no")),
        "a row of no layer that anybody knows",
        words="ask your manager",
    ),
    quiet(
        "LEVEL_AFTER_REFUSAL",
        replace(s01(), level="", level_at_refusal="none_or_early"),
        "no level yet, so it was not raised",
    ),
    quiet(
        "PROVISION_NOT_IN_FORCE",
        replace(s01(), decided_at=at("2026-01-12"), recorded_at=at("2026-01-12")),
        "public task as it stood that day counts, not as it was reworded since",
    ),
    fires(
        "CONSENT_BASIS",
        with_person(UNKNOWN_KIND, "P2", consent_state="REFUSED"),
        "where no usual set is known, somebody to ask is named",
        words="ask your manager or data protection officer",
    ),
    quiet(
        "NO_L1",
        with_basis(
            without_provisions(s01(), "ART6_E"),
            *(row for ref in ("P1", "P2", "P3") for row in basis("ART6_E", person=ref)),
        ),
        "a row for each of them lets you share about all",
    ),
    fires(
        "NO_L1",
        with_basis(without_provisions(s01(), "ART6_E"), *basis("ART6_E", person="P2")),
        "what lets you share about his mother does not for him",
        person="P1",
    ),
    quiet("CONSENT_BASIS", deferred(REFUSED), "not shared, so nothing rests on a yes yet"),
    quiet(
        "CONSENT_BASIS",
        with_basis(s01(), *basis("ART9_A", person="P9")),
        "a row of consent for somebody else needs no yes of hers",
        person="P2",
    ),
    fires(
        "CONSENT_OTHER",
        with_person(early_help(), "P2", agreed_to=("CONFIDENCE", "SERVICE")),
        "a yes to passing on a confidence is no yes to sharing",
    ),
    quiet(
        "CONSENT_TO_WHAT",
        deferred(with_person(early_help(), "P2", agreed_to=())),
        "not shared, so it need not say to what",
    ),
    quiet(
        "CONSENT_TO_WHAT",
        with_person(more.s11(), "P2", agreed_to=()),
        "where nothing rests on consent a yes need not say to what",
    ),
    quiet("BASIS_FALLS", deferred(own_row(refused_ok="no")), "not shared, so no row can fall"),
    quiet("BASIS_FALLS", own_row(refused_ok="no", person_ref="P1"), "her no leaves a row that is only for him"),
    fires("BASIS_FALLS", own_row(refused_ok="no", person_ref="P2"), "a row for her falls with her no", person="P2"),
    quiet("BASIS_FALLS", REFUSED, "that a row of consent needs a yes is said once, not twice"),
    fires(
        "TEST_OPEN",
        own_row(refused_ok="if"),
        "a row that has left the tables still asks why it may be used",
        words="answer: why it may be used",
    ),
    quiet("TEST_OPEN", own_row(refused_ok="yes"), "a row that stands against a no asks nothing"),
    quiet("CONSENT_ANYWAY", replace(s01(), share_anyway="yes"), "nothing here rests on consent"),
    quiet("CONSENT_WITH_RISK", replace(s01(), level="s47"), "somebody may come to harm, and nothing rests on consent"),
    quiet(
        "CONSENT_WITH_RISK", deferred(replace(early_help(), level="s47")), "not shared, so nothing rests on consent yet"
    ),
    quiet(
        "CONFIDENCE_NO_PROVISION",
        deferred(without_provisions(s01(), "CONF_PI")),
        "not shared, so no confidence is passed on",
    ),
)

ON_DUTY = replace(s01(), trigger="MANDATORY", duty="FGM Act section 5B")

OF_CONSENT = (
    fires(
        "CONSENT_UNKNOWN_NOT_SHARED",
        with_person(
            replace(deferred(s01()), items=s01().items[2:]), "P3", consent_state="UNKNOWN", parental_responsibility="no"
        ),
        "not shared: everybody is dealt with, whomever the things to give would have named",
        person="P3",
    ),
    fires(
        "NOT_ASKED_TEXT",
        with_person(with_basis(ON_DUTY, *basis("FGMA03_5B")), "P2", consent_state="NOT_SOUGHT_DELAY"),
        "a duty says why there is no choice, not why there was no time",
    ),
    quiet(
        "NOT_ASKED_TEXT",
        with_person(ON_DUTY, "P2", consent_state="NOT_SOUGHT_NO_CHOICE"),
        "the duty is what brought it here, though its row is not chosen yet",
    ),
    fires(
        "NOT_ASKED_TEXT",
        with_person(with_basis(s01(), *basis("ART6_Z")), "P2", consent_state="NOT_SOUGHT_NO_CHOICE"),
        "a row that is in no table leaves the choice",
    ),
    quiet(
        "NOT_ANONYMOUS",
        with_person(deferred(s01()), "P2", consent_state="NOT_NEEDED_ANON"),
        "not shared, so nobody can tell that it is her",
    ),
    quiet(
        "NOT_ANONYMOUS",
        replace(
            with_person(s01(), "P2", consent_state="NOT_NEEDED_ANON"),
            items=tuple(replace(item, about=()) for item in s01().items),
        ),
        "nothing given names anybody",
    ),
    quiet(
        "CHOICE_NOT_HONOURED",
        deferred(given(s01(), choice="yes")),
        "not shared, so what they chose was not passed over",
    ),
    quiet(
        "CHOICE_NOT_HONOURED",
        with_person(given(s01(), choice="yes"), "P2", consent_state="NOT_SOUGHT_DELAY", not_asked_text="no time"),
        "nobody said no, so no choice was passed over",
    ),
)
