"""A supervisor hands a draft to another practitioner of the team, without reading a word of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, QueryDict
from django.urls import reverse

from accounts import autosave
from accounts.actions import add_membership, deactivate, end_membership
from accounts.models import User
from accounts.roles import Role
from audit import ledger
from audit.models import LedgerEntry
from audit.verification import verify
from decisions.actions import restrict
from decisions.models import Decision
from decisions.presenters.record import sections
from drafting.actions import record
from drafting.actions.hand_over import hand_over, may_take
from drafting.rows import add_family
from safeguarding.demo import stories
from tests.decisions.cases import Case, started
from tests.drafting.households import household
from tests.pages import Page, PageClient

SignIn = Callable[[User], PageClient]


def hand(case: Case, to: User | None = None, by: User | None = None) -> Decision:
    return hand_over(
        decision=case.decision, to=to or case.cast.teammate, by=by or case.cast.supervisor,
        at=case.at + timedelta(hours=1),
    )  # fmt: skip


class TestAction:
    def test_the_other_goes_on_with_it(self, complete: Case) -> None:
        cast = complete.cast
        hand(complete)
        assert list(Decision.objects.drafts_of(cast.teammate)) == [complete.decision]
        assert not Decision.objects.drafts_of(cast.practitioner)
        recorded = record(decision=complete.decision, by=cast.teammate, at=complete.at + timedelta(hours=2))
        assert recorded.author_name == "Bram Oduya"

    def test_a_restricted_draft_goes_to_somebody_it_names(self, complete: Case) -> None:
        author, manager, draft = complete.cast.practitioner, complete.cast.supervisor, complete.decision
        assert complete.cast.teammate in may_take(draft, manager)
        restrict(reference=draft.reference, people=[author, manager], why="Her aunt", by=manager, at=complete.at)
        manager = User.objects.get(pk=manager.pk)
        assert complete.cast.teammate not in may_take(draft, manager)
        with pytest.raises(ValidationError, match="from the list"):
            hand(complete, by=manager)

    def test_nothing_typed_is_lost(self, complete: Case) -> None:
        before = sections(complete.again())
        hand(complete)
        assert sections(complete.again()) == before

    def test_it_is_entered_without_a_value_of_the_draft(self, complete: Case) -> None:
        hand(complete)
        cast = complete.cast
        chain = LedgerEntry.objects.filter(organisation=cast.organisation.pk).order_by("-seq")
        assert chain[0].event == "decision.handed_over"
        assert chain[0].additional_data == {"from": cast.practitioner.pk, "to": cast.teammate.pk}
        assert chain[0].object_repr == complete.decision.reference
        assert chain[0].changes == {}
        assert verify().sound

    def test_words_never_sent_go_with_it(self, complete: Case) -> None:
        """Typed and not saved when the author left: they are the draft's, and nobody else's any more."""
        cast = complete.cast
        page = reverse("drafting:page", args=[complete.decision.public_id, "outcome"])
        elsewhere = "/decisions/start/"
        for path in (page, elsewhere):
            autosave.save_text(
                autosave.PageKey(cast.practitioner.pk, path), QueryDict("why_now=Half+a+word"), at=complete.at
            )
        hand(complete)
        assert autosave.saved_text(cast.practitioner, page) is None
        kept = autosave.saved_text(cast.teammate, page)
        assert kept is not None
        assert kept.form_data == {"why_now": ["Half a word"]}
        assert autosave.saved_text(cast.practitioner, elsewhere) is not None

    def test_twice_is_once(self, complete: Case) -> None:
        hand(complete)
        count = LedgerEntry.objects.count()
        hand(complete)
        assert LedgerEntry.objects.count() == count

    def test_when_the_author_has_left(self, complete: Case) -> None:
        cast = complete.cast
        deactivate(user=cast.practitioner, by=cast.administrator, at=complete.at)
        hand(complete)
        assert Decision.objects.get(pk=complete.decision.pk).author == cast.teammate

    @pytest.mark.parametrize("who", ["other_team", "supervisor", "administrator"])
    def test_only_to_practitioners_of_the_team(self, complete: Case, who: str) -> None:
        with pytest.raises(ValidationError, match="from the list"):
            hand(complete, to=getattr(complete.cast, who))

    def test_not_to_somebody_who_has_left(self, complete: Case) -> None:
        deactivate(user=complete.cast.teammate, by=complete.cast.administrator, at=complete.at)
        with pytest.raises(ValidationError):
            hand(complete)
        assert not may_take(complete.decision, complete.cast.supervisor)

    def test_not_to_somebody_who_may_not_see_a_family_in_it(self, complete: Case) -> None:
        """The author works with two teams, and has put a family of the other team's on the draft."""
        cast = complete.cast
        theirs = household([], team=cast.other_team_row, by=cast.other_team, at=complete.at, name="Calloway")
        with ledger.recording(actor=cast.practitioner, at=complete.at):
            add_family(complete.decision, theirs)
        with pytest.raises(ValidationError, match="may not see a family"):
            hand(complete)

    def test_not_next_door(self, complete: Case) -> None:
        with pytest.raises(ValidationError):
            hand(complete, to=complete.cast.stranger.practitioner)
        with pytest.raises(Http404):
            hand(complete, by=complete.cast.stranger.supervisor)

    @pytest.mark.parametrize("who", ["practitioner", "teammate", "other_team", "administrator", "officer"])
    def test_only_supervisors_hand_over(self, complete: Case, who: str) -> None:
        with pytest.raises(PermissionDenied):
            hand(complete, by=getattr(complete.cast, who))

    def test_a_supervisor_of_another_team_knows_nothing_of_it(self, complete: Case) -> None:
        cast = complete.cast
        end_membership(membership=cast.supervisor.memberships.get(), by=cast.administrator, at=complete.at)
        add_membership(
            user=cast.supervisor, team=cast.other_team_row, role=Role.SUPERVISOR, by=cast.administrator, at=complete.at
        )
        with pytest.raises(Http404):
            hand(complete, by=User.objects.get(pk=cast.supervisor.pk))

    def test_not_once_it_is_recorded(self, complete: Case) -> None:
        record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
        with pytest.raises(Http404):
            hand(complete)


class TestPage:
    def path(self, case: Case) -> str:
        return reverse("drafting:hand_over", args=[case.decision.public_id])

    def test_from_the_log_to_the_other(self, complete: Case, as_user: SignIn) -> None:
        cast, client = complete.cast, as_user(complete.cast.supervisor)
        assert self.path(complete) in client.get(reverse("decisions:log")).content.decode()
        answer = client.post(self.path(complete), {"to": str(cast.teammate.public_id)})
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("decisions:log"))
        assert Decision.objects.get(pk=complete.decision.pk).author == cast.teammate

    def test_practitioners_see_no_way_there(self, complete: Case, as_user: SignIn) -> None:
        assert (
            self.path(complete)
            not in as_user(complete.cast.practitioner).get(reverse("decisions:log")).content.decode()
        )

    def test_shows_no_word_of_it(self, complete: Case, as_user: SignIn) -> None:
        page = Page(as_user(complete.cast.supervisor).get(self.path(complete)).content.decode()).root.text
        assert complete.decision.reference in page
        assert "Bram Oduya" in page
        for words in (complete.again().why_now, *(person.name for person in stories.BRUISE_PEOPLE)):
            assert words not in page

    @pytest.mark.parametrize("to", ["", "x", "\x00", "other_team", "stranger"])
    def test_only_somebody_offered(self, complete: Case, as_user: SignIn, to: str) -> None:
        cast = complete.cast
        who = {"other_team": cast.other_team, "stranger": cast.stranger.practitioner}.get(to)
        answer = as_user(cast.supervisor).post(self.path(complete), {"to": str(who.public_id) if who else to})
        assert answer.status_code == 422
        assert Page(answer.content.decode()).classed("govuk-error-message")
        assert Decision.objects.get(pk=complete.decision.pk).author == cast.practitioner

    def test_with_nobody_there_says_whom_to_ask(self, complete: Case, as_user: SignIn) -> None:
        deactivate(user=complete.cast.teammate, by=complete.cast.administrator, at=complete.at)
        assert "Ask your administrator" in as_user(complete.cast.supervisor).get(self.path(complete)).content.decode()

    def test_not_next_door(self, complete: Case, as_user: SignIn) -> None:
        started(complete.cast.stranger, complete.at)
        client = as_user(complete.cast.stranger.supervisor)
        assert client.get(self.path(complete)).status_code == 404
        assert client.post(self.path(complete), {"to": "x"}).status_code == 404
