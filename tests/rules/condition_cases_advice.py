"""Advice to have first: what each condition of those rules is for."""

from dataclasses import replace
from typing import Any

from rules.facts import AdviceFacts, AttemptFacts, Facts
from tests.rules import more_scenarios as more
from tests.rules.cases import at, basis, with_basis, with_informing, with_person
from tests.rules.condition_cases import fires, quiet
from tests.rules.openness_cases import WHOLE_FILE, at_one_home, overruled, source_informed
from tests.rules.scenarios import s01, s03, s18_second


def advised(facts: Facts, **changes: object) -> Facts:
    return replace(facts, advice=(replace(AdviceFacts(), **changes),))  # type: ignore[arg-type]  # fields of the advice


def unneeded(facts: Facts, why: str = "The police asked us to tell them both.") -> Facts:
    return replace(facts, advice=(), advice_first="not_needed", advice_not_needed=why)


def unasked(**changes: Any) -> Facts:
    """S01 without advice, where nobody has spoken with the mother, who lives with her partner."""
    facts = with_person(at_one_home("yes"), "P2", consent_state="UNKNOWN", consent_at=None)
    return with_informing(facts, "P2", **{"state": "", "at": None, **changes})


OF_ADVICE = (
    fires("SOURCE_INFORMED", with_informing(s03(), "P3", state="ATTEMPTED"), "an attempt can give it away"),
    fires("SOURCE_INFORMED", with_informing(s03(), "P3", attempts=(AttemptFacts(),)), "an attempt before the plan"),
    fires(
        "SOURCE_INFORMED",
        advised(
            with_informing(s03(), "P3", attempts=(AttemptFacts(at=at("2026-03-10")),)),
            who="Police",
            at=at("2026-03-11"),
            gist="Stay away",
        ),
        "advice came after the attempt",
    ),
    quiet(
        "SOURCE_INFORMED",
        advised(
            with_informing(s03(), "P3", attempts=(AttemptFacts(at=at("2026-03-11")),)),
            who="Police",
            at=at("2026-03-10"),
            gist="Tell him",
        ),
        "advice came before the attempt",
    ),
    fires(
        "SOURCE_INFORMED",
        advised(source_informed(at=at("2026-03-10")), who="Police", at=at("2026-03-10", "12:01"), gist="Stay away"),
        "advice came after he was told",
    ),
    quiet(
        "SOURCE_INFORMED",
        advised(source_informed(at=at("2026-03-10")), who="Police", at=at("2026-03-10"), gist="Tell him"),
        "advice came first",
    ),
    quiet("SOURCE_INFORMED", advised(source_informed(), role="Duty officer", gist="Tell him"), "a role is somebody"),
    fires("SOURCE_INFORMED", advised(source_informed(), gist="Tell him"), "advice from nobody"),
    quiet("SOURCE_INFORMED", with_informing(s01(), "P3", state="DELEGATED", by_whom="Police"), "others will tell him"),
    quiet("SOURCE_INFORMED", unneeded(source_informed()), "it is said why none is needed"),
    fires("SOURCE_INFORMED", unneeded(source_informed(), "n/a"), "no reason why none is needed"),
    fires("SOURCE_INFORMED", replace(source_informed(), advice_first="no"), "not yet, and he was told"),
    quiet(
        "SOURCE_INFORMED",
        advised(source_informed(at=at("2026-03-10")), who="Police", gist="Tell him"),
        "advice whose time nobody entered may have come first",
    ),
    fires("HOUSEHOLD_INFORMED", replace(at_one_home("yes"), advice_first="no"), "not yet, and she was spoken with"),
    fires(
        "HOUSEHOLD_INFORMED",
        with_informing(with_person(at_one_home("yes"), "P2", consent_state="UNKNOWN"), "P2", state="ATTEMPTED"),
        "an attempt can give it away",
    ),
    fires(
        "HOUSEHOLD_INFORMED",
        unasked(attempts=(AttemptFacts(at=at("2026-03-10")),)),
        "an attempt since can give it away too",
    ),
    fires(
        "HOUSEHOLD_INFORMED",
        with_person(unasked(), "P2", consent_state="REFUSED"),
        "whoever was asked for consent knows of it",
    ),
    quiet("HOUSEHOLD_INFORMED", unasked(), "nobody has spoken with her"),
    quiet(
        "HOUSEHOLD_INFORMED",
        with_informing(unasked(), "P3", state="TOLD_AFTER"),
        "that he was told himself is another finding",
    ),
    quiet(
        "HOUSEHOLD_INFORMED",
        with_informing(with_person(unasked(), "P1", at_home="yes", age=1), "P1", state="TOLD_AT_TIME"),
        "a baby passes nothing on",
    ),
    quiet("HOUSEHOLD_INFORMED", at_one_home("unknown"), "nobody knows whether he lives there"),
    quiet("HOUSEHOLD_INFORMED", unneeded(at_one_home("yes")), "it is said why none is needed"),
    quiet("HOUSEHOLD_INFORMED", with_person(at_one_home("yes"), "P2", at_home="no"), "she lives elsewhere"),
    quiet("HOUSEHOLD_INFORMED", with_person(at_one_home("yes"), "P3", alleged_source_of_harm=False), "no suspicion"),
    quiet(
        "HOUSEHOLD_INFORMED",
        advised(at_one_home("yes"), who="Police", at=at("2026-03-01"), gist="Tell her"),
        "advice came first",
    ),
    fires(
        "SOURCE_TALK_PLANNED",
        replace(s01(), source_talk="Sgt Pryce, on Thursday"),
        "the talk is with whoever may have done harm, and with nobody else",
        person="P3",
    ),
    quiet(
        "SOURCE_TALK_PLANNED",
        replace(with_person(s01(), "P3", alleged_source_of_harm=False), source_talk="Sgt Pryce, on Thursday"),
        "nobody is suspected any more, so no such talk is held",
    ),
    quiet("SOURCE_TALK_PLANNED", replace(s01(), advice=(), source_talk="n/a"), "nothing is planned"),
    quiet("SOURCE_TALK_PLANNED", unneeded(replace(s01(), source_talk="The police, today")), "it is said why not"),
    quiet("WHOLE_FILE_ADVICE", more.s08(), "a file moves with the child"),
    quiet(
        "WHOLE_FILE_ADVICE",
        with_basis(replace(WHOLE_FILE, trigger="COURT_ORDER"), *basis("COURT_ORDER")),
        "a court ordered all of it",
    ),
    quiet("WHOLE_FILE_ADVICE", s01(), "not the whole file"),
    quiet("OVERRULED_ADVICE", s18_second(), "close to significant harm"),
    quiet("OVERRULED_ADVICE", replace(overruled(), trigger="KCSIE_TRANSFER"), "a file moves with the child"),
    quiet(
        "OVERRULED_ADVICE",
        with_basis(replace(overruled(), trigger="COURT_ORDER"), *basis("COURT_ORDER")),
        "a court ordered it, so nobody here overruled her",
    ),
    quiet("OVERRULED_ADVICE", replace(overruled(), outcome="DEFERRED"), "nothing is shared"),
    quiet(
        "OVERRULED_ADVICE",
        with_person(overruled(), "P2", consent_state="NOT_CONTACTABLE", not_asked_text="Rang twice"),
        "nobody refused",
    ),
    quiet("ADVICE_WHAT", replace(s01(), advice=(AdviceFacts(),)), "an empty line is no advice"),
)
