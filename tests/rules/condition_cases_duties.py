"""What the law says must be told: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import Facts, SendingFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import at, basis, with_basis, with_item, with_organisation, with_person, without_provisions
from tests.rules.condition_cases import fires, quiet
from tests.rules.law_cases import bound, given, identified, sharing_bound
from tests.rules.scenarios import early_help, s02

NO_CHOICE = given(early_help(), choice="no")
NO_DAY: dict[str, Any] = {"decided_at": None, "recorded_at": None}


def deferred(facts: Facts) -> Facts:
    return replace(facts, outcome="DEFERRED")


def of_fgm(*rows: str, **changes: Any) -> Facts:
    """S12 without a word on how it came out, standing on these rows of law."""
    return replace(without_provisions(more.s12(), "FGMA03_5B"), how_discovered="", **changes, basis=basis(*rows))


def passed_to_manager(facts: Facts) -> Facts:
    return replace(facts, outcome="PASSED_UP", passed_to="4")


def sent_to(*sendings: tuple[str, str]) -> Facts:
    """S12 where recipients were told on days: the police are R1, the front door R2."""
    rows = tuple(SendingFacts(recipient_ref=ref, at=at(day) if day else None) for ref, day in sendings)
    return replace(more.s12(), sendings=rows)


OF_DUTIES = (
    quiet("DUTY_NOT_NAMED", replace(more.s12(), trigger="PRO", duty=""), "no duty brought it here, so none is named"),
    quiet("CHOICE_NOT_THEIRS", deferred(given(more.s12(), choice="yes")), "not shared, so no choice is promised"),
    quiet(
        "EARLY_HELP_CHOICE",
        replace(NO_CHOICE, trigger="KCSIE_TRANSFER"),
        "a file follows the child to the new school whatever the level",
    ),
    quiet("EARLY_HELP_CHOICE", deferred(NO_CHOICE), "not shared, so no choice was hidden"),
    quiet(
        "EARLY_HELP_CHOICE",
        with_basis(NO_CHOICE, *basis("CARE14_45")),
        "a duty to disclose leaves no choice, even at early help",
    ),
    quiet("EARLY_HELP_CHOICE", replace(NO_CHOICE, level="s47"), "above early help the choice may be hidden"),
    quiet("DETRIMENT", replace(bound(s02()), **NO_DAY), "no day of the decision yet, so no duty of that day"),
    quiet("DETRIMENT", replace(bound(s02()), commencements={}), "the duty has not begun"),
    quiet("DETRIMENT", with_organisation(bound(s02()), in_scope_16la=False), "an organisation outside it is not bound"),
    quiet("DETRIMENT", sharing_bound(), "shared, so no harm of sharing has to be shown"),
    quiet(
        "DETRIMENT",
        bound(s02(), detriment="His father would find the new address."),
        "why it would harm the child is said",
    ),
    quiet("IDENTIFIER_MISSING", deferred(identified()), "not shared, so no number is needed"),
    quiet("IDENTIFIER_MISSING", replace(identified(), commencements={}), "the law on identifiers has not begun"),
    quiet("IDENTIFIER_MISSING", replace(identified(), **NO_DAY), "no day of the decision yet, so no law of that day"),
    quiet("IDENTIFIER_MISSING", with_organisation(identified(), in_scope_16la=False), "it binds others, not us"),
    quiet("IDENTIFIER_MISSING", identified(role="unborn"), "an unborn baby has no number yet"),
    fires("IDENTIFIER_MISSING", identified(identifier_kind="none"), "that none is used is not why"),
    fires(
        "IDENTIFIER_MISSING",
        identified(identifier_kind="none", why_no_identifier="not known"),
        "what says nothing is no reason",
    ),
    quiet(
        "IDENTIFIER_MISSING",
        identified(identifier_kind="none", why_no_identifier="Only the hospital has it, and it is shut until Monday."),
        "why none is used is said",
    ),
    quiet("SHARE_DUTY_NOT_MET", deferred(sharing_bound(relevant="no")), "not shared, so the duty is not used"),
    quiet("SHARE_DUTY_NOT_MET", without_provisions(sharing_bound(relevant="no"), "CA04_16LA"), "another law is used"),
    quiet("FGM_TRIGGER", of_fgm(trigger="PRO"), "a duty left behind on another route is not asked about"),
    quiet("FGM_HOW", of_fgm(duty="CARE14_45"), "another duty does not turn on how it came out"),
    fires("FGM_HOW", of_fgm(), "the duty named brings the question"),
    fires("FGM_TRIGGER", of_fgm("FGMA03_5B", trigger="PRO"), "the row chosen sends them to where it is said"),
    quiet("FGM_TRIGGER", of_fgm("FGMA03_5B"), "whoever has said that the law makes them is asked how it came out"),
    fires("FGM_PERSONAL", passed_to_manager(of_fgm()), "the duty named cannot be passed on"),
    fires("FGM_PERSONAL", passed_to_manager(of_fgm("FGMA03_5B", trigger="PRO")), "nor can the row chosen"),
    quiet("FGM_PERSONAL", passed_to_manager(of_fgm(trigger="PRO")), "a duty left behind on another route is nobody's"),
    quiet("FGM_PERSONAL", passed_to_manager(of_fgm(duty="CARE14_45")), "another duty may be passed on"),
    quiet("FGM_ADULT", replace(more.s12(), people=()), "nobody is named yet, so nobody is too old"),
    fires(
        "FGM_ADULT",
        replace(more.s12(), people=with_person(more.s12(), "P2", age=17).people[1:]),
        "a mother of seventeen is not the girl it is about",
    ),
    quiet("FGM_ADULT", with_person(more.s12(), "P1", age=None), "a girl whose age is not known may be the one"),
    quiet("FGM_POLICE", replace(deferred(more.s12()), items=()), "not shared, so no police are needed"),
    quiet("FGM_POLICE", with_item(more.s07(), "I1"), "no such duty, so no police are needed"),
    quiet("DISCOVERED_AHEAD", replace(more.s12(), **NO_DAY), "no day of the decision yet to compare with"),
    quiet("FGM_LATE", replace(more.s12(), **NO_DAY), "nobody was told and nothing decided, so nothing is late"),
    quiet("FGM_MONTH", replace(more.s12(), **NO_DAY), "nobody was told and nothing decided, so no month has passed"),
    fires(
        "FGM_LATE",
        sent_to(("R2", "2026-10-05"), ("R1", "2026-10-07")),
        "telling the front door in time is not telling the police",
    ),
    fires("FGM_LATE", sent_to(("R1", ""), ("R1", "2026-10-07")), "a sending without its moment is not counted"),
    quiet(
        "FGM_LATE", sent_to(("R1", "2026-10-07"), ("R1", "2026-10-06")), "the first time the police were told counts"
    ),
    quiet("TRANSFER_START", replace(more.s07(), starts_on=None), "no file moves with a child here"),
    quiet("TRANSFER_START", replace(deferred(more.s08()), starts_on=None), "not shared, so no file follows yet"),
    quiet("TRANSFER_SCHOOL", given(more.s08(), kind=""), "a recipient whose kind nobody entered may be the school"),
    fires(
        "DUTY_NOT_DONE",
        deferred(replace(more.s06(), order=replace(more.s06().order, made_on=date(2026, 2, 1)))),
        "an order not obeyed yet is seen too",
    ),
    quiet("DUTY_NOT_DONE", deferred(s02()), "nothing required it"),
)
