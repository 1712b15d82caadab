"""Sensitive information, and what is given and held back: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date

from rules.facts import Facts, RecipientFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import basis, with_basis, with_item, with_person, with_request, without_provisions
from tests.rules.condition_cases import fires, quiet
from tests.rules.law_cases import about_a_child, in_police_work, of_money
from tests.rules.scenarios import early_help, s01, s03, s18_second


def deferred(facts: Facts) -> Facts:
    return replace(facts, outcome="DEFERRED")


def unnamed(*sensitivities: str, without: str = "") -> Facts:
    """S18, where something sensitive names nobody."""
    return without_provisions(with_item(s18_second(), "I1", about=(), sensitivities=sensitivities), without)


def by_police(*sensitivities: str, rows: tuple[str, ...] = ()) -> Facts:
    return with_item(in_police_work(*rows), "I1", about=(), sensitivities=sensitivities)


def and_also(name: str = "") -> Facts:
    """S01 and somebody else, who gets nothing."""
    return replace(s01(), recipients=(*s01().recipients, RecipientFacts(ref="R9", name=name)))


OF_SPECIAL_CATEGORY = (
    quiet(
        "SPECIAL_NO_PROVISION",
        deferred(without_provisions(s01(), "ART9_G")),
        "not shared, so nothing sensitive is used",
    ),
    quiet(
        "CONDITION_MISSING",
        without_provisions(more.s05(), "ART10", "S1_P10"),
        "before the row on crimes is chosen it needs no condition beside it",
    ),
    fires(
        "CONDITION_MISSING",
        without_provisions(more.s05(), "S1_P10"),
        "the row on crimes stands on a condition of Schedule 1",
        words="Crimes",
    ),
    fires(
        "CONDITION_MISSING",
        replace(without_provisions(s18_second(), "S1_P6"), retired={"ART9_G": date(2018, 1, 1)}),
        "a row that was never used here is called by its code",
        words="ART9_G",
    ),
    fires("ABOUT_NOBODY", unnamed("health", without="ART9_G"), "somebody's health, and no row for the whole decision"),
    quiet("ABOUT_NOBODY", unnamed("confidence", without="ART9_G"), "nothing of what names nobody is sensitive"),
    quiet(
        "ABOUT_NOBODY",
        with_basis(unnamed("offences"), *basis("ART10")),
        "a crime that names nobody is carried by the row for the whole decision",
    ),
    quiet("ABOUT_NOBODY", by_police("offences"), "police work needs no row for a crime"),
    fires("ABOUT_NOBODY", by_police("health"), "police work needs a condition of Schedule 8 for health"),
    quiet(
        "ABOUT_NOBODY", by_police("health", rows=("S8_P1",)), "the condition of Schedule 8 carries what names nobody"
    ),
    quiet("POLICE_CONDITION", with_item(in_police_work(), "I1", sensitivities=()), "nothing sensitive in police work"),
    quiet("P18_REASON", deferred(with_person(s01(), "P3", p18_reason="")), "not shared, so nothing is without consent"),
    quiet(
        "P18_AFTER_REFUSAL",
        with_person(s01(), "P1", consent_state="OBJECTED", p18_reason="", views="no"),
        "no reason is chosen yet, so none is doubted",
    ),
    quiet("P19_CHILD", deferred(about_a_child(of_money())), "not shared, so paragraph 19 carries nothing"),
    quiet(
        "VITAL_CAPABLE",
        deferred(with_basis(s01(), *basis("ART9_C", person="P2"))),
        "not shared, so vital interests carry nothing",
    ),
)

OF_INCLUDED = (
    quiet("INCLUDES_UNANSWERED", deferred(replace(s01(), includes=())), "not shared, so it includes nothing"),
    quiet(
        "INCLUDES_UNANSWERED", replace(s01(), includes=(), items=()), "nothing is given yet: that is another finding"
    ),
)

OF_SHARING = (
    quiet("ABOUT_MISSING", deferred(with_item(s01(), "I1", about=())), "not shared, so it is nobody's yet"),
    quiet("OFFENCE_DOUBT", replace(s01(), items=()), "nothing is given, so nothing to tick"),
    quiet("NO_RECIPIENT", deferred(replace(s01(), recipients=())), "not shared, so nobody has to get it"),
    quiet("WHOLE_FILE_REASON", replace(s01(), whole_file_reason=""), "not the whole file"),
    quiet(
        "WITHHELD_WHY",
        deferred(with_item(s01(), "I4", withheld_from={"R1": "x"})),
        "not shared, so nothing is withheld",
    ),
    quiet(
        "WITHHELD_WHY",
        with_item(s03(), "I1", withheld_from={"R2": ""}),
        "what some get is doubted, and does not stop the recording",
    ),
    quiet(
        "NOTHING_HELD",
        with_item(replace(s01(), outcome="SHARED_PART"), "I4", withheld_from={}),
        "what goes to nobody is held back, though nobody says yet from whom",
    ),
    quiet(
        "NOTHING_HELD",
        replace(s03(), items=s03().items[:1]),
        "what goes to one and not to another is held back from the other",
    ),
    fires("NOTHING_HELD", replace(s03(), items=s03().items[1:2]), "everything goes to everybody"),
    quiet(
        "WITHHELD_FROM_SOME",
        with_item(s03(), "I2", withheld_from={"R1": ""}),
        "a word left over about somebody who gets it is not asked for",
    ),
    quiet("RECIPIENT_WITHOUT", deferred(and_also("Ms Bell")), "not shared, so nobody gets less than others"),
    quiet("RECIPIENT_WITHOUT", replace(s01(), items=()), "nothing is given yet: that is another finding"),
    fires("RECIPIENT_WITHOUT", and_also("Ms Bell"), "whoever has no organisation goes by name", words="with Ms Bell"),
    fires("RECIPIENT_WITHOUT", and_also(), "nobody's name is known yet", words="with each recipient"),
    quiet(
        "ASKER_NOT_INFORMED_PART",
        replace(with_request(s03(), reply=""), entry_route="ASKED", outcome="SHARED_ALL_NECESSARY"),
        "whoever gets all of it is told of no part",
    ),
    quiet("ASKER_NOT_INFORMED_PART", with_request(s03(), reply=""), "nobody asked, so nobody is told why it is a part"),
    quiet(
        "PROCEEDINGS", deferred(with_item(s01(), "I3", sensitivities=("proceedings",))), "not shared, so no rule yet"
    ),
    quiet(
        "OFFENCE_DOUBT", deferred(with_item(s01(), "I1", sensitivities=("health",))), "not shared, so nothing to tick"
    ),
    fires("OFFENCE_DOUBT", replace(s18_second(), level="crime"), "the worry is a crime, and nothing is ticked as one"),
    quiet("OFFENCE_DOUBT", more.s07(), "no crime is meant and nobody is said to do harm"),
    fires(
        "OFFENCE_DOUBT",
        with_item(with_item(s01(), "I1", sensitivities=("confidence",)), "I1", about=("P1",)),
        "somebody is said to do harm, though nothing given names them",
    ),
    fires("OFFENCE_DOUBT", with_person(s18_second(), "P2", alleged_source_of_harm=True), "at whatever level"),
    quiet(
        "OFFENCE_DOUBT",
        with_item(with_person(s18_second(), "P2", alleged_source_of_harm=True), "I1", sensitivities=("offences",)),
        "something is marked as an allegation of crime",
    ),
    quiet("RISK_IF_NOT", replace(early_help(), risk_if_not=""), "everybody agreed, so the risk may go unsaid"),
)
