"""Whom a line of a list is about: enough to know the child by, never two who read the same, nothing on unseen rows."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision, DecisionPerson, DecisionRecipient
from decisions.presenters.people_on_lists import several, who, who_is_on
from drafting.actions import start
from families.actions import add_team_to_family
from families.models import Family
from families.names import first_name_and_initial
from tests.cast import Cast
from tests.decisions import closed
from tests.pages import PageClient, parsed

SignIn = Callable[[User], PageClient]
cast, now, family, decision = closed.cast, closed.now, closed.family, closed.decision
# No engine would answer differently.
pytestmark = pytest.mark.sqlite
BORN = date(2019, 5, 3)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Mia Kent", "Mia K."),
        ("Mary-Jane O'Neill", "Mary-Jane O."),
        ("Aisha bint Khalid", "Aisha K."),
        ("Zoe\u0301 E\u0301mile", "Zoé É."),
        ("محمد علي", "محمد ع."),
        ("राम कीर्ति", "राम की."),
        ("王伟", "王伟"),
        ("Mia", "Mia"),
        ("Mia K.", "Mia K."),
        ("Child 2", "Child 2"),
        ("Mia (twin)", "Mia (twin)"),
    ],
)
def test_first_name_and_initial(name: str, short: str) -> None:
    assert first_name_and_initial(name) == short


def person(key: int, name: str, role: str = "child", **more: Any) -> DecisionPerson:
    return DecisionPerson(pk=key, person_id=key, name=name, role=role, **more)


def about(*people: DecisionPerson, to: tuple[str, ...] = (), outcome: str = "SHARED_PART", key: int = 1) -> Decision:
    """As one is that was read with its parts."""
    made = Decision(pk=key, state="recorded", outcome=outcome)
    recipients = [DecisionRecipient(pk=number, name=name) for number, name in enumerate(to)]
    for row in people:
        row.decision_id = key
    made._prefetched_objects_cache = {"people": people, "recipients": recipients}  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([person(1, "Mia Kent"), person(2, "Kerry Kent", "mother")], "Mia K."),
        ([person(1, "Mia Kent"), person(2, "Jay Kent")], "Mia K. and Jay K."),
        ([person(1, "Unborn baby of Kerry", "unborn"), person(2, "Kerry Kent", "mother")], "Unborn baby of Kerry"),
        ([person(1, "Kerry Kent", "mother"), person(2, "Lee Moss", "partner")], "Kerry K. and Lee M."),
        ([person(number, f"Child{number} Kent") for number in range(5)], "Child0 K., Child1 K. and 3 more"),
        ([], ""),
    ],
)
def test_children_or_everybody_where_there_is_no_child(people: list[DecisionPerson], words: str) -> None:
    [found] = who([about(*people)]).values()
    assert found.about == words


def test_to_whom_only_where_something_is_shared() -> None:
    services = ("Police", "School", "Clinic", "Housing")
    assert who([about(to=services)])[1].to == "Police, School and 2 more"
    assert who([about(to=services, outcome="NOT_SHARED")])[1].to == ""
    assert several(["Police"]) == "Police"


def test_two_who_read_the_same_are_told_apart_by_their_names() -> None:
    rows = [about(person(1, "Mia Kent")), about(person(2, "Mia Kerr"), key=2), about(person(3, "Jay Kent"), key=3)]
    assert [one.about for one in who(rows).values()] == ["Mia Kent", "Mia Kerr", "Jay K."]


def test_one_child_on_two_decisions_needs_no_difference() -> None:
    rows = [about(person(1, "Mia Kent")), about(person(1, "Mia Kent"), key=2)]
    assert [one.about for one in who(rows).values()] == ["Mia K.", "Mia K."]


def test_two_of_one_whole_name_are_told_apart_by_age_or_family(family: Family) -> None:
    mine = [row.pk for row in family.people.order_by("pk")[:2]]
    rows = [
        about(person(mine[0], "Mia Kent", date_of_birth=BORN)),
        about(person(mine[1], "Mia Kent", age=9, age_on=BORN), key=2),
    ]
    shown = [one.about for one in who(rows).values()]
    assert shown == ["Mia Kent (born 3 May 2019)", "Mia Kent (aged 9 on 3 May 2019)"]
    same = [about(person(mine[0], "Mia Kent")), about(person(mine[1], "Mia Kent"), key=2)]
    assert all(family.reference in one.about for one in who(same).values())


def test_only_of_rows_that_may_be_seen(cast: Cast, decision: Decision, family: Family, now: datetime) -> None:
    draft = start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    keys = [decision.pk, draft.pk]
    assert set(who_is_on(keys, cast.practitioner)) == set(keys)
    assert set(who_is_on(keys, cast.teammate)) == set(who_is_on(keys, cast.supervisor)) == {decision.pk}
    for user in (cast.other_team, cast.administrator, cast.officer, *cast.stranger.everybody):
        assert who_is_on(keys, user) == {}
    add_team_to_family(family=family, team=cast.other_team_row, by=cast.practitioner, at=now)
    assert set(who_is_on(keys, cast.other_team)) == {decision.pk}


@pytest.mark.parametrize("who_looks", ["practitioner", "supervisor"])
def test_on_screen_and_not_in_the_title_or_an_address(
    cast: Cast, decision: Decision, as_user: SignIn, who_looks: str
) -> None:
    child = who_is_on([decision.pk], cast.practitioner)[decision.pk].about
    first = child.split()[0]
    pages = {"practitioner": ["home", "decisions:log"], "supervisor": ["reviews:queue", "decisions:log"]}[who_looks]
    about_one = {
        "practitioner": ["decisions:detail", "decisions:print", "decisions:summary", "decisions:add_addition"],
        "supervisor": ["decisions:detail", "reviews:review", "reviews:assign"],
    }[who_looks]
    paths = [reverse(name) for name in pages] + [reverse(name, args=[decision.public_id]) for name in about_one]
    for path in paths:
        answer = as_user(getattr(cast, who_looks)).get(path)
        page = parsed(answer.content.decode())
        assert child in page.root.text, path
        [title] = page.all("title")
        assert first not in title.text
        assert not [value for one in page.all("a", "form") for value in one.attrs.values() if value and first in value]
        assert not any(first in value for value in answer.headers.values())
