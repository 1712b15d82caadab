"""The law behind not informing somebody: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import Facts, SendingFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import at, with_informing, with_item, with_person
from tests.rules.condition_cases import fires, quiet
from tests.rules.scenarios import s01, s02, s03


def later(day: str, **changes: Any) -> Facts:
    """S01, decided on 10 March, with the partner told later."""
    return with_informing(s01(), "P3", review_on=date.fromisoformat(day), **changes)


def without_crime(**changes: Any) -> Facts:
    """S03 with nothing about a crime or a suspected source of harm, and the father not told under the law on crime."""
    facts = with_person(s03(), "P3", alleged_source_of_harm=False)
    for item in facts.items:
        kinds = tuple(kind for kind in item.sensitivities if kind != "offences")
        facts = with_item(facts, item.ref, sensitivities=kinds)
    return with_informing(facts, "P3", exemption="CRIME", **changes)


def sent(facts: Facts, *days: str) -> Facts:
    return replace(facts, sendings=tuple(SendingFacts(recipient_ref="R1", at=at(day)) for day in days))


OF_NOT_INFORMED = (
    quiet(
        "EXEMPTION_DOUBT",
        later("2026-03-13", reason="DELAY", exemption="KNOWS_ALREADY"),
        "what somebody knows already can be left out for any reason",
    ),
    quiet(
        "EXEMPTION_DOUBT",
        later("2026-03-13", reason="", text="police asked", exemption="LAW_OR_COURT"),
        "a reason in words alone is not compared",
    ),
    quiet(
        "EXEMPTION_DOUBT",
        later("2026-03-13", state="TOLD_AFTER", reason="DELAY", exemption="CRIME"),
        "who was told needs no law for not being told",
    ),
    fires(
        "EXEMPTION_DOUBT",
        later("2026-03-13", state="DELEGATED", reason="DELAY", exemption="CRIME"),
        "a law that was chosen is tested, whoever will tell them",
    ),
    fires(
        "EXEMPTION_DOUBT",
        later("2026-03-13", reason="IMPOSSIBLE", exemption="CRIME"),
        "that somebody cannot be reached spoils no inquiry, and the question to ask is said",
        words="Which crime is it?",
    ),
    fires(
        "EXEMPTION_DOUBT",
        later("2026-03-13", reason="", exemption="SERIOUS_HARM"),
        "serious harm keeps a record from being shown, and lets nobody go untold",
        words="Showing it would seriously harm",
    ),
    fires(
        "EXEMPTION_DOUBT",
        later("2026-03-13", reason="RISK_CHILD", exemption="HARM"),
        "a law that nobody knows fits nothing",
        words="on the list",
    ),
    fires("EXEMPTION_CRIME", without_crime(reason="RISK_CHILD"), "harm that nobody calls a crime", person="P3"),
    quiet("EXEMPTION_CRIME", without_crime(reason="EVIDENCE_LOSS"), "lost evidence speaks of a crime itself"),
    quiet("EXEMPTION_CRIME", replace(without_crime(), level="crime"), "the concern is a crime"),
    quiet(
        "EXEMPTION_CRIME",
        with_item(without_crime(), "I1", sensitivities=("offences",)),
        "something on the record is about a crime",
    ),
    quiet(
        "EXEMPTION_CRIME",
        with_person(without_crime(), "P2", alleged_source_of_harm=True),
        "somebody on the record may have harmed them",
    ),
    quiet(
        "EXEMPTION_MISSING",
        with_informing(s03(), "P3", reason="DELAY", exemption="CRIME"),
        "one that does not fit is a doubt about it and not its absence",
    ),
    quiet("EXEMPTION_MISSING", later("2026-03-13"), "he is told later, not never"),
    fires(
        "EXEMPTION_MISSING",
        with_informing(s03(), "P3", review_on=None, closing="HANDED_OVER", exemption=""),
        "that somebody else takes it on is no law",
    ),
    fires(
        "EXEMPTION_MISSING",
        with_informing(s01(), "P3", review_on=None, closing="NEVER_BY_US"),
        "later that has an end and no day is never",
    ),
    quiet("EXEMPTION_MISSING", later("2026-03-13", closing="HANDED_OVER"), "an end that is looked at again"),
    quiet("EXEMPTION_MISSING", with_informing(s01(), "P3", review_on=None), "later without a day is asked for its day"),
    quiet(
        "EXEMPTION_MISSING",
        with_informing(s01(), "P3", state="DELEGATED", review_on=None, closing="HANDED_OVER"),
        "somebody else will tell him, and is named",
    ),
    quiet(
        "EXEMPTION_MISSING",
        with_informing(s02(), "P2", state="NOT_TELLING"),
        "nothing goes to anybody, so there is nothing to tell",
    ),
    quiet(
        "EXEMPTION_MISSING",
        with_informing(s01(), "P1", state="NOT_TELLING"),
        "a child of eight is told through those who care for him",
    ),
    quiet(
        "EXEMPTION_LATER",
        with_informing(s01(), "P1", state="DEFERRED", review_on=date(2026, 6, 1)),
        "nor is he told late",
    ),
    quiet("EXEMPTION_LATER", later("2026-06-01", exemption="CRIME"), "a law was chosen"),
    fires("EXEMPTION_LATER", later("2026-06-01", state="DELEGATED"), "somebody else, months from now"),
    fires("EXEMPTION_LATER", later("2026-06-01", state="ATTEMPTED"), "tried once, and again in months"),
    quiet("EXEMPTION_LATER", later("2026-06-01", state="PARTLY_TOLD"), "told in part is told who gets what and why"),
    quiet("EXEMPTION_LATER", later("2026-06-01", state="TOLD_AFTER"), "told, with a date left over"),
    quiet("EXEMPTION_LATER", with_informing(s01(), "P3", review_on=None), "without a day nothing is late"),
    quiet("EXEMPTION_LATER", replace(later("2026-06-01"), decided_at=None), "without a start nothing is late either"),
    quiet("EXEMPTION_LATER", sent(later("2026-04-20"), "2026-03-21", "2026-03-20"), "a month from when it first went"),
    fires("EXEMPTION_LATER", sent(later("2026-04-21"), "2026-03-21", "2026-03-20"), "and not from when it went again"),
    fires(
        "EXEMPTION_LATER",
        later("2026-04-20", entered_on=date(2026, 4, 6)),
        "put off again after recording: it counts from when it went",
    ),
    quiet(
        "EXEMPTION_LATER",
        replace(sent(later("2026-06-01"), "2026-03-10"), sendings=(SendingFacts(recipient_ref="R1"),), decided_at=None),
        "a sending without a time starts nothing",
    ),
    quiet("EXEMPTION_LATER", more.s12(), "a week, as the police agreed"),
)
