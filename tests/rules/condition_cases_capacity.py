"""Who is able to decide: what each condition of those rules is for."""

from dataclasses import replace
from typing import Any

from rules.facts import AtRiskFacts, Facts, PersonFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import with_person, without_provisions
from tests.rules.condition_cases import fires, quiet
from tests.rules.law_cases import of_grown_ups
from tests.rules.scenarios import s01

ALL_THREE = AtRiskFacts(needs="yes", harm="yes", unable="yes")


def agreeing_mother(**daughter: Any) -> Facts:
    """S04 where the mother is content and the girl refuses."""
    facts = with_person(more.s04(), "P2", consent_state="AGREED_NOT_BASIS")
    return with_person(facts, "P1", **daughter)


def with_one_more(facts: Facts, **person: Any) -> Facts:
    """The facts with somebody more."""
    return replace(facts, people=(*facts.people, PersonFacts(ref="P9", **person)))


OF_CAPACITY = (
    fires(
        "COMPETENCE_NOTE",
        with_person(more.s04(), "P1", competence_note="n/a"),
        "who looked and when do not say what they saw",
    ),
    fires(
        "COMPETENCE_NOTE", with_person(more.s04(), "P1", competence_on=None), "what was seen and by whom needs its day"
    ),
    fires(
        "ADULT_TESTS",
        with_one_more(of_grown_ups(), role="child", age=15, at_risk=ALL_THREE),
        "a child who meets the three tests makes nobody an adult at risk",
    ),
    quiet(
        "P18_NOBODY",
        without_provisions(of_grown_ups(), "S1_P18"),
        "where paragraph 18 is not used nobody has to be protected by it",
    ),
    quiet(
        "P18_NOBODY", with_one_more(of_grown_ups(), role="child", age=19), "somebody entered as the child counts as one"
    ),
    quiet(
        "P18_NOBODY", with_one_more(of_grown_ups(), role="mother", age=17), "a mother of seventeen is under eighteen"
    ),
    quiet("P18_NOBODY", replace(of_grown_ups(), outcome="DEFERRED"), "not shared, so nothing rests on it yet"),
    quiet(
        "CHILD_PARENT_DISAGREE",
        with_person(agreeing_mother(), "P2", parental_responsibility="no"),
        "the word of somebody without parental responsibility is no parent's",
    ),
    quiet(
        "CHILD_PARENT_DISAGREE",
        with_one_more(more.s11(), role="relative", age=40, consent_state="REFUSED", views="Not my business"),
        "an aunt who can decide is no young person against a parent",
        person="P9",
    ),
    quiet(
        "CHILD_PARENT_DISAGREE",
        agreeing_mother(competence="NOT_ASSESSED"),
        "a girl of fifteen nobody found able does not stand against her mother",
    ),
    quiet(
        "CHILD_PARENT_DISAGREE",
        agreeing_mother(parental_responsibility="yes"),
        "a young mother is a parent herself: two parents who disagree are another finding",
    ),
    quiet(
        "COVERS_ABLE",
        with_person(more.s11(), "P2", covers=("P1", "P2", "P3"), consent_state="AGREED_NOT_BASIS"),
        "only a yes that is relied on can be said for somebody else",
    ),
    quiet(
        "PARTIAL_WHAT",
        replace(with_person(s01(), "P2", consent_state="GIVEN_PARTIAL"), outcome="DEFERRED"),
        "not shared, so a yes to part need not say to which yet",
    ),
)
