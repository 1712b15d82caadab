"""Who asked, and what a court ordered: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import Facts
from tests.rules import more_scenarios as more
from tests.rules.cases import with_item, with_person, with_request
from tests.rules.condition_cases import fires, quiet
from tests.rules.law_cases import LAW_TABLE, given, with_order

AHEAD = with_order(made_on=date(2026, 2, 17))


def of_days(first: date | None, last: date | None, **order: Any) -> Facts:
    """S06, where the order covers 2024 and 2025, and what is given is about these days."""
    return with_item(with_order(**order), "I1", dated_from=first, dated_to=last)


def by_the_police(facts: Facts, **asker: Any) -> Facts:
    """S09 as if an officer had asked for it, in person and without a number."""
    return given(with_request(facts, reference=""), **{"kind": "police", "organisation": "Wendlebury CID", **asker})


def all_agreeing(facts: Facts) -> Facts:
    people = tuple(replace(person, role="mother", age=30, consent_state="GIVEN") for person in facts.people)
    return replace(facts, people=people)


POLICE = by_the_police(more.s09())

OF_REQUESTS = (
    fires(
        "REQUEST_AUTHORITY",
        by_the_police(more.s09(), kind="", organisation="Wendlebury Constabulary"),
        "where nobody chose a kind, the name says that it is the police",
    ),
    fires("REQUEST_AUTHORITY", with_request(POLICE, authorising_officer="see notes"), "words that name no officer"),
    fires(
        "REQUEST_AUTHORITY",
        with_person(all_agreeing(POLICE), "P2", consent_state="REFUSED"),
        "one of those concerned does not agree",
    ),
    quiet(
        "REQUEST_AUTHORITY", by_the_police(more.s09(), kind="housing", organisation="Police housing"), "a known kind"
    ),
    fires("REQUEST_AUTHORITY", replace(POLICE, people=()), "nobody is named yet, so nobody agrees"),
    quiet(
        "REQUEST_AUTHORITY",
        by_the_police(more.s09(), kind="", organisation="Wendlebury Homes"),
        "where nobody chose a kind, another name is no police",
    ),
    quiet("REQUEST_AUTHORITY", with_request(POLICE, reference="CR/4471"), "asked for in writing, under a number"),
    quiet("REQUEST_AUTHORITY", all_agreeing(POLICE), "everybody concerned agrees, so nobody's no is set aside"),
    quiet("REQUEST_AUTHORITY", replace(POLICE, outcome="NOT_SHARED"), "a request that is declined needs no authority"),
    quiet("REQUEST_AUTHORITY", replace(POLICE, entry_route="DECIDING", trigger="PRO"), "the police did not ask"),
    quiet("REQUEST_AUTHORITY", given(POLICE, is_asker=False), "somebody else asked, and the police get it too"),
    quiet(
        "CONFIRMED_AND_GIVEN",
        replace(LAW_TABLE["CONFIRMED_AND_GIVEN"][0], outcome="NOT_SHARED"),
        "not shared, so the reply that says nothing stays true",
    ),
    quiet("ORDER_AHEAD", replace(AHEAD, trigger="PRO"), "an order left behind on another route is not asked about"),
    quiet("ORDER_AHEAD", replace(AHEAD, decided_at=None), "no day of the decision yet, so no order lies after it"),
    fires(
        "ORDER_OUTSIDE",
        of_days(date(2023, 6, 1), date(2024, 6, 1)),
        "what begins before the order's days lies outside them",
    ),
    fires("ORDER_OUTSIDE", of_days(None, date(2023, 12, 31)), "a last day alone is taken as the only one: too early"),
    fires("ORDER_OUTSIDE", of_days(date(2026, 1, 1), None), "a first day alone is taken as the only one: too late"),
    quiet(
        "ORDER_OUTSIDE", of_days(date(2024, 1, 1), date(2024, 1, 1)), "the order's first day still lies within its days"
    ),
    quiet(
        "ORDER_OUTSIDE",
        of_days(date(2025, 12, 31), date(2025, 12, 31)),
        "the order's last day still lies within its days",
    ),
    quiet(
        "ORDER_OUTSIDE",
        replace(of_days(date(2026, 1, 1), None), trigger="PRO"),
        "an order left behind on another route is not asked about",
    ),
    quiet("ORDER_OUTSIDE", of_days(None, None), "without days nothing can be said to lie outside"),
    quiet(
        "ORDER_OUTSIDE",
        of_days(date(2020, 1, 1), date(2025, 1, 1), covers_from=None),
        "an order without a first day reaches back as far as it likes",
    ),
    quiet(
        "ORDER_OUTSIDE",
        of_days(date(2025, 1, 1), date(2026, 2, 1), covers_to=None),
        "an order without a last day reaches to today",
    ),
    quiet(
        "ORDER_OUTSIDE",
        replace(of_days(date(2026, 1, 1), None), outcome="DEFERRED"),
        "not shared, so nothing has gone out from beyond the order",
    ),
)
