"""Notices never reach backwards: a record keeps its rows and its findings, a draft follows the latest word."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.actions import change_organisation
from decisions.facts.decision import assessed, facts_of, law_of
from decisions.law_notices import gathered, notices_of
from decisions.models import Decision, DecisionProvision
from decisions.presenters.law_options import law_of_decision
from rules.legal_options import WhyNot, available_provisions, options_for, why_not
from tests.decisions.cases import Case, plain, shown, twin_of
from tests.decisions.law_said import SHARE_DUTY, commenced, local, retired, taken_back


def saying_everything(case: Case, at: datetime) -> None:
    """The duty to share begins before the decision, a row it rests on is retired, one of our own is added."""
    officer, long_ago = case.cast.officer, timezone.localdate(at) - timedelta(days=40)
    commenced(officer, on_day=long_ago, at=at)
    local(officer, effective_from=long_ago, at=at)
    for code in set(case.decision.provisions.values_list("code", flat=True)):
        retired(officer, code=code, on_day=long_ago, at=at)


class TestRecorded:
    def test_nothing_said_later_changes_its_assessment(self, closed: Case) -> None:
        before = closed.again()
        judged, facts, law, text = assessed(before), facts_of(before), law_of(before), shown(before)
        saying_everything(closed, closed.at + timedelta(seconds=1))
        after = closed.again()
        assert assessed(after) == judged
        assert facts_of(after) == facts
        assert law_of(after) == law
        assert shown(after) == text
        assert list(plain(DecisionProvision).filter(decision=after)) == list(
            plain(DecisionProvision).filter(decision=before)
        )

    def test_nor_what_its_page_of_the_law_says(self, closed: Case) -> None:
        before = law_of_decision(closed.again(), closed.cast.practitioner)
        saying_everything(closed, closed.at + timedelta(seconds=1))
        assert law_of_decision(closed.again(), closed.cast.practitioner) == before

    def test_a_draft_with_the_same_answers_is_judged_anew(self, closed: Case) -> None:
        """The same words do reach what is not recorded yet, or the test above would prove nothing."""
        draft = Decision.objects.with_parts().get(pk=twin_of(closed.decision).pk)
        calm = {finding.code for finding in assessed(draft).findings}
        saying_everything(closed, closed.at + timedelta(seconds=1))
        draft = Decision.objects.with_parts().get(pk=draft.pk)
        assert {finding.code for finding in assessed(draft).findings} != calm
        assert notices_of(draft).commencements
        assert law_of(draft) != law_of(closed.again())

    def test_what_was_said_before_it_was_recorded_holds_for_ever(self, closed: Case) -> None:
        notice = commenced(closed.cast.officer, at=closed.at - timedelta(days=1))
        assert notices_of(closed.again()).commencements == {SHARE_DUTY: notice.on_day}
        taken_back(notice, closed.cast.officer, at=closed.at + timedelta(days=1))
        assert notices_of(closed.again()).commencements == {SHARE_DUTY: notice.on_day}

    def test_another_organisations_words_are_nothing_here(self, closed: Case) -> None:
        early = closed.at - timedelta(days=1)
        commenced(closed.cast.stranger.officer, at=early)
        local(closed.cast.stranger.officer, at=early)
        assert notices_of(closed.again()) == gathered([])


class TestOffered:
    @pytest.fixture
    def draft(self, closed: Case) -> Decision:
        return twin_of(closed.decision)

    def again(self, draft: Decision) -> Decision:
        found: Decision = Decision.objects.with_parts().get(pk=draft.pk)
        return found

    def reason(self, draft: Decision, code: str) -> str:
        decision = self.again(draft)
        facts, law = facts_of(decision), law_of(decision)
        (row,) = [row for row in law.all_provisions if row.code == code]
        assert (row in available_provisions(row.layer, facts, law)) == (why_not(row, facts) == "")
        return why_not(row, facts)

    def test_what_is_off_is_offered_from_its_first_day(self, closed: Case, draft: Decision) -> None:
        by, day = closed.cast.officer, timezone.localdate(closed.again().decided_at)
        assert self.reason(draft, SHARE_DUTY) == WhyNot.NOT_CONFIRMED
        commenced(by, on_day=day + timedelta(days=1))
        assert self.reason(draft, SHARE_DUTY) == WhyNot.NOT_YET
        commenced(by, on_day=day)
        assert self.reason(draft, SHARE_DUTY) == ""

    def test_only_to_those_it_covers(self, closed: Case, draft: Decision) -> None:
        change_organisation(
            name="Northmere Council",
            kind="PUB",
            sector="la",
            in_scope_16la=False,
            policy_document_on=None,
            policy_document_link="",
            by=closed.cast.administrator,
            at=closed.at,
        )
        commenced(closed.cast.officer)
        assert self.reason(draft, SHARE_DUTY) == WhyNot.OUT_OF_SCOPE

    def test_a_row_of_ones_own(self, closed: Case, draft: Decision) -> None:
        by, day = closed.cast.officer, timezone.localdate(closed.again().decided_at)
        local(by)
        local(by, name="later", effective_from=day + timedelta(days=1))
        local(by, name="police", who="LE")
        assert self.reason(draft, "LOCAL_HEALTH_PROTOCOL") == ""
        assert self.reason(draft, "LOCAL_LATER") == WhyNot.NOT_YET
        assert self.reason(draft, "LOCAL_POLICE") == WhyNot.OTHERS

    def test_a_retired_row_ends_with_the_day_before(self, closed: Case, draft: Decision) -> None:
        by, day = closed.cast.officer, timezone.localdate(closed.again().decided_at)
        retired(by, on_day=day + timedelta(days=1))
        assert self.reason(draft, "ART6_B") == ""
        retired(by, on_day=day)
        assert self.reason(draft, "ART6_B") == WhyNot.ENDED

    def test_what_is_usual_may_be_chosen(self, closed: Case) -> None:
        decision = closed.again()
        found = list(options_for(facts_of(decision), law_of(decision)))
        assert [offer for offer in found if offer.usual]
        assert not [offer for offer in found if offer.usual and not offer.may_be_chosen]
