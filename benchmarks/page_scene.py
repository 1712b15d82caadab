"""What benchmarks/pages.py opens: ten recorded decisions, two drafts, and the address of every kind of page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decisions.models import Decision
from drafting.actions import start
from families.actions import add_disclosure
from families.details import DisclosureDetails
from families.models import Disclosure, Family
from safeguarding.demo.filling import fill_story, record_story
from tests.cast import Cast, make_cast
from tests.drafting import scenario_cases as cases

DECISIONS = 10
# Who opens a page, and its address.
Page = tuple[str, str]


@dataclass
class Scene:
    cast: Cast
    family: Family
    disclosure: Disclosure
    recorded: Decision
    draft: Decision  # to be shared
    declined: Decision  # not to be shared


def scene(now: datetime) -> Scene:
    cast = make_cast()
    by = cast.practitioner
    family = cases.set_scene(cases.S01, cast, now)
    details = DisclosureDetails(said_by="The child", said_to="A teacher", received_at=now, facts="A bruise")
    disclosure = add_disclosure(family=family, details=details, by=by, at=now)

    def started(of: Family, entry_route: str) -> Decision:
        return start(entry_route=entry_route, team=cast.team, family=of, by=by, at=now)

    story = cases.s01(now) | {"concern": cases.s01(now)["concern"] | {"source": "new"}}
    for _ in range(DECISIONS):
        recorded = record_story(decision=started(family, "DECIDING"), story=story, by=by, at=now)
    draft = started(family, "DECIDING")
    fill_story(decision=draft, story=story, by=by, at=now)
    declined = started(cases.set_scene(cases.S02, cast, now), "ASKED")
    fill_story(decision=declined, story=cases.s02(now), by=by, at=now)
    return Scene(cast, family, disclosure, recorded, draft, declined)


def pages(made: Scene, form: str) -> dict[str, Page]:
    return {**_drafting(made, form), **_reading(made), **_families(made), **_administration(made)}


def _drafting(made: Scene, form: str) -> dict[str, Page]:
    def of(decision: Decision, key: str) -> Page:
        return "practitioner", reverse("drafting:page", args=[decision.public_id, key])

    declined = ("legal_basis", "sending")
    return {
        "start": ("practitioner", reverse("drafting:start")),
        "urgent": ("practitioner", reverse("drafting:urgent")),
        **{f"{form}{key}": of(made.draft, key) for key in cases.SHARE_ROUTE},
        **{f"{form}{key}, not shared": of(made.declined, key) for key in declined},
        "check": ("practitioner", reverse("drafting:check", args=[made.draft.public_id])),
        "check, not shared": ("practitioner", reverse("drafting:check", args=[made.declined.public_id])),
    }


def _reading(made: Scene) -> dict[str, Page]:
    def of(name: str) -> Page:
        return "practitioner", reverse(name, args=[made.recorded.public_id])

    return {
        "home": ("practitioner", reverse("home")),
        "home, supervisor": ("supervisor", reverse("home")),
        "log": ("practitioner", reverse("decisions:log")),
        "decision": of("decisions:detail"),
        "print": of("decisions:print"),
        "summary": of("decisions:summary"),
        "law of a decision": of("decisions:law"),
        "record a sending": of("decisions:add_sending"),
        "add a response": of("decisions:add_response"),
        "add an addition": of("decisions:add_addition"),
        "reports": ("supervisor", reverse("reports:dashboard")),
        "review queue": ("supervisor", reverse("reviews:queue")),
        "review": ("supervisor", reverse("reviews:review", args=[made.recorded.public_id])),
        "law": ("practitioner", reverse("law")),
    }


def _families(made: Scene) -> dict[str, Page]:
    family, disclosure = made.family.public_id, made.disclosure.public_id
    person = made.family.people.all()[0].public_id
    return {
        "families": ("practitioner", reverse("families:list")),
        "family": ("practitioner", reverse("families:detail", args=[family])),
        "disclosure": ("practitioner", reverse("families:disclosure", args=[disclosure])),
        "add a disclosure": ("practitioner", reverse("families:disclosure_add", args=[family])),
        "correct a person": ("practitioner", reverse("families:person_correct", args=[person])),
        "contacts": ("practitioner", reverse("families:contacts", args=[person])),
    }


def _administration(made: Scene) -> dict[str, Page]:
    named = ("people", "teams", "organisation", "address_book")
    team, person = made.cast.team.public_id, made.cast.practitioner.public_id
    return {
        **{f"administration: {name}": ("administrator", reverse(f"administration:{name}")) for name in named},
        "administration: a team": ("administrator", reverse("administration:team", args=[team])),
        "administration: a person": ("administrator", reverse("administration:person", args=[person])),
        "administration: law": ("officer", reverse("administration:law")),
        "ledger": ("officer", reverse("administration:ledger")),
    }


def asks(bare: str, form: str) -> dict[str, Callable[[], object]]:
    """Each page as something to call: one request through every middleware, by somebody signed in."""
    made = scene(timezone.now())
    listed = {bare: ("practitioner", reverse("bare")), **pages(made, form)}
    clients: dict[str, Client] = {}
    for who in {who for who, _ in listed.values()}:
        clients[who] = Client()
        clients[who].force_login(getattr(made.cast, who))
    return {name: _opens(clients[who], path) for name, (who, path) in listed.items()}


def _opens(client: Client, path: str) -> Callable[[], object]:
    def ask() -> object:
        answer = client.get(path)
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return answer

    return ask
