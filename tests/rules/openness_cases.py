"""For each finding about openness, keeping it from somebody, advice and serious harm: facts that show it, and not."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import AdviceFacts, Facts, RecipientFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import at, with_informing, with_item, with_person
from tests.rules.scenarios import early_help, s01, s02, s03, s18_first, s18_second

ADVISED = (AdviceFacts(who="Duty social worker", role="MASH", at=at("2026-03-10", "09:30"), gist="Do not tell him."),)


def unshared(**changes: Any) -> Facts:
    """S18 where he is at significant harm and nothing is shared, for a reason that is none of hers."""
    facts = replace(s18_first(), level="s47", no_basis_reason="Social care has it from the hospital already.")
    facts = replace(facts, why_now="They are with him on the ward now.", look_again_on=date(2026, 5, 8))
    return replace(facts, **changes)


def put_off(day: str, **changes: Any) -> Facts:
    return replace(unshared(outcome="DEFERRED"), look_again_on=date.fromisoformat(day), **changes)


def to_a_relative(**changes: Any) -> Facts:
    """S03, where her account goes to somebody who stands for one of the people here."""
    relative = RecipientFacts(ref="R1", name="Mr Dyer", **changes)
    return replace(s03(), recipients=(relative, s03().recipients[1]))


def source_informed(**changes: Any) -> Facts:
    return with_informing(s01(), "P3", state="TOLD_AFTER", who_what_why=True, no_choice_explained=True, **changes)


def at_one_home(source: str) -> Facts:
    """S01 without advice: the mother, who was spoken with, lives at home, and her partner does or does not."""
    facts = replace(with_person(s01(), "P2", at_home="yes"), advice=())
    return with_person(facts, "P3", at_home=source)


def overruled() -> Facts:
    return replace(s18_second(), level="s17")


WHOLE_FILE = replace(s01(), outcome="SHARED_WHOLE_FILE", whole_file_reason="Every page bears on the enquiry.")
UNBORN = with_person(more.s19(), "P1", due_on=date(2026, 8, 10))

OPENNESS_TABLE: dict[str, tuple[Facts, Facts]] = {
    "RESPONSIBILITY_LEFT_OUT": (replace(s01(), left_out=("Kofi Holt (father)",)), s01()),
    "UNBORN_PAST_DUE": (UNBORN, with_person(UNBORN, "P1", due_on=date(2026, 8, 11))),
    "REFUSAL_AS_REASON": (unshared(no_basis="none"), unshared()),
    "WAITS_WITH_HARM": (put_off("2026-05-10"), put_off("2026-05-09")),
    "WAITS_LONG": (put_off("2026-06-04", level="s17"), put_off("2026-06-03", level="s17")),
    "HARM_NO_ADVICE": (unshared(), unshared(advice=ADVISED)),
    "SOURCE_OPEN": (
        with_person(s01(), "P3", alleged_source_of_harm=False),
        with_person(with_person(s01(), "P3", alleged_source_of_harm=False), "P2", alleged_source_of_harm=True),
    ),
    "SOURCE_INFORMED": (source_informed(), replace(source_informed(), advice=ADVISED)),
    "HOUSEHOLD_INFORMED": (at_one_home("yes"), at_one_home("no")),
    "SOURCE_TALK_PLANNED": (
        replace(s01(), advice=(), source_talk="Sgt Pryce, on Thursday"),
        replace(s01(), advice=ADVISED, source_talk="Sgt Pryce, on Thursday"),
    ),
    "WHOLE_FILE_ADVICE": (WHOLE_FILE, replace(WHOLE_FILE, advice=ADVISED)),
    "OVERRULED_ADVICE": (overruled(), replace(overruled(), advice=ADVISED)),
    "ADVICE_WHAT": (replace(s01(), advice=(replace(ADVISED[0], gist="n/a"),)), replace(s01(), advice=ADVISED)),
    "REACHES_KEPT_FROM": (to_a_relative(people=("P3",)), to_a_relative(people=("P2",))),
    "MAY_PASS_IT_ON": (
        to_a_relative(people=("P2",)),
        with_person(to_a_relative(people=("P2",)), "P3", could_hear="no"),
    ),
    "INFORMED_OF_NOT_DISCLOSED": (
        with_item(s01(), "I1", not_disclosed_to=("P2",)),
        with_informing(with_item(s01(), "I1", not_disclosed_to=("P2",)), "P2", state="PARTLY_TOLD", text="Not who"),
    ),
    "COULD_HEAR": (with_person(s01(), "P3", could_hear="yes"), with_person(s01(), "P3", could_hear="no")),
    "COULD_HEAR_OPEN": (
        with_informing(with_person(s01(), "P3", agreed_with=""), "P3", agreed_with=""),
        s01(),
    ),
    "SAFE_CONTACT_OPEN": (with_informing(s03(), "P2", safe_contact=""), s03()),
    "CONSENT_WHEN": (with_person(early_help(), "P2", consent_at=None), early_help()),
    "INFORMED_WHEN": (
        with_informing(s01(), "P2", at=None),
        with_informing(s01(), "P2", at=None, state="TOLD_AT_TIME"),
    ),
    "INFORMING_AGAIN": (
        with_informing(s01(), "P2", state="ATTEMPTED"),
        with_informing(s01(), "P2", state="ATTEMPTED", review_on=date(2026, 3, 11)),
    ),
    "OPEN_NOT_NEEDED": (
        with_informing(s01(), "P2", state="NOT_APPLICABLE"),
        with_informing(s01(), "P1", state="NOT_APPLICABLE"),
    ),
    "WHO_WHAT_WHY": (with_informing(early_help(), "P2", who_what_why=False), early_help()),
    "NO_CHOICE_SAID": (with_informing(s01(), "P2", no_choice_explained=False), s01()),
    "LATER_AGREED": (with_informing(s01(), "P3", agreed_with=""), s01()),
    "LATER_FAR": (
        with_informing(more.s04(), "P2", review_on=date(2026, 7, 2)),
        with_informing(more.s04(), "P2", review_on=date(2026, 7, 1)),
    ),
    "LATER_FAR_HARM": (
        with_informing(s01(), "P3", review_on=date(2026, 3, 18)),
        with_informing(s01(), "P3", review_on=date(2026, 3, 17)),
    ),
    "CONCERN_NOT_ASKED": (
        with_person(s01(), "P3", not_asked_text="He would be cross."),
        with_person(s01(), "P3", not_asked_text="He would be cross, and has said he will set the flat alight."),
    ),
    "CONCERN_NOT_INFORMED": (
        with_informing(s01(), "P3", text="It would spoil our relationship with him"),
        with_informing(s02(), "P2", text="Not policy"),
    ),
}
