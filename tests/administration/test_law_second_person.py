"""That a law has commenced has an effect once somebody else has read the source."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.actions import add_membership, change_organisation_role
from accounts.models import AccessNotice
from accounts.roles import Permission, Role, permissions_of
from decisions.actions import check_commencement
from decisions.law_notices import gathered
from decisions.models import LawNotice
from reminders.due import tasks
from tests import shared
from tests.accounts.entries import entered
from tests.administration.pages import SignIn
from tests.cast import Cast
from tests.decisions.law_said import CSA, SHARE_DUTY, commenced, local, proposed, retired, taken_back
from tests.pages import parsed

cast = shared.cast


def checked(proposal: LawNotice, by: Any, *, agrees: bool = True, why: str = "") -> LawNotice:
    return check_commencement(proposal=proposal, agrees=agrees, why=why, by=by, at=timezone.now())


def begun(cast: Cast) -> set[str]:
    return set(gathered(LawNotice.objects.visible_to(cast.officer)).commencements)


def address(notice: LawNotice) -> str:
    return reverse("administration:law_check", args=[notice.public_id])


class TestChecking:
    @pytest.mark.parametrize("code", [SHARE_DUTY, "CA04_16LC", CSA])
    def test_it_has_an_effect_once_somebody_else_agrees(self, cast: Cast, code: str) -> None:
        proposal = proposed(cast.officer, code=code)
        assert begun(cast) == set()
        answer = checked(proposal, cast.administrator)
        assert begun(cast) == {code}
        assert (answer.written_by, answer.source_title) == (cast.administrator, proposal.source_title)
        assert checked(proposal, cast.administrator) == answer, "sent twice"

    def test_not_confirmed_it_has_none_and_says_why(self, cast: Cast, as_user: SignIn) -> None:
        checked(proposed(cast.officer), cast.administrator, agrees=False, why="They begin in 2027")
        assert begun(cast) == set()
        page = as_user(cast.officer).get(reverse("administration:law")).content.decode()
        assert "They begin in 2027" in page
        assert "These have no effect until" not in parsed(page).all("main")[0].text

    def test_nobody_checks_their_own(self, cast: Cast, as_user: SignIn) -> None:
        proposal = proposed(cast.officer)
        with pytest.raises(ValidationError, match="Somebody else has to read the source"):
            checked(proposal, cast.officer)
        assert as_user(cast.officer).get(address(proposal)).status_code == 404
        assert "you proposed it" in as_user(cast.officer).get(reverse("administration:law")).content.decode()

    @pytest.mark.parametrize("who", ["practitioner", "supervisor"])
    def test_nor_does_anybody_without_an_office(self, cast: Cast, who: str) -> None:
        with pytest.raises(PermissionDenied):
            checked(proposed(cast.officer), getattr(cast, who))

    def test_nor_another_organisation(self, cast: Cast, as_user: SignIn) -> None:
        proposal = proposed(cast.officer)
        with pytest.raises(PermissionDenied):
            checked(proposal, cast.stranger.administrator)
        assert as_user(cast.stranger.administrator).get(address(proposal)).status_code == 404

    def test_of_two_proposals_the_later_is_checked(self, cast: Cast) -> None:
        first = proposed(cast.officer)
        later = proposed(cast.officer, on_day=timezone.localdate())
        with pytest.raises(ValidationError, match="later notice"):
            checked(first, cast.administrator)
        assert [task.address for task in tasks(cast.administrator, timezone.localdate())] == [address(later)]
        checked(later, cast.administrator)
        with pytest.raises(ValidationError, match="later notice"):
            checked(later, cast.administrator, agrees=False, why="Second thoughts")


class TestPage:
    def test_an_administrator_finds_it_on_their_home_and_answers(self, cast: Cast, as_user: SignIn) -> None:
        proposal, client = proposed(cast.officer), as_user(cast.administrator)
        assert address(proposal) in client.get("/").content.decode()
        assert tasks(cast.officer, timezone.localdate()) == [], "it is their own"
        shown = parsed(client.get(address(proposal)).content.decode()).all("main")[0].text
        assert all(words in shown for words in (proposal.source_title, proposal.source, "30 September 2026"))
        assert client.post(address(proposal), {"answer": "yes"}).headers["Location"] == "/"
        assert begun(cast) == {SHARE_DUTY}
        assert tasks(cast.administrator, timezone.localdate()) == []
        assert client.get(address(proposal)).status_code == 404

    @pytest.mark.parametrize(
        ("sent", "message"),
        [({}, "Choose whether the source says so"), ({"answer": "no"}, "What does it say instead"),
         ({"answer": "yes", "why": "But"}, "But")],
    )  # fmt: skip
    def test_what_is_missing_is_said(self, cast: Cast, as_user: SignIn, sent: dict[str, str], message: str) -> None:
        answer = as_user(cast.administrator).post(address(proposed(cast.officer)), sent)
        if sent.get("answer") == "yes":
            assert answer.status_code == 302, "what no longer applies is dropped"
        else:
            assert answer.status_code == 422
            assert message in parsed(answer.content.decode()).all("main")[0].text

    def test_the_law_is_in_the_officers_menu(self, cast: Cast, as_user: SignIn) -> None:
        commenced(cast.officer)
        link = f'href="{reverse("administration:law")}"'
        assert link in as_user(cast.officer).get("/").content.decode()
        assert link not in as_user(cast.administrator).get("/").content.decode()


def law_notices_read() -> list[tuple[str, str, str]]:
    rows = AccessNotice.objects.filter(change__startswith="law_").order_by("pk")
    return [(row.reader.full_name, row.change, row.law) for row in rows]


class TestSaidAlone:
    """What one officer says at once, and who is told (ADR 0045)."""

    def test_withdrawing_holds_at_once_and_the_others_are_told(self, cast: Cast, as_user: SignIn) -> None:
        found = commenced(cast.officer)
        assert law_notices_read() == [], "two said it"
        path = reverse("administration:law_withdraw", args=[found.public_id])
        client = as_user(cast.officer)
        page = parsed(client.get(path).content.decode()).all("main")[0].text
        assert "You say this alone" in page
        assert "somebody else has to check its source again" in page
        sent = {"why": "The order was withdrawn", "source": "SI 2026/1300"}
        for _ in range(2):
            client.post(path, sent)
        assert begun(cast) == set()
        assert entered(cast.organisation).count("created decisions.lawnotice") == 3
        [(reader, change, law)] = law_notices_read()
        assert (reader, change) == (cast.administrator.full_name, "law_ends")
        theirs = as_user(cast.administrator)
        assert "which law you use has changed" in theirs.get("/").content.decode()
        shown = parsed(theirs.get(reverse("administration:access_notices")).content.decode())
        assert law in shown.all("main")[0].text
        assert [link.attrs["href"] for link in shown.all("a") if "the law you use" in link.text] == [reverse("law")]

    def test_before_it_holds_again_two_say_so_again(self, cast: Cast) -> None:
        found = commenced(cast.officer)
        taken_back(found, cast.officer)
        old = LawNotice.objects.get(what="proposed")
        with pytest.raises(ValidationError, match="later notice"):
            checked(old, cast.administrator, agrees=False, why="It was right")
        again = proposed(cast.officer)
        assert again != old
        assert begun(cast) == set()
        with pytest.raises(ValidationError, match="Somebody else has to read the source"):
            checked(again, cast.officer)
        checked(again, cast.administrator)
        assert begun(cast) == {SHARE_DUTY}

    def test_an_answer_that_was_withdrawn_is_not_given_again(self, cast: Cast) -> None:
        taken_back(commenced(cast.officer), cast.officer)
        old = LawNotice.objects.get(what="proposed")
        checked(old, cast.administrator)
        assert begun(cast) == set(), "sent twice, it is the one of before"

    def test_retiring_and_adding_are_told_too_with_their_names(self, cast: Cast) -> None:
        own = local(cast.officer)
        taken_back(retired(cast.officer, code=own.code), cast.officer)
        name = cast.administrator.full_name
        assert law_notices_read() == [(name, change, own.provision["short_name"]) for change in (
            "law_added", "law_ends", "law_begins",
        )]  # fmt: skip

    def test_where_nobody_else_has_an_office_supervisors_are_told(self, cast: Cast) -> None:
        found = commenced(cast.officer)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET organisation_role = '' WHERE id = %s", [cast.administrator.pk])
        taken_back(found, cast.officer)
        assert {reader for reader, *_ in law_notices_read()} == {cast.supervisor.full_name}


def test_nobody_is_made_officer_and_supervisor(cast: Cast) -> None:
    at = timezone.now()
    with pytest.raises(ValidationError, match="so they review none"):
        add_membership(user=cast.officer, team=cast.team, role="supervisor", by=cast.administrator, at=at)
    with pytest.raises(ValidationError, match="End their place as supervisor first"):
        change_organisation_role(
            user=cast.supervisor, organisation_role="data_protection_officer", by=cast.administrator, at=at
        )
    add_membership(user=cast.officer, team=cast.team, role="practitioner", by=cast.administrator, at=at)


@pytest.mark.parametrize("role", list(Role))
def test_an_officer_reviews_nothing_whatever_else_they_are(role: Role) -> None:
    """Pure: who answers complaints about decisions has approved none of them."""
    both = permissions_of([role, Role.DATA_PROTECTION_OFFICER])
    assert Permission.REVIEW_DECISIONS not in both
    assert permissions_of([role]) - {Permission.REVIEW_DECISIONS} <= both
    assert (Permission.REVIEW_DECISIONS in permissions_of([role, Role.PRACTITIONER])) == (role == Role.SUPERVISOR)
