"""What was said about the law, by SQL: written once by somebody of the organisation, and never touched again."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from decisions.actions import check_commencement
from decisions.models import LawNotice
from tests import shared
from tests.cast import Cast
from tests.decisions.cases import copy, plain, refused, sql
from tests.decisions.law_said import CSA, commenced, local, proposed, retired, taken_back
from tests.decisions.test_triggers_closed import insert

TABLE = LawNotice._meta.db_table
COLUMNS: list[tuple[str, object]] = [
    ("what", "retired"), ("code", "ART6_A"), ("on_day", date(2020, 1, 1)), ("source", "Somebody said so"),
    ("why", "Because"), ("provision", "{}"), ("local_code", "LOCAL_X"), ("written_at", "2020-01-01 00:00:00+00:00"),
    ("public_id", "00000000000040008000000000000000"), ("id", 99),
]  # fmt: skip


cast = shared.cast


@pytest.fixture(scope="module")
def said(cast: Cast) -> list[LawNotice]:
    """One of each kind."""
    by = cast.officer
    begun, own, away = commenced(by), local(by), retired(by)
    wrong = proposed(by, code=CSA)
    no = check_commencement(
        proposal=wrong, agrees=False, why="It says 2027", by=cast.administrator, at=wrong.written_at
    )
    assert begun.proposal
    return [begun.proposal, begun, own, away, taken_back(begun, by), taken_back(away, by), wrong, no]


def test_there_is_one_of_each_kind(said: list[LawNotice]) -> None:
    assert {one.what for one in said} == set(LawNotice.What.values)


@pytest.mark.parametrize(("column", "value"), COLUMNS, ids=[name for name, _ in COLUMNS])
def test_no_statement_changes_it(said: list[LawNotice], column: str, value: object) -> None:
    for one in said:
        with refused("append-only"):
            sql(f"UPDATE {TABLE} SET {column} = %s WHERE id = %s", value, one.pk)
        assert plain(LawNotice).get(pk=one.pk) == one


def test_none_takes_it_away_or_to_somebody_else(cast: Cast, said: list[LawNotice]) -> None:
    theirs = cast.stranger
    for statement in (
        f"DELETE FROM {TABLE}",
        f"UPDATE {TABLE} SET source = source",
        f"UPDATE {TABLE} SET organisation_id = {theirs.organisation.pk}, written_by_id = {theirs.officer.pk}",
    ):
        with refused("append-only"):
            sql(statement)
    assert plain(LawNotice).count() == len(said)


def test_the_orm_is_refused_too(said: list[LawNotice]) -> None:
    for one in said:
        with refused("append-only"):
            plain(LawNotice).filter(pk=one.pk).update(source="Changed")
        with refused("append-only"):
            plain(LawNotice).filter(pk=one.pk)._raw_delete(using="default")


@pytest.mark.postgres
def test_the_table_is_not_emptied(said: list[LawNotice]) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with refused("append-only"):
        sql(f"TRUNCATE {TABLE}")


@pytest.mark.sqlite
def test_nothing_replaces_it(said: list[LawNotice]) -> None:
    names = ", ".join(field.column for field in LawNotice._meta.concrete_fields)
    for one in said:
        with refused("append-only"):
            sql(f"INSERT OR REPLACE INTO {TABLE} ({names}) SELECT {names} FROM {TABLE} WHERE id = %s", one.pk)


class TestWhoseItIs:
    def test_somebody_of_another_organisation_writes_nothing_here(self, cast: Cast, said: list[LawNotice]) -> None:
        for one in (each for each in said if each.proposal is None):
            with refused("a row belongs to one organisation"):
                insert(
                    copy(one, local_code=None, what="not_retired", on_day=None, written_by_id=cast.stranger.officer.pk)
                )

    def test_nor_for_another_organisation(self, cast: Cast, said: list[LawNotice]) -> None:
        for one in (each for each in said if each.proposal is None):
            with refused("a row belongs to one organisation"):
                insert(copy(one, organisation_id=cast.stranger.organisation.pk))

    def test_theirs_by_theirs_is_let_in(self, cast: Cast, said: list[LawNotice]) -> None:
        theirs = {"organisation_id": cast.stranger.organisation.pk, "written_by_id": cast.stranger.officer.pk}
        alone = [one for one in said if one.proposal is None]
        for one in alone:
            insert(copy(one, **theirs))
        assert plain(LawNotice).count() == len(said) + len(alone)


def is_refused(name: str) -> Any:
    """SQLite does not name a unique key."""
    if connection.vendor == "postgresql":
        return refused(name)
    return refused(f"{name}|UNIQUE constraint failed|append-only")


class TestConstraints:
    def test_a_code_is_made_once(self, cast: Cast) -> None:
        own = local(cast.officer)
        with is_refused("law_notice_local_code_once"):
            insert(copy(own))
        with is_refused("law_notice_local_code_once"):
            insert(copy(own, source="Another"))

    def test_the_same_code_next_door_is_another(self, cast: Cast) -> None:
        assert local(cast.officer).code == local(cast.stranger.officer).code

    @pytest.mark.parametrize(
        ("changed", "name"),
        [
            ({"what": "local"}, "law_notice_local_has_its_code"),
            ({"what": "local", "local_code": "LOCAL_OTHER"}, "law_notice_local_has_its_code"),
            ({"local_code": "CA04_16LA"}, "law_notice_local_has_its_code"),
            ({"on_day": None}, "law_notice_has_its_day"),
            ({"what": "not_commenced"}, "law_notice_has_its_day"),
            ({"what": "not_retired"}, "law_notice_has_its_day"),
            ({"what": "retired", "on_day": None}, "law_notice_has_its_day"),
            ({"what": "nonsense"}, "law_notice_has_its_day"),
            ({"source": ""}, "law_notice_has_a_source"),
            ({"code": ""}, "law_notice_has_a_source"),
            ({"source_title": ""}, "law_notice_of_a_commencement"),
            ({"looked_up_on": None}, "law_notice_of_a_commencement"),
            ({"what": "commenced"}, "law_notice_of_a_commencement"),
            ({"what": "not_confirmed", "on_day": None, "why": "No"}, "law_notice_of_a_commencement"),
        ],
        ids=str,
    )
    def test_what_makes_no_sense(self, cast: Cast, changed: dict[str, Any], name: str) -> None:
        with refused(name):
            insert(copy(proposed(cast.officer), **changed))


class TestTwoPeople:
    """Nothing but a second person's answer says that a law has commenced, whoever writes to the database."""

    def answer(self, proposal: LawNotice, by: User, **changed: Any) -> LawNotice:
        known = {"what": "commenced", "proposal_id": proposal.pk, "written_by_id": by.pk, "written_by_name": "A"}
        made: LawNotice = copy(proposal, **{**known, **changed})
        return made

    def test_the_two_differ(self, cast: Cast) -> None:
        proposal = proposed(cast.officer)
        with refused("nobody checks what they proposed"):
            insert(self.answer(proposal, cast.officer))
        insert(self.answer(proposal, cast.administrator))

    @pytest.mark.parametrize(
        "changed", [{"code": CSA}, {"on_day": date(2027, 1, 1)}], ids=["another law", "another day"]
    )
    def test_the_answer_is_about_the_same(self, cast: Cast, changed: dict[str, Any]) -> None:
        with refused("answers a proposal about the same law"):
            insert(self.answer(proposed(cast.officer), cast.administrator, **changed))

    def test_only_a_proposal_is_answered_and_once(self, cast: Cast) -> None:
        begun = commenced(cast.officer)
        with refused("answers a proposal about the same law"):
            insert(self.answer(begun, cast.officer))
        assert begun.proposal
        with is_refused("decisions_lawnotice_proposal_id"):
            insert(self.answer(begun.proposal, cast.administrator))
