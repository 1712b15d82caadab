"""The pages that benchmarks/scale.py opens: every list, every filter of the log, and a decision by its address."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.test import Client
from django.urls import reverse

from decisions.models import Decision, DecisionTeam
from reviews.queries import awaiting_review_by
from tests.cast import Cast
from ui.newer_older import Place


def asks(cast: Cast, decision: Decision, bare: str) -> dict[str, Callable[[], object]]:
    log, waiting = reverse("decisions:log"), awaiting_review_by(cast.supervisor)[0]
    of_log = {
        "outcome": "outcome=SHARED_ALL_NECESSARY",
        "outcome nobody chose": "outcome=STOPPED", "not sent": "outcome=not_sent",
        "consent": "consent=agreed", "consent nobody gave": "consent=no", "basis": "legal_basis=ART6_A",
        "basis of none": "legal_basis=none", "author": f"author={cast.practitioner.public_id}",
    }  # fmt: skip
    pages = {
        bare: ("practitioner", reverse("bare")),
        "home": ("practitioner", reverse("home")),
        "home, supervisor": ("supervisor", reverse("home")),
        "log": ("practitioner", log),
        "log, three years back": ("practitioner", f"{log}?before={_long_ago(decision)}"),
        **{f"log: {name}": ("practitioner", f"{log}?{query}") for name, query in of_log.items()},
        "log, supervisor": ("supervisor", log),
        "decision": ("practitioner", reverse("decisions:detail", args=[decision.public_id])),
        "print": ("practitioner", reverse("decisions:print", args=[decision.public_id])),
        "review queue": ("supervisor", reverse("reviews:queue")),
        "review": ("supervisor", reverse("reviews:review", args=[waiting.public_id])),
        "families": ("practitioner", reverse("families:list")),
        "family": ("practitioner", reverse("families:detail", args=[_family(decision)])),
        "decision of another team": ("practitioner", reverse("decisions:detail", args=[_of_another_team(cast)])),
        "start": ("practitioner", reverse("drafting:start")),
        "ledger": ("officer", reverse("administration:ledger")),
        "home, officer": ("officer", reverse("home")),
        "administration: people": ("administrator", reverse("administration:people")),
        "administration: teams": ("administrator", reverse("administration:teams")),
    }
    clients = {who: Client() for who, _ in pages.values()}
    for who, client in clients.items():
        client.force_login(getattr(cast, who))
    return {name: _opens(clients[who], path) for name, (who, path) in pages.items()}


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
    def ask() -> object:
        answer = client.get(path)
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return answer

    return ask
