"""Three invented scenarios in full: who, what is answered page by page, and for which kind of organisation.

Times hang on the moment of recording. The words are those of the demonstration; the law is chosen here by hand, so
that what the record must show does not depend on what the form suggests.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.actions import change_organisation
from accounts.models import User
from families.details import PersonDetails
from families.models import Family
from safeguarding.demo import stories
from tests.cast import Company
from tests.drafting.households import address_book, household
from tests.drafting.scenario_walk import Walk

Story = dict[str, Any]
# Answers that are codes or keys, and not words somebody typed.
CODED = {
    "trigger", "outcome", "level", "spoken", "said", "not_said", "cannot", "not_asked_reason", "competence",
    "looked_at", "agreed_to", "part_agreed_to", "covers", "part_covers", "share_anyway", "how_discovered", "could_hear",
    "choice", "kind", "sensitivities", "p18_reason", "informed", "informed_state", "informed_safely",
    "informed_who_what_why", "informed_no_choice", "not_informed_state", "informing_reason", "no_basis", "on",
    "source_of_harm",
    "l1", "l2", "l3", "l4", "schedule1", "annex1", "duty_code", "informing_closing",
    "informing_exemption",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    entry_route: str
    people: list[PersonDetails]
    recipients: tuple[str, ...]
    sector: str
    name: str


S01 = Case("DECIDING", stories.BRUISE_PEOPLE, (stories.SOCIAL_CARE,), "academy", "Ashdown")
S02 = Case("ASKED", stories.HOUSING_PEOPLE, (), "youth_charity", "Pellworth")
S03 = Case("DECIDING", stories.FEAR_PEOPLE, (stories.SOCIAL_CARE, stories.MARAC), "nhs", "Marlowe")


def s01(at: datetime) -> Story:
    """Significant harm is shared although the mother objects; each person's information stands on its own condition."""
    child, mother, partner = (person.name for person in stories.BRUISE_PEOPLE)
    story = stories.refused_and_shared(at)
    own = story["legal_basis"]["sensitive"]
    lets = {
        child: {**own[child], "l2": ["ART9_G"], "schedule1": ["S1_P18"]},
        mother: {"l2": ["ART9_G"], "schedule1": ["S1_P6"]},
        partner: {**own[partner], "l2": ["ART9_G", "ART10"], "schedule1": ["S1_P18"]},
    }
    basis = {"l1": "ART6_E", "l3": ["EA02_157", "CA89_47"], "l4": "CONF_PI", "sensitive": lets}
    return {**story, "legal_basis": {**story["legal_basis"], **basis}}


def s02(at: datetime) -> Story:
    """A request that is declined: refused by a mother, and no worry about anybody's welfare."""
    return stories.refused_and_not_shared(at)


def s03(at: datetime) -> Story:
    """A frightened mother agrees; the father must not find out."""
    child, mother, father = (person.name for person in stories.FEAR_PEOPLE)
    story = stories.unsafe_to_tell(at)
    own = story["legal_basis"]["sensitive"]
    lets = {
        child: {**own[child], "l2": ["ART9_G"], "schedule1": ["S1_P18"]},
        mother: {"l2": ["ART9_G"], "schedule1": ["S1_P6"]},
        father: {**own[father], "l2": ["ART9_G", "ART10"], "schedule1": ["S1_P18"]},
    }
    basis = {"l1": "ART6_E", "l3": ["CA04_11", "CA89_47", "CDA98_115"], "l4": "CONF_PI", "sensitive": lets}
    return {**story, "legal_basis": {**story["legal_basis"], **basis}}


def set_scene(case: Case, company: Company, at: datetime) -> Family:
    """The organisation of the scenario, its address book, and the family with its people."""
    organisation = company.organisation
    change_organisation(
        name=organisation.name, kind=organisation.kind, sector=case.sector, in_scope_16la=organisation.kind == "PUB",
        policy_document_on=(at - timedelta(days=300)).date(), policy_document_link="https://policy.test/appropriate",
        by=company.administrator, at=at,
    )  # fmt: skip
    known = set(company.organisation.recipients.values_list("name", flat=True))
    address_book(*(name for name in case.recipients if name not in known), by=company.administrator, at=at)
    by: User = company.practitioner
    return household(case.people, team=company.team, by=by, at=at, name=case.name)


def begin(case: Case, company: Company, at: datetime) -> Walk:
    """Signed in with e-mail and password, and through the first door."""
    family = set_scene(case, company, at)
    return Walk(company.practitioner).sign_in().start(case.entry_route, family, company.team)


def words(story: Mapping[str, Any]) -> Iterator[str]:
    """Everything typed in a story."""
    for name, value in story.items():
        if isinstance(value, Mapping):
            yield from words(value)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for row in value:
                yield from words(row)
        elif isinstance(value, str) and name not in CODED:
            yield value
        elif isinstance(value, list) and name not in CODED:
            yield from value


SHARE_ROUTE = ("people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending")
NOT_SHARE_ROUTE = ("people", "concern", "request", "outcome", "consent", "legal_basis", "sending")


def route(story: Story) -> tuple[str, ...]:
    return SHARE_ROUTE if story["outcome"]["outcome"].startswith("SHARED") else NOT_SHARE_ROUTE


def begin_at(key: str, case: Case, story: Story, company: Company, at: datetime) -> Walk:
    """Signed in, with every page before `key` filled in already."""
    family = set_scene(case, company, at)
    walk = Walk(company.practitioner, signed_in=True)
    walk.begin(case.entry_route, family, company.team)
    keys = (*route(story), "check")
    walk.skip(story, *keys[: keys.index(key)])
    return walk
