"""What a decision is found by in the log: rows kept by triggers, and every filter finds by them what it matches."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import QueryDict

from accounts.models import Membership, Recipient, User
from accounts.roles import Role
from decisions import newest
from decisions.forms.log import LogFilter
from decisions.models import (
    Decision,
    DecisionPerson,
    DecisionProvision,
    DecisionRecipient,
    DecisionTeam,
    FiledUnder,
    OpenMatter,
    Sending,
)
from decisions.presenters.log import CONSENT_GROUPS
from families.models import FamilyTeam
from reviews.actions import record_review
from reviews.models import Review
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import copy, plain, recorded_twin, refused, sql, twin_of
from tests.decisions.test_decision_teams import LOOKS, STEPS, _world

cast, now, decision = closed.cast, closed.now, closed.decision
KEPT = "kept by the database"
Row = tuple[int, int, bool, str]


def _closed(row: Decision) -> Iterator[str]:
    """The rule in plain words."""
    yield f"outcome:{row.outcome}"
    groups = {state: group.key for group in CONSENT_GROUPS for state in group.states}
    yield from (f"consent:{groups[person.consent_state]}" for person in row.people.all())
    bases = {provision.code for provision in row.provisions.all() if provision.layer == "L1"}
    yield from (f"basis:{code}" for code in bases or {"none"})
    yield from (f"recipient:{recipient.recipient_id or 'other'}" for recipient in row.recipients.all())


def _expected() -> Iterator[Row]:
    for place in DecisionTeam.objects.select_related("decision"):
        yield from ((place.decision_id, place.team_id, place.own, under) for under in set(_closed(place.decision)))
    for matter in OpenMatter.objects.select_related("decision"):
        yield (matter.decision_id, matter.decision.team_id, True, f"open:{matter.kind}")
    for row in Decision.objects.filter(pk__in=Review.objects.values("decision")):
        said = set(Review.objects.filter(decision=row.pk).values_list("outcome", flat=True))
        yield from ((row.pk, row.team_id, True, f"review:{outcome}") for outcome in said)


def _rows() -> list[Row]:
    return sorted(FiledUnder.objects.values_list("decision", "team", "own", "under"))


def test_whatever_happens_the_rows_are_those_of_the_rule(decision: Decision, cast: Cast, now: datetime) -> None:
    world = _world(1, decision)
    for _ in range(LOOKS):
        for _ in range(STEPS // LOOKS):
            world.step()
        assert _rows() == sorted(_expected())
    record_review(decision=decision, outcome="DISAGREED", comment="Why now?", by=cast.supervisor, at=now)
    [sending, *_] = decision.sendings.all()
    plain(Sending).bulk_create([copy(sending, received_by="", sent_at=now)])
    assert _rows() == sorted(_expected())
    assert {"review:DISAGREED", "open:review", "open:unanswered"} <= {under for *_, under in _rows()}


def test_a_row_that_is_not_so_is_refused(decision: Decision, cast: Cast) -> None:
    own = FiledUnder.objects.get(decision=decision, under__startswith="outcome:")
    wrong: list[dict[str, Any]] = [
        {"under": "outcome:STOPPED"}, {"under": "open:question"}, {"under": "consent:no_answer"},
        {"team_id": cast.other_team_row.pk, "own": False, "under": "review:AGREED"},
        {"under": "review:AGREED", "decided_at": own.decided_at - timedelta(days=1)},
        {"under": "review:AGREED", "author_id": cast.teammate.pk},
        {"under": "review:AGREED", "decision_id": twin_of(decision).pk},
    ]  # fmt: skip
    for columns in wrong:
        with refused(KEPT):
            plain(FiledUnder).bulk_create([copy(own, **columns)])


def test_a_row_that_is_so_is_neither_changed_nor_taken_away(decision: Decision) -> None:
    table = FiledUnder._meta.db_table
    for under in ("outcome:", "consent:", "open:review"):
        with refused(KEPT):
            sql(f"DELETE FROM {table} WHERE under LIKE '{under}%%'")
    for change in ("under = 'x'", "decided_at = decided_at"):
        with refused(KEPT):
            sql(f"UPDATE {table} SET {change}")


# By name, what the form is asked for.
FILTERS: dict[str, Callable[[Cast], dict[str, Any]]] = {
    "outcome": lambda _: {"outcome": "SHARED_ALL_NECESSARY"},
    "an outcome of one": lambda _: {"outcome": "SHARED_PART"},
    "not sent": lambda _: {"outcome": "not_sent"},
    **{f"consent, {group.key}": lambda _, key=group.key: {"consent": key} for group in CONSENT_GROUPS},  # type: ignore[misc]
    "basis": lambda _: {"legal_basis": DecisionProvision.objects.filter(layer="L1")[0].code},
    "no basis": lambda _: {"legal_basis": "none"},
    "author": lambda cast: {"author": cast.teammate.public_id},
    "author and outcome": lambda cast: {"author": cast.practitioner.public_id, "outcome": "SHARED_PART"},
    "recipient": lambda _: {"recipient": Recipient.objects.get(name="The clinic").public_id},
    "another recipient": lambda _: {"recipient": "other"},
    "team": lambda cast: {"team": cast.team.public_id},
    "other teams": lambda _: {"team": "other"},
    "all that they supervise": lambda _: {"team": "supervised"},
    **{f"review, {state}": lambda _, state=state: {"review": state}  # type: ignore[misc]
       for state in ("waiting", "AGREED", "DISAGREED", "RETURNED")},
    **{f"overdue, {what}": lambda _, what=what: {"overdue": what}  # type: ignore[misc]
       for what in ("anything", "sending", "informing", "reply", "review_date", "group")},
    "days": lambda _: {"decided_from": ("2000", "1", "1"), "decided_to": ("2099", "1", "1")},
    "several": lambda _: {"consent": "agreed", "outcome": "SHARED_ALL_NECESSARY", "review": "waiting"},
}  # fmt: skip
# Nothing in the scene is so.
NOTHING = {"overdue, group", "overdue, reply", "overdue, informing", "review, RETURNED", "other teams", "no basis",
           "consent, unanswered", "consent, not_needed"}  # fmt: skip


@pytest.fixture(scope="module")
def several(cast: Cast, decision: Decision, now: datetime) -> list[Decision]:
    """Of two teams and two authors, about one family that both teams know, and of many kinds."""
    clinic = plain(Recipient).bulk_create([Recipient(organisation=cast.organisation, name="The clinic", kind="health")])
    both = ((cast.practitioner, cast.team), (cast.teammate, cast.other_team_row))
    made: list[Decision] = []
    for state in sorted(state for group in CONSENT_GROUPS for state in group.states):
        by, team = both[len(made) % 2]
        changed: dict[str, Any] = {"author": by, "author_name": by.full_name, "team": team}
        changed |= {"outcome": "SHARED_PART"} if len(made) == 2 else {}
        at = now - timedelta(days=len(made), hours=1)
        draft = twin_of(decision)
        to = clinic[0] if len(made) < 2 else None
        plain(DecisionRecipient).filter(decision=draft).update(recipient=to)
        sendings = plain(Sending).filter(decision=draft)
        sendings.update(received_by="")
        if len(made) == 1:
            sendings._raw_delete("default")
        with suppress(DatabaseError), transaction.atomic():  # what may not be recorded so is left out
            plain(DecisionPerson).filter(decision=draft).update(consent_state=state)
            plain(Decision).filter(pk=draft.pk).update(state="recorded", recorded_at=at, decided_at=at, **changed)
            made.append(Decision.objects.get(pk=draft.pk))
    assert len(made) > 3
    made.append(recorded_twin(decision, at=now - timedelta(days=3), look_again_on=now.date() - timedelta(days=2)))
    [link] = decision.decision_families.all()
    row = FamilyTeam(organisation=cast.organisation, family_id=link.family_id, team=cast.other_team_row)
    plain(FamilyTeam).bulk_create([row])
    for reviewed, outcome in ((made[0], "AGREED"), (made[2], "DISAGREED")):
        record_review(decision=reviewed, outcome=outcome, comment="Because.", by=cast.supervisor, at=now)
    return [decision, *made]


def _in_both(cast: Cast) -> Iterator[User]:
    for user, role in ((cast.practitioner, Role.PRACTITIONER), (cast.supervisor, Role.SUPERVISOR)):
        place = {"organisation": cast.organisation, "team": cast.other_team_row, "role": role}
        plain(Membership).bulk_create([Membership(user=user, **place)])
        yield User.objects.get(pk=user.pk)


@pytest.mark.in_turn(4)
@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_finds_all_that_match_of_what_they_see(name: str, cast: Cast, several: list[Decision]) -> None:
    found_some = False
    users = (cast.practitioner, cast.supervisor, cast.other_team, cast.stranger.practitioner, *_in_both(cast))
    for user in users:
        form = LogFilter(_asked(**FILTERS[name](cast)), user=user)
        if not form.is_valid():
            continue
        seen = form.narrowed(Decision.objects.recorded().visible_to(user)).order_by("-decided_at", "-pk")
        page = newest.page(user, QueryDict(), form.narrowed, form.scan())
        assert [row.pk for row in page.rows] == [row.pk for row in seen[: newest.PER_PAGE]], user
        found_some |= bool(page.rows)
    assert found_some or name in NOTHING


def _asked(**chosen: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in chosen.items():
        if isinstance(value, tuple):
            query.update({f"{name}_{number}": part for number, part in enumerate(reversed(value))})
        else:
            query[name] = str(value)
    return query
