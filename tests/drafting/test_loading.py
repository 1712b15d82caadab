"""A draft is opened by those whom `drafts_of` finds it for, and by nobody else."""

import pytest
from django.http import Http404

from accounts.actions import add_membership, end_membership
from accounts.models import Membership, User
from accounts.queries import current_recipients_visible_to, deciders_visible_to
from accounts.roles import Role
from decisions.models import Decision
from drafting.actions import record
from drafting.draft import SINGLE, load, load_own
from families.models import Disclosure, Family, Person
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


def test_what_can_be_chosen_is_what_each_may_see(complete: Case) -> None:
    """By SQL composed once and by the querysets that say it, for everybody, in and out of the team."""
    everybody = [*complete.cast.everybody, *complete.cast.stranger.everybody]
    for user in [User.objects.get(pk=each.pk) for each in everybody]:
        draft = load(complete.decision, user)
        people = Person.objects.visible_to(user).filter(family__in=draft.family_ids)
        disclosures = Disclosure.objects.visible_to(user).filter(family__in=draft.family_ids)
        book = current_recipients_visible_to(user)
        assert draft.address_book_ids == sorted(entry.pk for entry in book)
        assert draft.possible_people == list(people)
        assert draft.visible_people == [
            (person.pk, person.name, person.role, person.parental_responsibility) for person in people.order_by("pk")
        ]
        assert draft.possible_disclosures == list(disclosures)
        assert draft.visible_disclosure_ids == sorted(row.pk for row in disclosures)
        assert draft.address_book == list(book)
        assert draft.families_to_add_to == list(Family.objects.editable_by(user).filter(pk__in=draft.family_ids))
        deciders = deciders_visible_to(user, complete.decision.team_id).exclude(pk=user.pk)
        assert draft.possible_deciders == list(deciders)
    assert load(complete.decision, complete.cast.practitioner).possible_people[0].family == complete.family
