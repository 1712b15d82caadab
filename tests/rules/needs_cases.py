"""For each need of a provision: facts that meet it, and facts that do not. `relying` is what both start from."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import (
    AtRiskFacts,
    Facts,
    ItemFacts,
    OrderFacts,
    OrganisationFacts,
    PersonFacts,
    RecipientFacts,
    RequestFacts,
    ShareDutyFacts,
)
from rules.law import Provision
from rules.law_files import load
from rules.needs import parsed
from tests.rules.cases import at, basis, with_basis, with_person

Change = Callable[[Facts, tuple[str, ...]], Facts]
EVERYTHING = ("SHARING", "CONFIDENCE", "SERVICE")
ASKED = RequestFacts(by_role="Partnership manager", what="What we hold", why="For its work to keep children safe")
MADE = OrderFacts(court="Family Court at Ashcombe", made_on=date(2026, 6, 1), scope="Attendance of the last year")


def relying(provision: Provision) -> Facts:
    """A council shares one thing about one child and relies on one provision."""
    return Facts(
        outcome="SHARED_PART",
        level="s47",
        decided_at=at("2026-06-08"),
        organisation=OrganisationFacts(kind="PUB", sector="la"),
        people=(PersonFacts(ref="P1", role="child", age=15), PersonFacts(ref="P2", role="mother", age=40)),
        recipients=(RecipientFacts(ref="R1"),),
        items=(ItemFacts(ref="I1", text="What was seen", about=("P1",), given_to=("R1",)),),
        basis=basis(provision.code),
    )


def person(**changes: Any) -> Change:
    return lambda facts, _values: with_person(facts, "P1", **changes)


def whole(**changes: Any) -> Change:
    return lambda facts, _values: replace(facts, **changes)


def sensitive(*kinds: str) -> Change:
    return lambda facts, _values: replace(
        facts, items=tuple(replace(item, sensitivities=kinds) for item in facts.items)
    )


def paired(*codes: str) -> Change:
    return lambda facts, _values: with_basis(facts, *basis(*codes))


def sent_to(kind: str) -> Change:
    return lambda facts, values: replace(
        facts, recipients=tuple(replace(one, kind=kind or values[0]) for one in facts.recipients)
    )


def at_a(sector: str) -> Change:
    return lambda facts, values: replace(
        facts, organisation=replace(facts.organisation, kind="NON", sector=sector or values[0])
    )


def answering(words: str) -> Change:
    def answered(facts: Facts, _values: tuple[str, ...]) -> Facts:
        return replace(facts, basis=tuple(replace(row, answers={"test": words}) for row in facts.basis))

    return answered


def of_level(level: str) -> Change:
    return lambda facts, values: replace(facts, level=level or values[0])


def speaking(parent: str, child: str) -> Change:
    """Who wants the help: the parent, and the child themselves."""

    def said(facts: Facts, _values: tuple[str, ...]) -> Facts:
        facts = with_person(facts, "P1", consent_state=child, agreed_to=EVERYTHING, competence="COMPETENT")
        facts = with_person(facts, "P2", consent_state=parent, agreed_to=EVERYTHING, parental_responsibility="yes")
        return replace(facts, items=tuple(replace(item, about=("P1", "P2")) for item in facts.items))

    return said


def both(*changes: Change) -> Change:
    def changed(facts: Facts, values: tuple[str, ...]) -> Facts:
        for change in changes:
            facts = change(facts, values)
        return facts

    return changed


def grown_ups(facts: Facts, _values: tuple[str, ...]) -> Facts:
    return with_person(facts, "P1", role="adult", age=30)


def children(facts: Facts, _values: tuple[str, ...]) -> Facts:
    return replace(facts, people=facts.people[:1])


def paired_as_named(facts: Facts, values: tuple[str, ...]) -> Facts:
    return with_basis(facts, *basis(values[-1]))


AGREED = person(consent_state="GIVEN", agreed_to=EVERYTHING, competence="COMPETENT")
REFUSED = person(consent_state="REFUSED", competence="COMPETENT", views="No")
EXPLAINED = person(p18_reason="NOT_REASONABLE_TO_OBTAIN", p18_text="She could not be reached in time.")
UNABLE = person(competence="NOT_COMPETENT", consent_state="NOT_COMPETENT")
OF_HEALTH, OF_CRIME = sensitive("health"), sensitive("offences")

# need: (facts that meet it, facts that do not, what is found in these)
CASES: Mapping[str, tuple[Change, Change, str]] = {
    "request": (whole(request=ASKED), whole(request=replace(ASKED, what="")), "NEEDS_REQUEST"),
    "purpose": (whole(request=ASKED), whole(request=replace(ASKED, why="")), "NEEDS_PURPOSE"),
    "order": (whole(order=MADE), whole(order=replace(MADE, court="")), "NEEDS_ORDER"),
    "court": (sent_to("court"), sent_to("school"), "NEEDS_COURT"),
    "proceedings": (sensitive("proceedings"), sensitive("health"), "NEEDS_PROCEEDINGS"),
    "emergency": (answering("The flood of June, the whole town"), answering("n/a"), "NEEDS_EMERGENCY"),
    "danger": (of_level("s47"), of_level("none_or_early"), "NEEDS_DANGER"),
    "duty": (paired("CA04_11"), paired("CDA98_115"), "NEEDS_DUTY"),
    "function": (paired("CA04_11"), paired("NON_STAT"), "NEEDS_FUNCTION"),
    "function_named": (answering("Running the register"), answering(""), "NEEDS_FUNCTION_NAMED"),
    "another_power": (paired("CDA98_115"), paired(), "NEEDS_ANOTHER_POWER"),
    "lifting_law": (paired("COURT_ORDER"), paired("CA04_11"), "NEEDS_LAW"),
    "paired": (paired_as_named, paired("CA04_11"), "NEEDS_PAIRED"),
    "body": (at_a("belief"), at_a("youth_charity"), "NEEDS_BODY"),
    "recipient": (sent_to(""), sent_to("court"), "NEEDS_RECIPIENT"),
    "recipients_function": (
        both(at_a("independent_school"), sent_to("")),
        both(at_a("independent_school"), sent_to("housing")),
        "NEEDS_RECIPIENT",
    ),
    "level": (of_level(""), of_level("s17"), "NEEDS_LEVEL"),
    "child": (paired(), grown_ups, "NEEDS_CHILD"),
    "adult": (paired(), children, "NEEDS_ADULT"),
    "no_health": (sensitive("source"), OF_HEALTH, "NEEDS_NO_HEALTH"),
    "not_confidential": (OF_HEALTH, sensitive("confidence"), "CONFIDENCE_DOUBT"),
    "no_capacity": (
        both(sensitive("confidence"), UNABLE),
        both(sensitive("confidence"), person(competence="COMPETENT")),
        "NEEDS_NO_CAPACITY",
    ),
    "discovered": (
        whole(trigger="MANDATORY", duty="FGMA03_5B", how_discovered="GIRL_TOLD"),
        whole(trigger="MANDATORY", duty="FGMA03_5B"),
        "FGM_HOW",
    ),
    "girl": (person(age=17), person(age=18), "FGM_ADULT"),
    "to_police": (sent_to("police"), sent_to("social_care"), "FGM_POLICE"),
    "share_duty": (
        whole(share_duty=ShareDutyFacts(holds="yes", relevant="yes", helps="yes")),
        whole(share_duty=ShareDutyFacts(holds="yes", relevant="no", helps="yes")),
        "SHARE_DUTY_NOT_MET",
    ),
    "care_without_objection": (
        both(sensitive("confidence"), sent_to("health"), person(consent_state="NOT_CONTACTABLE")),
        both(sensitive("confidence"), sent_to("health"), REFUSED),
        "NEEDS_NO_OBJECTION",
    ),
    "consent": (both(OF_CRIME, AGREED), both(OF_CRIME, REFUSED), "CONSENT_BASIS"),
    "wanted": (speaking("GIVEN", "REFUSED"), speaking("REFUSED", "REFUSED"), "HELP_NOT_WANTED"),
    "members_only": (both(OF_CRIME, AGREED), both(OF_CRIME, REFUSED), "NEEDS_MEMBERS"),
    "protected": (
        both(OF_HEALTH, grown_ups, person(at_risk=AtRiskFacts(needs="yes", harm="yes", unable="yes"))),
        both(OF_HEALTH, grown_ups, person(at_risk=AtRiskFacts(needs="yes", harm="yes", unable="no"))),
        "P18_NOBODY",
    ),
    "without_consent": (both(OF_HEALTH, EXPLAINED), both(OF_HEALTH, person(p18_reason="", p18_text="")), "P18_REASON"),
    "prejudice": (both(OF_CRIME, answering("He would hide it")), both(OF_CRIME, answering("")), "NEEDS_PREJUDICE"),
    "not_agreed": (both(OF_CRIME, REFUSED), both(OF_CRIME, AGREED), "NEEDS_NOT_AGREED"),
    "incapable": (both(OF_CRIME, UNABLE), both(OF_CRIME, person(competence="COMPETENT")), "VITAL_CAPABLE"),
    "over_18": (both(OF_HEALTH, grown_ups), OF_HEALTH, "P19_CHILD"),
    "health_only": (OF_HEALTH, sensitive("health", "special"), "P19_NOT_HEALTH"),
    "offences": (OF_CRIME, OF_HEALTH, "NEEDS_OFFENCES"),
    "made_public": (both(OF_CRIME, answering("In the local paper")), both(OF_CRIME, answering("")), "NEEDS_PUBLIC"),
    "balance": (answering("A child is safer for it"), answering(""), "NEEDS_BALANCE"),
}

PROVISIONS: Mapping[str, Provision] = {provision.code: provision for provision in load().all_provisions}
EACH = tuple((code, need) for code, provision in PROVISIONS.items() for need in provision.needs)


def with_need(code: str, need: str, *, met: bool) -> Facts:
    """What the provision relies on, with this need met or not. Law that is not confirmed to be in force is so here."""
    provision = PROVISIONS[code]
    name, values = parsed(need)
    meets, fails, _found = CASES[name]
    facts = (meets if met else fails)(relying(provision), values)
    return facts if provision.on else replace(facts, commencements={code: provision.effective_from})


# As in the other tables: facts that show the finding, and facts that do not.
NEEDS_TABLE: Mapping[str, tuple[Facts, Facts]] = {
    CASES[parsed(need)[0]][2]: (with_need(code, need, met=False), with_need(code, need, met=True))
    for code, need in EACH
    if CASES[parsed(need)[0]][2].startswith("NEEDS_")
} | {
    "NEEDS_CARE": (
        sent_to("school")(relying(PROVISIONS["CONF_CARE"]), ()),
        sent_to("social_care")(relying(PROVISIONS["CONF_CARE"]), ()),
    )
}
