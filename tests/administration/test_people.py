from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import RoleAgreement, User
from tests import shared
from tests.accounts.entries import entered
from tests.administration.pages import SignIn
from tests.cast import Cast
from tests.pages import PageClient

cast = shared.cast


def at(name: str, *ids: Any) -> str:
    return reverse(f"administration:{name}", args=ids)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_shows_ours_and_only_ours(cast: Cast, as_user: SignIn) -> None:
    page = text(as_user(cast.administrator).get(at("people")))
    for person in cast.everybody:
        assert person.full_name in page
    for person in cast.stranger.everybody:
        assert person.full_name not in page
    assert "Harbour: supervisor" in page


def test_the_list_costs_few_queries(cast: Cast, as_user: SignIn, django_assert_max_num_queries: Any) -> None:
    client = as_user(cast.administrator)
    with django_assert_max_num_queries(8):
        client.get(at("people"))


def test_states(cast: Cast, as_user: SignIn) -> None:
    actions.deactivate(user=cast.teammate, by=cast.administrator, at=timezone.now())
    actions.invite(full_name="Noor Ashdown", email="noor@north.test", by=cast.administrator, at=timezone.now())
    page = text(as_user(cast.administrator).get(at("people")))
    assert all(word in page for word in ("Active", "Invited", "Deactivated"))
    assert page.index("Noor Ashdown") < page.index("Bram Oduya")


@pytest.mark.parametrize("page", ["0", "99", "x", "\x00"])
def test_an_odd_page_number_is_the_nearest_page(cast: Cast, as_user: SignIn, page: str) -> None:
    assert as_user(cast.administrator).get(at("people"), {"page": page}).status_code == 200


GIVEN = {"full_name": "Noor Ashdown", "email": "noor@north.test", "job_title": "Nurse", "organisation_role": ""}


def test_invite_shows_a_link_that_works(cast: Cast, as_user: SignIn) -> None:
    answer = as_user(cast.administrator).post(at("invite"), GIVEN)
    assert answer.status_code == 200
    person = User.objects.get(email="noor@north.test")
    link = text(answer).partition("http://testserver")[2].partition("<")[0]
    assert link.startswith(f"/link/{person.public_id}/")
    assert PageClient().get(link).status_code == 302
    assert entered(cast.organisation)[-1] == "created accounts.user"
    assert link not in text(as_user(cast.administrator).get(at("person", person.public_id)))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("full_name", "", "Enter full name"),
        ("full_name", "   ", "Enter full name"),
        ("full_name", "x" * 121, "Full name must be 120 characters or fewer. You have typed 121."),
        ("full_name", "Noor\x00", "cannot be kept"),
        ("email", "", "Enter work email address"),
        ("email", "noor", "correct format"),
        ("email", "practitioner@north.test", "cannot be used"),
        ("email", "practitioner@south.test", "cannot be used"),
        ("job_title", "x" * 121, "Job title must be 120"),
        ("organisation_role", "owner", "Select an answer from the list"),
    ],
)
def test_bad_input_keeps_what_was_typed(cast: Cast, as_user: SignIn, field: str, value: str, said: str) -> None:
    answer = as_user(cast.administrator).post(at("invite"), {**GIVEN, field: value})
    assert answer.status_code == 422
    assert said in text(answer)
    kept = {"full_name": "Noor Ashdown", "job_title": "Nurse"}
    assert all(f'value="{typed}"' in text(answer) for name, typed in kept.items() if name != field)
    assert not User.objects.filter(full_name__startswith="Noor").exists()


def test_an_empty_answer_is_an_answer(cast: Cast, as_user: SignIn) -> None:
    assert as_user(cast.administrator).post(at("invite")).status_code == 422


def test_markup_is_shown_as_typed(cast: Cast, as_user: SignIn) -> None:
    name = "<b>Noor</b> & \u202eshdown"
    actions.invite(full_name=name, email="noor@north.test", by=cast.administrator, at=timezone.now())
    page = text(as_user(cast.administrator).get(at("people")))
    assert "<b>Noor" not in page
    assert "&lt;b&gt;Noor&lt;/b&gt; &amp; \u202eshdown" in page


def test_changing_details(cast: Cast, as_user: SignIn) -> None:
    path = at("person_change", cast.practitioner.public_id)
    client = as_user(cast.administrator)
    assert "Asha Verrall" in text(client.get(path))
    answer = client.post(path, {"full_name": "Asha Verrall-Moss", "job_title": ""})
    assert answer.headers["Location"] == at("person", cast.practitioner.public_id)
    assert "Asha Verrall-Moss" in text(client.get(answer.headers["Location"]))
    assert entered(cast.organisation)[-1] == "changed accounts.user"


def test_placing_and_taking_out(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    path = at("person_add_to_team", cast.officer.public_id)
    answer = client.post(path, {"team": cast.team.public_id, "role": "practitioner"})
    assert answer.status_code == 302
    held = cast.officer.memberships.get()
    end_membership = at("person_end_membership", cast.officer.public_id, held.public_id)
    assert end_membership in text(client.get(answer.headers["Location"]))
    assert client.post(end_membership).status_code == 302
    assert not cast.officer.memberships.exists()
    assert entered(cast.organisation)[-2:] == ["created accounts.membership", "deleted accounts.membership"]


def test_only_open_teams_of_our_own_are_offered(cast: Cast, as_user: SignIn) -> None:
    closed = actions.add_team(name="Lighthouse", by=cast.administrator, at=timezone.now())
    actions.close_team(team=closed, by=cast.administrator, at=timezone.now())
    path = at("person_add_to_team", cast.officer.public_id)
    client = as_user(cast.administrator)
    page = text(client.get(path))
    for team in (closed, cast.stranger.team):
        assert str(team.public_id) not in page
        answer = client.post(path, {"team": team.public_id, "role": "supervisor"})
        assert answer.status_code == 422
        assert "Select an answer from the list" in text(answer)
    assert not cast.officer.memberships.exists()


@pytest.mark.parametrize("team", ["", "x", "\x00", "1"])
def test_a_team_that_is_none(cast: Cast, as_user: SignIn, team: str) -> None:
    path = at("person_add_to_team", cast.officer.public_id)
    assert as_user(cast.administrator).post(path, {"team": team, "role": "supervisor"}).status_code == 422


def test_a_place_of_somebody_else_is_not_found(cast: Cast, as_user: SignIn) -> None:
    held = cast.practitioner.memberships.get()
    answer = as_user(cast.administrator).get(at("person_end_membership", cast.teammate.public_id, held.public_id))
    assert answer.status_code == 404


def test_offices(cast: Cast, as_user: SignIn) -> None:
    """One asks, the other agrees; each is told where they are."""
    asking, agreeing = as_user(cast.administrator), as_user(cast.officer)
    path = at("person_role", cast.teammate.public_id)
    answer = asking.post(path, {"organisation_role": "administrator"}, follow=True)
    assert "A colleague must agree first" in text(answer)
    assert User.objects.get(pk=cast.teammate.pk).organisation_role == ""
    assert at("access_notices") in text(agreeing.get("/"))
    agreement = RoleAgreement.objects.get()
    page = at("role_agreement", agreement.public_id)
    assert page in text(agreeing.get(at("access_notices")))
    refused = asking.post(page, {"agreed": "yes"})
    assert (refused.status_code, "must agree to what you asked for" in text(refused)) == (422, True)
    assert agreeing.post(page, {"agreed": "yes"}).headers["Location"] == at("person", cast.teammate.public_id)
    assert User.objects.get(pk=cast.teammate.pk).organisation_role == "administrator"
    assert at("access_notices") not in text(agreeing.get("/"))


def test_ones_own_role_and_team_are_for_another(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    for role in ("", "data_protection_officer"):
        answer = client.post(at("person_role", cast.administrator.public_id), {"organisation_role": role})
        assert (answer.status_code, "cannot change your own role" in text(answer)) == (422, True)
    given = {"team": cast.team.public_id, "role": "supervisor"}
    answer = client.post(at("person_add_to_team", cast.administrator.public_id), given)
    assert (answer.status_code, "cannot put yourself in a team" in text(answer)) == (422, True)


def test_what_was_read_is_no_longer_on_the_home_page(cast: Cast, as_user: SignIn) -> None:
    add = {"team": cast.team.public_id, "role": "practitioner"}
    as_user(cast.administrator).post(at("person_add_to_team", cast.other_team.public_id), add)
    client = as_user(cast.supervisor)
    assert at("access_notices") in text(client.get("/"))
    page = text(client.get(at("access_notices")))
    assert "Edie Farrow gave Cerys Holt a role in the team Harbour: practitioner." in page
    client.post(at("access_notices"))
    assert at("access_notices") not in text(client.get("/"))
    assert "Cerys Holt" in text(client.get(at("access_notices")))
    assert "Cerys Holt" not in text(as_user(cast.teammate).get(at("access_notices")))


def test_an_invited_officer_waits_and_the_page_says_so(cast: Cast, as_user: SignIn) -> None:
    answer = as_user(cast.administrator).post(at("invite"), {**GIVEN, "organisation_role": "administrator"})
    assert "must agree to it" in text(answer)
    assert User.objects.get(email=GIVEN["email"]).roles == frozenset()


def test_the_last_office_is_kept_and_the_page_says_why(cast: Cast, as_user: SignIn) -> None:
    actions.deactivate(user=cast.officer, by=cast.administrator, at=timezone.now())
    answer = as_user(cast.administrator).post(
        at("person_role", cast.administrator.public_id), {"organisation_role": ""}
    )
    assert answer.status_code == 422
    assert "last active administrator" in text(answer)


def test_a_new_link_ends_the_old_password(cast: Cast, as_user: SignIn) -> None:
    answer = as_user(cast.administrator).post(at("person_link", cast.practitioner.public_id))
    assert "Hand over this link" in text(answer)
    assert not User.objects.get(pk=cast.practitioner.pk).has_usable_password()
    assert entered(cast.organisation)[-1] == "account.link_made accounts.user"


def test_deactivating_shuts_out_at_the_next_request(cast: Cast, as_user: SignIn) -> None:
    theirs, client = as_user(cast.practitioner), as_user(cast.administrator)
    assert theirs.get("/password/").status_code == 200
    client.post(at("person_deactivate", cast.practitioner.public_id))
    assert theirs.get("/password/").status_code == 302
    assert "has been deactivated" in text(client.get(at("person", cast.practitioner.public_id)))
    client.post(at("person_reactivate", cast.practitioner.public_id))
    assert User.objects.get(pk=cast.practitioner.pk).is_active


def test_refusals_are_told_on_the_persons_page(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    answer = client.post(at("person_deactivate", cast.administrator.public_id), follow=True)
    assert "You cannot deactivate yourself" in text(answer)
    client.post(at("person_deactivate", cast.teammate.public_id))
    answer = client.post(at("person_link", cast.teammate.public_id), follow=True)
    assert "Reactivate them first" in text(answer)
    assert User.objects.get(pk=cast.administrator.pk).is_active


@pytest.mark.parametrize("name", ["person_role", "person_add_to_team", "person_link", "person_deactivate"])
def test_a_page_says_whom_it_is_about(cast: Cast, as_user: SignIn, name: str) -> None:
    assert "Asha Verrall" in text(as_user(cast.administrator).get(at(name, cast.practitioner.public_id)))
