"""What an answer left empty would hide: when somebody knew, whom the danger comes from, and that nobody was asked."""

from dataclasses import replace
from datetime import date

from tests.rules import more_scenarios as more
from tests.rules.cases import with_informing, with_person
from tests.rules.condition_cases import fires, quiet
from tests.rules.openness_cases import ADVISED, unshared
from tests.rules.scenarios import early_help, s01, s02, s03

UNMARKED = with_person(s01(), "P3", alleged_source_of_harm=False)


OF_LEFT_EMPTY = (
    # when
    fires("INFORMED_WHEN", with_informing(s03(), "P2", at=None), "told before, whatever she answered"),
    fires("INFORMED_WHEN", with_informing(s02(), "P2", state="TOLD_BEFORE"), "nothing shared, and told before"),
    quiet("INFORMED_WHEN", with_informing(s01(), "P2", state="TOLD_AFTER", at=None), "after is no claim to be first"),
    quiet("INFORMED_WHEN", with_informing(s01(), "P2", state="PARTLY_TOLD", at=None), "in part is none either"),
    fires("INFORMING_AGAIN", with_informing(s03(), "P2", state="ATTEMPTED", review_on=None), "frightened, not told"),
    fires("INFORMING_AGAIN", with_informing(more.s04(), "P2", state="ATTEMPTED", review_on=None), "a parent"),
    quiet(
        "INFORMING_AGAIN",
        with_informing(s01(), "P2", state="ATTEMPTED", closing="HANDED_OVER", agreed_with="Duty worker"),
        "somebody else will",
    ),
    quiet("INFORMING_AGAIN", with_informing(s01(), "P2", state="DELEGATED", by_whom="Police"), "somebody else does"),
    fires(
        "CONSENT_WHEN",
        with_person(early_help(), "P2", consent_state="GIVEN_PARTIAL", limits="School only", consent_at=None),
        "in part",
    ),
    quiet("CONSENT_WHEN", with_person(early_help(), "P2", consent_state="REFUSED", consent_at=None), "no consent"),
    quiet("CONSENT_WHEN", with_person(s01(), "P2", consent_state="GIVEN", consent_at=None), "it rests on no consent"),
    quiet(
        "CONSENT_WHEN",
        replace(with_person(early_help(), "P2", consent_at=None), outcome="NOT_SHARED"),
        "nothing is shared",
    ),
    # from whom
    fires("SOURCE_OPEN", with_person(UNMARKED, "P3", not_asked_reason="RISK_CHILD"), "it puts the child at risk"),
    fires("SOURCE_OPEN", with_person(UNMARKED, "P3", not_asked_reason="COERCION"), "somebody may be pressured"),
    fires(
        "SOURCE_OPEN",
        with_informing(with_person(UNMARKED, "P3", not_asked_reason=""), "P2", reason="RISK_WORKER"),
        "telling brings danger, if asking does not",
    ),
    quiet(
        "SOURCE_OPEN",
        with_informing(with_person(UNMARKED, "P3", not_asked_reason="DELAY"), "P3", reason="DELAY"),
        "delay comes from nobody",
    ),
    quiet(
        "SOURCE_OPEN",
        with_informing(with_person(UNMARKED, "P3", not_asked_reason="HBA_FM_FGM"), "P3", reason="HBA_FM_FGM"),
        "it comes from a family",
    ),
    # nobody asked
    fires("HARM_NO_ADVICE", unshared(outcome="DEFERRED", look_again_on=date(2026, 5, 7)), "decided tomorrow"),
    fires("HARM_NO_ADVICE", unshared(level="s17", entry_route="NOW"), "somebody had to be told at once"),
    fires("HARM_NO_ADVICE", unshared(advice=(replace(ADVISED[0], who="", role=""),)), "advice from nobody"),
    quiet("HARM_NO_ADVICE", unshared(level="s17_high"), "no significant harm yet"),
    quiet("HARM_NO_ADVICE", unshared(outcome="PASSED_UP", passed_to="7"), "a manager is asked"),
    quiet("HARM_NO_ADVICE", s01(), "it is shared"),
)
