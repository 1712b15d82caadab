"""What a search finds, for whom, and what it leaves in the ledger."""

from collections.abc import Callable
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Membership, User
from audit import ledger
from decisions.actions import add_addition
from decisions.models import Decision
from decisions.searching import Results, search
from families.actions import (
    add_person,
    add_team_to_family,
    correct_family,
    correct_person,
    register_family,
    remove_team_from_family,
)
from families.details import PersonDetails
from families.models import Family, Person
from search import index
from search.index import ROWS, Kind
from search.models import SearchRow
from search.wanted import wanted
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import Case
from tests.families.household import NOW, entries
from tests.in_turn import in_turn
from tests.pages import PageClient

cast, now, family = closed.cast, closed.now, closed.family

SignIn = Callable[[User], PageClient]
NASTY = [
    "'; DROP TABLE x; --",
    '"',
    "\x00",
    "* OR *",
    "a:b",
    "NEAR(a b)",
    "((",
    "\\",
    "x" * 5000,
    "a " * 500,
    "🙂",
    "::",
]


@pytest.fixture(scope="module")
def decision(_closed: Case) -> Decision:
    """With its words: a scene that is written again has rows alone (tests/built_once.py)."""
    call_command("rebuild_search", stdout=StringIO())
    found: Decision = Decision.objects.recorded().get(pk=_closed.decision.pk)
    return found


def shape(found: Results) -> tuple[int, int, int, bool]:
    return len(found.people.rows), len(found.families.rows), len(found.decisions.rows), found.similar


def named(family: Family, name: str, by: User, **details: Any) -> Person:
    return add_person(family=family, details=PersonDetails(name=name, **details), by=by, at=NOW)


def typed_of(decision: Decision, family: Family) -> list[str]:
    """Names, references and case text of everything in the scene."""
    people = [person.name for person in family.people.all()]
    recipients = [row.name for row in decision.recipients.all()]
    return [*people, *recipients, family.name, family.reference, decision.reference, decision.facts.split()[1]]


def test_its_team_finds_it_by_each_of_its_words(cast: Cast, decision: Decision, family: Family) -> None:
    """The author by each; the others by each third of them a day."""
    every = typed_of(decision, family)
    for user in (cast.practitioner, cast.teammate, cast.supervisor):
        for words in every if user == cast.practitioner else in_turn(every, of=3):
            assert sum(shape(search(words, user))) > 0, words
        assert list(search(decision.reference, user).decisions.rows) == [decision]
        assert list(search(family.reference, user).families.rows) == [family]


def test_nobody_else_finds_anything_nor_anything_like_it(cast: Cast, decision: Decision, family: Family) -> None:
    """Each third of the words a day."""
    next_door = cast.stranger
    for user in (cast.other_team, cast.administrator, cast.officer, next_door.practitioner, next_door.supervisor):
        for words in in_turn(typed_of(decision, family), of=3):
            assert shape(search(words, user)) == (0, 0, 0, False), (user.email, words)
            assert shape(search(words[:-1], user)) == (0, 0, 0, False), (user.email, words)


def test_a_page_with_nothing_reads_the_same_whether_others_have_it(
    cast: Cast, decision: Decision, family: Family, as_user: SignIn
) -> None:
    client = as_user(cast.other_team)
    words = [family.name, decision.reference, "Zebedee"]
    pages = [client.post(reverse("search"), {"words": one}).content.decode().replace(one, "") for one in words]
    assert len({page.count("<") for page in pages}) == 1
    assert all("Nothing found" in page for page in pages)


def test_another_team_of_the_family_finds_all_of_it_and_no_longer(
    cast: Cast, decision: Decision, family: Family
) -> None:
    there: dict[str, Any] = {"family": family, "team": cast.other_team_row, "by": cast.practitioner, "at": NOW}
    add_team_to_family(**there)
    assert list(search(decision.reference, cast.other_team).decisions.rows) == [decision]
    assert list(search(family.reference, cast.other_team).families.rows) == [family]
    remove_team_from_family(**there)
    for words in (decision.reference, *in_turn(typed_of(decision, family), of=3)):
        assert shape(search(words, cast.other_team)) == (0, 0, 0, False), words


def test_a_family_that_only_one_of_two_teams_knows_keeps_its_decision(
    cast: Cast, decision: Decision, family: Family
) -> None:
    """Found among the words of the team, and still not shown: the rule about every family is asked last."""
    terms: dict[str, Any] = {"teams": [cast.other_team_row.pk], "words": {"planted"}}
    index.add_words(Kind.DECISION, decision.pk, organisation=decision.organisation_id, **terms)
    assert index.find(Kind.DECISION, wanted("planted"), [cast.other_team_row.pk]) == [decision.pk]
    assert shape(search("planted", cast.other_team)) == (0, 0, 0, False)


def test_what_was_added_later_is_found(cast: Cast, decision: Decision) -> None:
    assert not search("zeppelin", cast.supervisor).any
    answers = {"kind": "AMENDMENT", "section": "concern", "text": "He drew a zeppelin"}
    add_addition(decision=decision, person=None, answers=answers, submission_id=uuid4(), by=cast.practitioner, at=NOW)
    assert list(search("zeppelin", cast.supervisor).decisions.rows) == [decision]


def test_a_corrected_name_is_found_and_the_old_one_is_not(cast: Cast, family: Family) -> None:
    by = cast.practitioner
    person = named(family, "Wilhelmina", by, known_as="Mina, Billie Hartwell")
    assert [row.name for row in search("billie", by).people.rows] == ["Wilhelmina"]
    details = PersonDetails(name="Esperanza")
    correct_person(person=person, details=details, version=1, why="Misheard", by=by, at=NOW)
    assert shape(search("wilhelmina", by)) == shape(search("billie", by)) == (0, 0, 0, False)
    correct_family(family=family, name="Vandersloot", version=1, why="Misheard", by=by, at=NOW)
    assert [row.name for row in search("esperanza vandersloot", by).people.rows] == ["Esperanza"]


def test_who_left_the_team_finds_what_they_wrote(cast: Cast, decision: Decision, family: Family) -> None:
    by = cast.practitioner
    with ledger.recording(actor=None, at=NOW):
        Membership.objects.get(user=by).delete()
        Membership(organisation=cast.organisation, user=by, team=cast.other_team_row, role="practitioner").save()
    by.forget_roles()
    assert shape(search(decision.reference, by)) == (0, 0, 1, False)
    assert shape(search(family.reference, by))[:2] == (0, 0)


def test_similar_names_where_nothing_is_spelt_like_that(cast: Cast, family: Family) -> None:
    by = cast.practitioner
    named(family, "Muhammad Zaynab", by)
    found = search("Mohamed Zainab", by)
    assert (found.similar, [row.name for row in found.people.rows]) == (True, ["Muhammad Zaynab"])
    assert not search("Muhammad Zaynab", by).similar


def test_at_most_twenty_of_each_and_no_number(cast: Cast, as_user: SignIn) -> None:
    by = cast.practitioner
    for number in range(21):
        named_family = register_family(name=f"Quillfeather {number}", teams=[cast.team], by=by, at=NOW)
    named(named_family, "Ottoline", by)
    page = as_user(by).post(reverse("search"), {"words": "quillfeather"}).content.decode()
    assert page.count("Quillfeather ") == 20 + 1
    assert "There are more. Add another word." in page
    assert "of 21" not in page
    assert "21 " not in page


@pytest.mark.parametrize("words", NASTY)
def test_whatever_is_typed_is_answered(cast: Cast, decision: Decision, words: str) -> None:
    assert isinstance(search(words, cast.practitioner), Results)


def test_a_search_and_what_it_showed_are_entries_without_its_words(
    cast: Cast, decision: Decision, family: Family, as_user: SignIn
) -> None:
    child = family.people.order_by("pk")[0].name
    as_user(cast.practitioner).post(reverse("search"), {"words": child})
    [made], [shown] = entries("records.searched"), entries("records.results_shown")
    assert made.additional_data == {"characters": len(child), "words": len(child.split())}
    assert decision.reference in shown.additional_data["decisions"]
    everything = " ".join(str(value) for entry in (made, shown) for value in vars(entry).values())
    assert not [word for word in (*child.split(), family.name) if word in everything]


def test_a_search_that_finds_nothing_is_an_entry(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    as_user(cast.practitioner).post(reverse("search"), {"words": "Zebedee"})
    assert (len(entries("records.searched")), len(entries("records.results_shown"))) == (1, 0)


def test_words_in_the_address_are_not_searched_for(cast: Cast, family: Family, as_user: SignIn) -> None:
    page = as_user(cast.practitioner).get(reverse("search"), {"words": family.name})
    assert (page.status_code, family.name in page.content.decode()) == (200, False)
    assert not entries("records.searched")


def test_more_found_costs_no_more_queries(
    cast: Cast, decision: Decision, family: Family, django_assert_max_num_queries: Any
) -> None:
    by = cast.practitioner
    for number in range(6):
        named(family, f"Thistlewood {number}", by)
    with django_assert_max_num_queries(10):
        assert len(search("thistlewood", by).people.rows) == 6


@pytest.mark.parametrize("kind", list(Kind))
def test_each_search_reads_the_index(cast: Cast, decision: Decision, kind: Kind) -> None:
    sql, params = index.statement(
        kind, wanted("Ashworth o'neill"), [f"{kind[0]}{cast.team.pk}:0", f"{kind[0]}{cast.other_team_row.pk}:0"]
    )
    with connection.cursor() as cursor, transaction.atomic():
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}", params)
        plan = " ".join(str(row) for row in cursor.fetchall())
    if connection.vendor == "postgresql":
        assert "Bitmap Index Scan on search_words" in plan
    else:
        assert "VIRTUAL TABLE INDEX" in plan
        assert f"SCAN {ROWS}" not in plan
        assert "USING INTEGER PRIMARY KEY" in plan


def test_rebuilding_finds_the_same(cast: Cast, decision: Decision, family: Family) -> None:
    words = in_turn(typed_of(decision, family))
    before = [shape(search(one, cast.teammate)) for one in words]
    SearchRow.objects.all().delete()
    assert not search(family.reference, cast.teammate).any
    call_command("rebuild_search", stdout=StringIO())
    assert [shape(search(one, cast.teammate)) for one in words] == before


def test_a_row_finds_one_thing_says_the_database(cast: Cast, decision: Decision, family: Family) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {ROWS} (organisation_id) VALUES (%s)", [cast.organisation.pk])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {ROWS} SET decision_id = %s WHERE family_id = %s", [decision.pk, family.pk])


@pytest.mark.sqlite
def test_the_words_of_a_deleted_row_go_too(cast: Cast, decision: Decision) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ROWS} WHERE decision_id = %s", [decision.pk])
        cursor.execute(f"SELECT count(*) FROM search_words WHERE rowid NOT IN (SELECT id FROM {ROWS})")
        assert cursor.fetchone() == (0,)
