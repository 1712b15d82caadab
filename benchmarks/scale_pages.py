"""The pages that benchmarks/scale.py opens: every list, every filter of the log, and a decision by its address."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import Recipient
from decisions.models import Decision, DecisionTeam
from reviews.queries import awaiting_review_by
from tests.cast import Cast
from ui.newer_older import Place


def asks(cast: Cast, decision: Decision, bare: str) -> dict[str, Callable[[], object]]:
    pages = {
        bare: ("practitioner", reverse("bare")),
        "home": ("practitioner", reverse("home")),
        "home, supervisor": ("supervisor", reverse("home")),
        **_of_log(cast, decision),
        "decision": ("practitioner", reverse("decisions:detail", args=[decision.public_id])),
        "print": ("practitioner", reverse("decisions:print", args=[decision.public_id])),
        "decision of another team": ("practitioner", reverse("decisions:detail", args=[_of_another_team(cast)])),
        **_of_supervisor(cast),
        "families": ("practitioner", reverse("families:list")),
        "family": ("practitioner", reverse("families:detail", args=[_family(decision)])),
        "start": ("practitioner", reverse("drafting:start")),
        "rights requests": ("officer", reverse("rights:list")),
        "reflections": ("practitioner", reverse("reflections:list")),
        "ledger": ("officer", reverse("administration:ledger")),
        "home, officer": ("officer", reverse("home")),
        "administration: people": ("administrator", reverse("administration:people")),
        "administration: teams": ("administrator", reverse("administration:teams")),
    }
    clients = {who: Client() for who, _ in pages.values()}
    for who, client in clients.items():
        client.force_login(getattr(cast, who))
    opened = {name: _opens(clients[who], path) for name, (who, path) in pages.items()}
    return {**opened, **_posted(clients)}


def _of_log(cast: Cast, decision: Decision) -> dict[str, tuple[str, str]]:
    """Each filter twice: where most match, and where hardly any or none do."""
    log, long_ago = reverse("decisions:log"), _long_ago(decision)
    old = (long_ago.at.date(), long_ago.at.date() + timedelta(days=7))
    filters = {
        "outcome": "outcome=SHARED_ALL_NECESSARY",
        "outcome nobody chose": "outcome=STOPPED", "not sent": "outcome=not_sent",
        "consent": "consent=agreed", "consent nobody gave": "consent=no", "basis": "legal_basis=ART6_A",
        "basis of none": "legal_basis=none", "author": f"author={cast.practitioner.public_id}",
        "author and outcome nobody chose": f"author={cast.practitioner.public_id}&outcome=STOPPED",
        "child": f"child={decision.people.order_by('pk')[0].person.public_id}",
        "family": f"family={_family(decision)}",
        "recipient not in the address book": "recipient=other",
        "recipient nobody shares with": f"recipient={_unused_recipient(cast)}",
        "team": f"team={cast.team.public_id}", "other teams": "team=other",
        "agreed in review": "review=AGREED", "waiting for review": "review=waiting",
        "sent back": "review=RETURNED", "disagreed": "review=DISAGREED",
        **{f"overdue, {what}": f"overdue={what}" for what in ("anything", "sending", "informing", "reply", "group")},
        "one week years ago": f"decided_from={old[0]}&decided_to={old[1]}",
        "since a week, consent nobody gave": f"decided_from={old[0]}&consent=no",
    }  # fmt: skip
    return {
        "log": ("practitioner", log),
        "log, three years back": ("practitioner", f"{log}?before={long_ago}"),
        **{f"log: {name}": ("practitioner", f"{log}?{query}") for name, query in filters.items()},
        "log, supervisor": ("supervisor", log),
        "log, supervisor: disagreed": ("supervisor", f"{log}?review=DISAGREED"),
    }


def _of_supervisor(cast: Cast) -> dict[str, tuple[str, str]]:
    waiting, figures = awaiting_review_by(cast.supervisor)[0], reverse("reports:decisions")
    pages = {
        "review queue": reverse("reviews:queue"),
        "review queue, mine": f"{reverse('reviews:queue')}?show=mine",
        "review": reverse("reviews:review", args=[waiting.public_id]),
        "reports": reverse("reports:dashboard"),
        "reports: decisions": figures,
        "reports: against a refusal": f"{figures}?figure=against_refusal",
        "reports: pack": reverse("reports:pack"),
        "reports: export": reverse("reports:export"),
    }
    return {name: ("supervisor", path) for name, path in pages.items()}


def _posted(clients: dict[str, Client]) -> dict[str, Callable[[], object]]:
    """The filled site has no words to find (benchmarks/search.py has): what is measured is all but the finding."""
    search, export = reverse("search"), f"{reverse('reports:export')}?consent=no"
    return {
        "search": lambda: _fine(search, clients["practitioner"].post(search, {"words": "zebedee"})),
        "reports: export as CSV, of none": lambda: b"".join(_streamed(clients["supervisor"], export)),
    }


def _streamed(client: Client, path: str) -> Iterable[bytes]:
    answer: Any = _fine(path, client.post(path))
    found: Iterable[bytes] = answer.streaming_content
    return found


def _unused_recipient(cast: Cast) -> UUID:
    plain: models.QuerySet[Recipient] = models.QuerySet(Recipient)
    plain.bulk_create([Recipient(organisation=cast.organisation, name="Nobody's office", kind="other")])
    found: UUID = plain.filter(name="Nobody's office")[0].public_id
    return found


def _family(decision: Decision) -> UUID:
    [link] = decision.decision_families.select_related("family")
    found: UUID = link.family.public_id
    return found


def _of_another_team(cast: Cast) -> UUID:
    """A decision that the practitioner sees because their team works with its family."""
    row = DecisionTeam.objects.filter(team=cast.team, own=False).exclude(decision__team=cast.other_team_row)[0]
    found: UUID = row.decision.public_id
    return found


def _long_ago(decision: Decision) -> Place:
    return Place((decision.decided_at or decision.started_at) - timedelta(days=950), 0)


def _opens(client: Client, path: str) -> Callable[[], object]:
    return lambda: _fine(path, client.get(path))


def _fine(path: str, answer: Any) -> object:
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return answer
