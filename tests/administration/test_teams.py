from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Team
from tests.accounts.entries import entered
from tests.administration.pages import SignIn
from tests.cast import Cast
from tests.pages import in_one_line


def at(name: str, *ids: Any) -> str:
    return reverse(f"administration:{name}", args=ids)


def text(answer: Any) -> str:
    return in_one_line(answer)


def test_the_list_counts_people(cast: Cast, as_user: SignIn) -> None:
    page = text(as_user(cast.administrator).get(at("teams")))
    assert "Harbour" in page
    assert str(cast.team.public_id) in page
    assert str(cast.stranger.team.public_id) not in page
    assert 'govuk-table__cell--numeric">3<' in page


def test_a_team_shows_its_people(cast: Cast, as_user: SignIn) -> None:
    page = text(as_user(cast.administrator).get(at("team", cast.team.public_id)))
    assert "Asha Verrall</a>, practitioner" in page
    assert "Dilan Marsh</a>, supervisor" in page
    assert "Cerys Holt" not in page


def test_a_teams_life(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    client.post(at("team_add"), {"name": "Lighthouse"})
    team = Team.objects.get(name="Lighthouse")
    client.post(at("team_rename", team.public_id), {"name": "Beacon"})
    client.post(at("team_close", team.public_id))
    team.refresh_from_db()
    assert (team.name, team.closed) == ("Beacon", True)
    client.post(at("team_reopen", team.public_id))
    team.refresh_from_db()
    assert not team.closed
    assert [event for event in entered(cast.organisation) if event.endswith("accounts.team")] == [
        "created accounts.team",
        "changed accounts.team",
        "changed accounts.team",
        "changed accounts.team",
    ]


def test_a_team_with_people_stays_open_and_the_page_says_why(cast: Cast, as_user: SignIn) -> None:
    answer = as_user(cast.administrator).post(at("team_close", cast.team.public_id), follow=True)
    assert "People are still in this team" in text(answer)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Enter name of the team"),
        (" ", "Enter name of the team"),
        ("x" * 81, "must be 80 characters or fewer"),
        ("Har\x00bour", "cannot be kept"),
        ("harbour", "already a team"),
    ],
)
def test_bad_names(cast: Cast, as_user: SignIn, name: str, said: str) -> None:
    client = as_user(cast.administrator)
    for path in (at("team_add"), at("team_rename", cast.other_team_row.public_id)):
        answer = client.post(path, {"name": name})
        assert answer.status_code == 422
        assert said in text(answer)
    assert Team.objects.filter(organisation=cast.organisation).count() == 2
