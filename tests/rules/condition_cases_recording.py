"""What every record needs, not sharing, and the routes between decisions: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import Facts, SendingFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import at, with_person, with_request
from tests.rules.condition_cases import fires, quiet
from tests.rules.openness_cases import UNBORN
from tests.rules.scenarios import s01, s02, s03

GROUP: dict[str, Any] = {"standing_until": date(2026, 6, 1), "standing_scope": "Attendance, in the core group"}


def asked(**request: Any) -> Facts:
    """S03 as an answer to a request."""
    return replace(with_request(s03(), **request), entry_route="ASKED")


OF_RECORDING = (
    quiet("NO_FACTS", replace(more.s08(), facts_text=""), "a file follows the child without a new worry"),
    quiet("NO_FACTS", replace(more.s06(), facts_text=""), "an order needs no worry of ours"),
    quiet("NO_FACTS", replace(s01(), child_words=""), "what was seen is enough without his own words"),
    fires("NO_FACTS", replace(s01(), facts_text="n/a", child_words="n/a"), "neither seen nor said"),
    quiet("DECIDED_AHEAD", replace(s01(), recorded_at=None), "a draft has not been recorded, before or after"),
    quiet("LATE_REASON", replace(s01(), recorded_at=None), "a draft is not late"),
    quiet("DECIDED_AHEAD", replace(s01(), recorded_at=s01().decided_at), "recorded in the minute it was decided"),
    quiet("LATE_REASON", replace(s01(), decided_at=None), "no day of the decision, so nothing is late"),
    quiet(
        "COMPLETED_LATE",
        replace(s01(), recorded_at=at("2026-03-20"), late_reason="The laptop was stolen."),
        "nobody was told first, so there are no six to finish",
    ),
)

OF_FAMILY = (
    quiet("UNBORN_PAST_DUE", with_person(UNBORN, "P1", role="child"), "she has come, and the day is left over"),
    quiet("UNBORN_PAST_DUE", replace(UNBORN, decided_at=None, recorded_at=None), "no day of the decision to be before"),
)

TO_LADO = tuple(replace(recipient, kind="lado") for recipient in s01().recipients)
STAFF = replace(s01(), about_staff=True, recipients=TO_LADO)


def lado_sent(*days: str, disclosed: str = "2026-03-10", **more_facts: Any) -> Facts:
    """A concern about staff that became known on a Tuesday, and when the officer was sent it."""
    sent = tuple(SendingFacts(recipient_ref="R1", at=at(day) if day else None) for day in days)
    return replace(STAFF, sendings=sent, disclosed_at=at(disclosed, "23:30"), **more_facts)


OF_NOT_SHARING = (
    fires("LADO_LATE", lado_sent("2026-03-12"), "the day after the next working day"),
    quiet("LADO_LATE", lado_sent("2026-03-11"), "by the end of the next working day, however late it became known"),
    quiet("LADO_LATE", lado_sent("2026-03-16", "2026-03-11"), "the first time counts"),
    fires("LADO_LATE", lado_sent("", recorded_at=at("2026-03-12")), "nothing sent by when it was recorded"),
    quiet("LADO_LATE", lado_sent("", recorded_at=at("2026-03-11")), "there is time left"),
    fires(
        "LADO_LATE", lado_sent("2026-03-12", disclosed="2026-03-10", lado_not_informed="On leave"), "a reason is read"
    ),
    fires("LADO_LATE", replace(lado_sent("2026-03-12"), disclosed_at=None), "from the decision, where no day is known"),
    quiet("LADO_LATE", replace(lado_sent("2026-03-12"), disclosed_at=None, decided_at=None), "no day to count from"),
    quiet(
        "LADO_LATE", replace(lado_sent("2026-03-12"), about_staff=False), "nobody who works here is what it is about"
    ),
    quiet("LADO_LATE", replace(lado_sent("2026-03-12"), recipients=s01().recipients), "somebody else was sent it"),
    fires(
        "LADO_LATE", lado_sent("2026-03-11", disclosed="2026-03-03"), "from when it was known, not from the decision"
    ),
    quiet(
        "LADO_LATE",
        replace(lado_sent("", recorded_at=at("2026-03-12")), recipients=s01().recipients),
        "the officer is not to be told here, which is another finding",
    ),
    fires(
        "LADO_LATE",
        replace(
            lado_sent(),
            sendings=(SendingFacts(recipient_ref="R9", at=at("2026-03-10")), *lado_sent("2026-03-12").sendings),
        ),
        "that somebody else was sent it in time does not tell the officer",
    ),
    fires("LADO_LATE", lado_sent("", recorded_at=None, decided_at=at("2026-03-12")), "a draft that was decided late"),
    quiet("LADO_LATE", lado_sent("", recorded_at=None, decided_at=None), "a draft without a day of the decision"),
    quiet("LADO_NOT_INFORMED", s01(), "nobody who works here is what it is about"),
    fires("LADO_NOT_INFORMED", replace(s02(), about_staff=True), "not shared with anybody, and no reason"),
    fires("LADO_NOT_INFORMED", replace(s01(), about_staff=True, lado_not_informed="n/a"), "a reason that says nothing"),
    quiet("LADO_NOT_INFORMED", replace(s01(), about_staff=True, recipients=TO_LADO), "the officer is told"),
    quiet("INSTEAD", replace(s01(), instead=""), "shared, so nothing is done instead"),
    quiet("LOOK_AGAIN", replace(s01(), look_again_on=None), "shared, so there is no day to look again"),
    quiet(
        "REVIEW_DATE_EARLY", replace(s02(), decided_at=None, recorded_at=None), "no day of the decision to be before"
    ),
    quiet(
        "ASKER_NOT_INFORMED",
        with_request(s02(), reply="", neither_confirmed=True),
        "a reply that neither says nor denies is a reply",
    ),
    quiet("ASKER_NOT_INFORMED", asked(reply=""), "whoever gets part of it is not told of a refusal"),
    quiet(
        "ASKER_NOT_INFORMED",
        replace(with_request(s02(), reply=""), entry_route="DECIDING", trigger="PRO"),
        "nobody asked",
    ),
    quiet("NO_BASIS_REASON", replace(s01(), no_basis_reason=""), "shared, so nothing kept it back"),
    quiet("SENT_ALREADY", more.s05(), "shared, so a sending is what was meant"),
)

OF_OUTCOMES = (
    quiet("PASSED_TO", replace(s01(), passed_to=""), "nobody else is asked to decide"),
    quiet("WHAT_CHANGED", replace(s01(), what_changed=""), "no earlier decision is taken up"),
    quiet(
        "STANDING_SCOPE",
        replace(s02(), **{**GROUP, "standing_scope": ""}),
        "not shared, so no group shares on it",
    ),
    quiet("STANDING_ENDED", replace(s01(), **GROUP, decided_at=None), "no day of the decision for it to end before"),
    fires(
        "STANDING_SCOPE",
        replace(s01(), **{**GROUP, "standing_scope": "n/a"}),
        "a group shares something, with somebody",
    ),
)
