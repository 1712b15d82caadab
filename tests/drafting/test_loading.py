"""A draft is opened by those whom `drafts_of` finds it for, and by nobody else."""

import pytest
from django.http import Http404

from accounts.actions import add_membership, end_membership
from accounts.models import Membership, User
from accounts.roles import Role
from decisions.models import Decision
from drafting.actions import record
from drafting.draft import SINGLE, load, load_own
from tests.decisions.cases import Case


def opens(case: Case, user: User) -> bool:
    """Of a user as the next request reads them."""
    reader = User.objects.get(pk=user.pk)
    try:
        load_own(case.decision.public_id, reader)
    except Http404:
        return False
    return True


def is_found(case: Case, user: User) -> bool:
    return case.decision in Decision.objects.drafts_of(User.objects.get(pk=user.pk))


def agree(case: Case) -> list[User]:
    """Who may open it, by both."""
    everybody = [*case.cast.everybody, *case.cast.stranger.everybody]
    able = [user for user in everybody if opens(case, user)]
    assert able == [user for user in everybody if is_found(case, user)]
    return able


def test_its_author_alone(complete: Case) -> None:
    assert agree(complete) == [complete.cast.practitioner]


def test_nobody_once_it_is_recorded(complete: Case) -> None:
    record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    assert agree(complete) == []


def test_nobody_once_the_author_has_left_the_team(complete: Case) -> None:
    cast = complete.cast
    end_membership(membership=Membership.objects.get(user=cast.practitioner), by=cast.administrator, at=complete.at)
    assert agree(complete) == []
    add_membership(
        user=cast.practitioner, team=cast.other_team_row, role=Role.PRACTITIONER, by=cast.administrator, at=complete.at
    )
    assert agree(complete) == []


def test_what_a_page_names_comes_with_it(complete: Case) -> None:
    decision = load_own(complete.decision.public_id, complete.cast.practitioner).decision
    found = Decision.objects.select_related(*SINGLE).get(pk=decision.pk)
    assert [getattr(decision, name) for name in SINGLE] == [getattr(found, name) for name in SINGLE]


def test_a_draft_that_is_gone_is_not_loaded(complete: Case) -> None:
    with pytest.raises(Decision.DoesNotExist):
        load(Decision(pk=-1), complete.cast.practitioner)
