"""Who has looked at a family or a decision: for its supervisors and the data protection officer, from the ledger."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.who_looked import PER_PAGE, may_see_who_looked
from audit import ledger, reads
from audit.reads import HOW, in_lists, reads_of
from decisions.actions import list_decisions, open_decision, print_decision
from families.models import Person
from rights.actions import pass_on_request
from tests.decisions.cases import Case
from tests.pages import PageClient, parsed
from tests.test_reads import shows

SignIn = Callable[[User], PageClient]


@pytest.fixture
def of_decision(closed: Case) -> str:
    return reverse("decisions:who_looked", args=[closed.decision.public_id])


@pytest.fixture
def of_family(closed: Case) -> str:
    return reverse("families:who_looked", args=[closed.family.public_id])


def cells(page: PageClient, path: str, table: int = 0) -> list[list[str]]:
    """The rows of a table, without their heading."""
    body = page.get(path).content.decode()
    tables = re.findall(r"<tbody.*?</tbody>", body, re.DOTALL)
    found = re.findall(r"<tr.*?</tr>", tables[table], re.DOTALL) if len(tables) > table else []
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]


def test_it_says_who_did_what_and_begins_with_whoever_asks(closed: Case, of_decision: str, as_user: SignIn) -> None:
    cast = closed.cast
    as_user(cast.teammate).get(reverse("decisions:detail", args=[closed.decision.public_id]))
    as_user(cast.practitioner).get(reverse("decisions:print", args=[closed.decision.public_id]))
    read = [line[1:] for line in cells(as_user(cast.supervisor), of_decision)]
    assert read[:3] == [
        [cast.supervisor.full_name, HOW["decision.who_looked_shown"]],
        [cast.practitioner.full_name, HOW["decision.printed"]],
        [cast.teammate.full_name, HOW["decision.opened"]],
    ]


def test_pages_lead_to_it(closed: Case, of_decision: str, of_family: str, as_user: SignIn) -> None:
    cast, today = closed.cast, timezone.localdate()
    request = pass_on_request(
        person=closed.family.people.order_by("pk")[0], submission_id=uuid4(), by=cast.practitioner, at=timezone.now(),
        answers={
            "kind": "ACCESS", "wanted": "All of it", "asker": "SELF", "asked_by_name": "", "received_on": today,
            "answer_how": "",
        },
    )  # fmt: skip
    detail = reverse("decisions:detail", args=[closed.decision.public_id])
    family = reverse("families:detail", args=[closed.family.public_id])
    asked = reverse("rights:detail", args=[request.public_id])
    for user, page, link in (
        (cast.supervisor, detail, of_decision), (cast.supervisor, family, of_family),
        (cast.officer, reverse("reports:decisions"), of_decision), (cast.officer, asked, of_family),
    ):  # fmt: skip
        assert f'href="{link}"' in as_user(user).get(page).content.decode(), page
    for page in (detail, family):
        assert "who-looked" not in as_user(cast.practitioner).get(page).content.decode(), page


def test_a_family_has_the_reads_of_its_people_too(closed: Case, of_family: str, as_user: SignIn) -> None:
    cast, person = closed.cast, closed.family.people.order_by("pk")[0]
    reader = as_user(cast.teammate)
    reader.get(reverse("families:contacts", args=[person.public_id]))
    reader.get(reverse("families:disclosure", args=[closed.disclosure.public_id]))
    lines = cells(as_user(cast.officer), of_family)
    how = {what for _, who, what in lines if who == cast.teammate.full_name}
    assert how >= {HOW["contacts.opened"], HOW["disclosure.opened"]}
    assert (lines[0][1], lines[0][2]) == (cast.officer.full_name, HOW["family.who_looked_shown"])


def test_it_has_no_case_text(closed: Case, of_decision: str, of_family: str, as_user: SignIn) -> None:
    client = as_user(closed.cast.officer)
    body = client.get(of_decision).content.decode() + client.get(of_family).content.decode()
    names = [closed.family.name, *Person.objects.filter(family=closed.family).values_list("name", flat=True)]
    assert [name for name in names if name in body] == []
    assert closed.decision.reference in body
    assert closed.family.reference in body


def test_lists_are_counted_by_who_saw_them(closed: Case, of_decision: str, as_user: SignIn) -> None:
    cast = closed.cast
    for user in (cast.teammate, cast.teammate, cast.practitioner):
        as_user(user).get(reverse("decisions:log"))
    list_decisions(listed="log", references=["D-000000"], by=cast.supervisor, at=timezone.now())
    counted = {who: times for who, times, _ in cells(as_user(cast.supervisor), of_decision, table=1)}
    assert counted == {cast.teammate.full_name: "2", cast.practitioner.full_name: "1"}


def test_only_the_newest_lists_are_looked_through(closed: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    cast, reference = closed.cast, closed.decision.reference
    list_decisions(listed="log", references=[reference], by=cast.teammate, at=timezone.now())
    list_decisions(listed="queue", references=[reference, "D-000000"], by=cast.supervisor, at=timezone.now())
    monkeypatch.setattr(reads, "MOST_LISTS", 1)
    found = in_lists(cast.organisation.pk, reference)
    assert [(actor, times) for actor, times, _ in found.people] == [(cast.supervisor.pk, 1)]
    assert found.lists == 1
    assert in_lists(cast.stranger.organisation.pk, reference).people == []


def test_it_goes_on_page_by_page(closed: Case, of_decision: str, as_user: SignIn) -> None:
    cast, decision, now = closed.cast, closed.decision, timezone.now()
    with ledger.recording(actor=cast.teammate, at=now):
        print_decision(decision=decision, by=cast.teammate, at=now)
        for _ in range(PER_PAGE):
            open_decision(decision=decision, by=cast.practitioner, at=now)
    client = as_user(cast.supervisor)
    first = client.get(of_decision).content.decode()
    [older] = [link.attrs["href"] for link in parsed(first).all("a") if link.attrs.get("rel") == "next"]
    assert cast.teammate.full_name not in first
    second = cells(client, of_decision + str(older))
    assert [cast.teammate.full_name, HOW["decision.printed"]] in [line[1:] for line in second]
    assert len(second) < PER_PAGE
    back = parsed(client.get(of_decision + str(older)).content.decode())
    [newer] = [link.attrs["href"] for link in back.all("a") if link.attrs.get("rel") == "prev"]
    assert len(cells(client, of_decision + str(newer))) == PER_PAGE


@pytest.mark.parametrize(
    ("who", "own", "other"),
    [("supervisor", True, False), ("officer", True, True), ("practitioner", False, False), ("teammate", False, False)],
)
def test_a_supervisor_sees_it_of_their_own_teams(closed: Case, who: str, own: bool, other: bool) -> None:  # noqa: FBT001
    """An administrator and the next organisation: tests/test_access_matrix.py."""
    cast, here = closed.cast, closed.cast.organisation.pk
    user = getattr(cast, who)
    assert may_see_who_looked(user, here, frozenset({cast.team.pk})) is own
    assert may_see_who_looked(user, here, frozenset({cast.other_team_row.pk})) is other
    assert not may_see_who_looked(user, cast.stranger.organisation.pk, frozenset({cast.team.pk}))


@pytest.mark.sqlite
def test_reads_are_found_by_their_index_in_their_order(closed: Case) -> None:
    """Whatever page of them, of a decision and its urgent record together, and lists as well."""
    here = closed.cast.organisation.pk
    about = {"decisions.decision": [closed.decision.pk], "families.person": [1, 2]}
    with CaptureQueriesContext(connection) as asked:
        for place in ({}, {"before": 9}, {"after": 2}):
            reads_of(here, about, count=5, **place)
        in_lists(here, closed.decision.reference)
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = [str(step[3]) for step in cursor.fetchall()]
            assert any("INDEX ledger_record" in step for step in plan), plan
            assert not any("ledger_chain" in step or step.startswith("SCAN audit_") for step in plan), plan


def test_every_entry_about_one_record_has_words_for_it() -> None:
    """Entries of lists, files, requests, incidents and reflections are about no family and no decision."""
    of_others = (
        "decisions.", "families.", "people.", "records.", "log.", "report", "ledger.", "rights.", "reflection.",
        "incident.", "emergency.", "emergencies.",
    )  # fmt: skip
    events = {event for found in shows().values() for event in found}
    about_one = {event for event in events if not event.startswith(of_others) and not event.endswith("refused")}
    assert about_one <= set(HOW)
    by_a_command = {"family.evidence_made", "decision.evidence_made"}
    assert set(HOW) <= events | by_a_command
