"""Times that contradict each other: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date

from rules.facts import Facts, SendingFacts
from rules.facts_after_recording import FollowUpFacts, ResponseFacts
from tests.rules.cases import at, with_informing, with_item, with_person
from tests.rules.condition_cases import fires, quiet
from tests.rules.scenarios import s01
from tests.rules.time_cases import DAY, agreed, informed, sent


def responded_to(*sendings: tuple[str, str], by: str, time: str) -> Facts:
    """S01 sent to several, and what one of them responded."""
    rows = tuple(SendingFacts(recipient_ref=ref, at=at(DAY, when)) for ref, when in sendings)
    row = ResponseFacts(recipient_ref=by, kind="ACTING", at=at(DAY, time))
    return replace(s01(), sendings=rows, follow_up=FollowUpFacts(responses=(row,)))


def dated(**items: tuple[date | None, date | None]) -> Facts:
    """S01, whose items are about these days."""
    facts = s01()
    for ref, (first, last) in items.items():
        facts = with_item(facts, ref, dated_from=first, dated_to=last)
    return facts


OF_TIMES = (
    fires(
        "RESPONSE_EARLY",
        responded_to(("R2", "10:10"), ("R1", "10:30"), by="R1", time="10:20"),
        "what others were sent before was not sent to them",
    ),
    quiet(
        "RESPONSE_EARLY",
        responded_to(("R1", "10:30"), ("R1", "10:10"), by="R1", time="10:20"),
        "it was sent to them twice, in whatever order it was entered",
    ),
    fires("INFORMED_AFTER_EARLY", informed("TOLD_AFTER", "09:59"), "nothing is sent yet, so after is after deciding"),
    quiet(
        "ITEM_PERIOD",
        dated(I3=(date(2026, 2, 2), None), I1=(None, date(2026, 2, 1))),
        "one ends before another begins",
    ),
    quiet(
        "INFORMED_BEFORE_DECIDED",
        informed("TOLD_AT_TIME", "09:59", sent("09:58")),
        "it was sent then, which is another finding",
    ),
    quiet("CONSENT_AFTER_SENDING", replace(agreed("12:01"), outcome="DEFERRED"), "not shared, so it rests on no yes"),
    quiet(
        "CONSENT_AFTER_SENDING",
        with_person(agreed("12:01"), "P2", consent_state="REFUSED"),
        "a refusal may come at any time",
    ),
    fires(
        "SENT_BEFORE_DECIDED",
        replace(s01(), sendings=(SendingFacts(recipient_ref="R9", at=at(DAY, "09:59")),)),
        "nobody knows to whom",
        words="sent to somebody",
    ),
    fires(
        "CONSENT_AHEAD",
        with_person(s01(), "P2", consent_at=at(DAY, "10:41")),
        "whose answer it was is said",
        person="P2",
    ),
    fires(
        "INFORMING_REVIEW_EARLY",
        with_informing(s01(), "P3", review_on=date(2026, 3, 9)),
        "and who is to be told later",
        person="P3",
    ),
)
