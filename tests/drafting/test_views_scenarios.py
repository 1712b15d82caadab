"""Three scenarios over HTTP, from the sign-in page to a review of what was recorded."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import LedgerEntry
from decisions.models import Decision
from safeguarding.demo import stories
from tests.cast import Cast, Company
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_cases import NOT_SHARE_ROUTE, SHARE_ROUTE, Case, begin, begin_at, words
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.in_turn import in_turn, one_in_turn

StoryAt = Callable[[datetime], cases.Story]
ALL: dict[str, tuple[Case, StoryAt]] = {
    "S01": (cases.S01, cases.s01), "S02": (cases.S02, cases.s02), "S03": (cases.S03, cases.s03),
}  # fmt: skip

cast, now = scenario_scenes.cast, scenario_scenes.now
s01, s02 = scenario_scenes.s01, scenario_scenes.s02


def company_of(name: str, cast: Cast) -> Company:
    return cast.stranger if name == "S02" else cast


@dataclass(frozen=True)
class Walked:
    route: tuple[str, ...]
    check_page: str
    decision: Decision
    record_page: str


@pytest.fixture(scope="module")
def walked(cast: Cast, now: datetime) -> dict[str, Walked]:
    """One of S02 and S03, in turn, from the sign-in page, page by page; the others from their check page.

    S01 is on the route of S03. tests/test_tokens.py follows both routes every day.
    """
    followed = one_in_turn(("S02", "S03"))
    walks = {name: begin(ALL[name][0], company_of(name, cast), now) for name in followed}
    routes = {name: tuple(walk.follow(ALL[name][1](now))) for name, walk in walks.items()}
    for name in ALL.keys() - set(followed):
        case, story = ALL[name]
        routes[name] = NOT_SHARE_ROUTE if name == "S02" else SHARE_ROUTE
        walks[name] = begin_at("check", case, story(now), company_of(name, cast), now)
    return {name: _recorded(walks[name], routes[name]) for name in ALL}


def _recorded(walk: Walk, route: tuple[str, ...]) -> Walked:
    walk.get(walk.check_path)
    check_page, decision = walk.text, walk.record()
    walk.get(walk.detail_path)
    return Walked(route, check_page, decision, walk.text)


@pytest.fixture(scope="module")
def records(walked: dict[str, Walked]) -> dict[str, Decision]:
    return {name: one.decision for name, one in walked.items()}


def record_page(decision: Decision) -> Walk:
    walk = Walk(decision.author, decision, signed_in=True)
    walk.get(walk.detail_path)
    return walk


def supervisor_sees(company: Company, decision: Decision) -> Walk:
    walk = Walk(company.supervisor, decision, signed_in=True)
    queue = walk.get(reverse("reviews:queue"))
    assert decision.reference in queue.root.text
    walk.get(reverse("reviews:review", args=[decision.public_id]))
    return walk


def log_line(walk: Walk) -> str:
    page = walk.get(reverse("decisions:log"))
    return next(row.text for row in page.all("tr") if walk.decision.reference in row.text)


@pytest.mark.parametrize(
    ("name", "route", "outcome"),
    [
        ("S01", SHARE_ROUTE, "SHARED_ALL_NECESSARY"),
        ("S02", NOT_SHARE_ROUTE, "NOT_SHARED"),
        ("S03", SHARE_ROUTE, "SHARED_PART"),
    ],
)
def test_from_sign_in_to_a_record_with_every_word_typed(
    walked: dict[str, Walked], cast: Cast, now: datetime, name: str, route: tuple[str, ...], outcome: str
) -> None:
    one, (_, story) = walked[name], ALL[name]
    assert one.route == route
    typed = sorted(set(words(story(now))))
    assert len(typed) >= 20
    assert [text for text in typed if text not in one.check_page] == []
    assert (one.decision.outcome, one.decision.author) == (outcome, company_of(name, cast).practitioner)
    assert [text for text in typed if text not in one.record_page] == []


@pytest.mark.parametrize(
    ("name", "consent"),
    [
        ("S01", "Someone refused, objected or withdrew"),
        ("S02", "Someone refused, objected or withdrew"),
        ("S03", "Someone was not asked"),
    ],
)
def test_log_shows_it_in_a_line_without_case_text(
    records: dict[str, Decision], cast: Cast, now: datetime, name: str, consent: str
) -> None:
    company, (case, story) = company_of(name, cast), ALL[name]
    line = log_line(Walk(company.practitioner, records[name], signed_in=True))
    assert consent in line
    assert company.practitioner.full_name in line
    # To whom it goes stands there, and of the people a first name and an initial.
    typed = set(words(story(now))) - {recipient.name for recipient in records[name].recipients.all()}
    names = {person.name for person in case.people}
    assert [text for text in typed | names if text in line] == []


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("name", ALL)
def test_supervisor_reviews_it(records: dict[str, Decision], cast: Cast, name: str) -> None:
    company, decision = company_of(name, cast), records[name]
    walk = supervisor_sees(company, decision)
    path = reverse("reviews:review", args=[decision.public_id])
    walk.send(path, {"outcome": "AGREED_WITH_ADVICE", "comment": "Clearly reasoned."}, then_at=walk.detail_path)
    walk.get(walk.detail_path)
    for text in ("Agreed, with advice", "Clearly reasoned.", company.supervisor.full_name):
        assert text in walk.text
    assert decision.reference not in walk.get(reverse("reviews:queue")).root.text


class TestS01:
    """Consent refused, significant harm."""

    def test_paragraph_18_needs_its_reason_for_each_person(self, s01: Scene, now: datetime) -> None:
        basis = cases.s01(now)["legal_basis"]
        lets = basis["sensitive"]
        child, _, partner = (person.name for person in stories.BRUISE_PEOPLE)
        walk = s01.at("legal_basis")
        walk.open("legal_basis")
        for name, other in ((child, partner), (partner, child)):
            for field, nothing in in_turn((("p18_reason", []), ("p18_text", ""))):
                without = {**lets, name: {**lets[name], field: nothing}}
                sent = walk.filled("legal_basis", {**basis, "sensitive": without})
                walk.send(walk.path("legal_basis"), sent, status=422)
                summary = next(iter(walk.page.classed("govuk-error-summary"))).text
                assert name in summary, field
                assert other not in summary, field

    def test_choice_is_asked_and_answered_no(self, s01: Scene, now: datetime) -> None:
        story = cases.s01(now)
        walk = s01.at("consent")
        walk.open("consent")
        for choices, status in (({}, 422), (story["consent"]["choices"], 302)):
            sent = walk.filled("consent", {**story["consent"], "choices": choices})
            walk.send(walk.path("consent"), sent, status=status)
        assert [one.choice for one in walk.draft.recipients] == ["no"]

    def test_no_choice_wording_is_shown(self, records: dict[str, Decision]) -> None:
        walk = record_page(records["S01"])
        assert "No, it will be sent whatever they say" in walk.text
        assert "Told that they had no choice about this" in walk.text

    def test_telling_states_of_all_three(self, records: dict[str, Decision], now: datetime) -> None:
        decision = records["S01"]
        events = {event.person.name: event for event in decision.informing_events.select_related("person")}
        child, mother, partner = (events[person.name] for person in stories.BRUISE_PEOPLE)
        assert (child.informing_state, child.informed_how) == ("TOLD_AT_TIME", "In words he understood")
        assert (mother.informing_state, mother.informed_who_what_why, mother.informed_no_choice) == (
            "TOLD_BEFORE",
            True,
            True,
        )
        assert (partner.informing_state, partner.informing_reason) == ("DEFERRED", "PREJUDICE_CRIME")
        assert partner.informing_review_on == timezone.localdate(now) + timedelta(days=3)

    def test_what_each_person_stands_on(self, records: dict[str, Decision]) -> None:
        decision = records["S01"]
        codes: dict[str, set[str]] = defaultdict(set)
        for row in decision.provisions.select_related("person"):
            codes[row.person.name if row.person else "everybody"].add(row.code)
        child, mother, partner = (codes[person.name] for person in stories.BRUISE_PEOPLE)
        assert codes["everybody"] == {"ART6_E", "EA02_157", "CA89_47", "CONF_PI"}
        assert child == {"ART9_G", "S1_P18"}
        assert mother == {"ART9_G", "S1_P6"}
        assert partner == {"ART9_G", "ART10", "S1_P18"}

    def test_withheld_file_is_shown_with_its_reason(self, records: dict[str, Decision]) -> None:
        walk = record_page(records["S01"])
        assert f"Not shared with {stories.SOCIAL_CARE}: It has nothing to do with the injury." in walk.text

    def test_rung_first_and_written_after(self, records: dict[str, Decision]) -> None:
        """Decided, then sent, then recorded; and no reason for lateness is asked."""
        decision = records["S01"]
        sending = decision.sendings.get()
        assert decision.decided_at
        assert decision.recorded_at
        assert decision.decided_at < sending.sent_at < decision.recorded_at
        assert decision.late_reason == ""


class TestS02:
    """Consent refused, not shared; a charity outside the wider duty."""

    def test_completes_without_a_lawful_basis(self, records: dict[str, Decision]) -> None:
        decision = records["S02"]
        assert not decision.provisions.exists()
        assert decision.no_basis == "none"

    @pytest.mark.parametrize(
        ("key", "fields"),
        [
            ("outcome", {"why_now"}),
            ("legal_basis", {"no_basis_reason"}),
            ("sending", {"instead", "look_again_on", "asker_informed"}),
        ],
    )
    def test_reasons_alternative_date_and_reply_are_required(
        self, s02: Scene, now: datetime, key: str, fields: set[str]
    ) -> None:
        story = cases.s02(now)
        walk = s02.at(key)
        asked = {name: said for name, said in story[key].items() if name not in fields}
        # What was said of the decision already stands in its box: it is emptied.
        emptied = dict.fromkeys(fields & {"no_basis_reason"}, "")
        walk.fill(key, {**asked, **emptied}, status=422)
        named = " ".join(one.attrs["id"] for one in walk.page.classed("govuk-error-message"))
        assert {field for field in fields if field in named} == fields
        assert len(walk.errors) == len(fields)

    def test_nothing_asks_about_the_wider_duty(self, s02: Scene, cast: Cast, now: datetime) -> None:
        """The organisation is not in scope of the duty of section 16LA, so no reason of detriment is demanded."""
        assert not cast.stranger.organisation.in_scope_16la
        story = cases.s02(now)
        walk = s02.at("consent")
        for key in ("consent", "legal_basis", "sending"):
            walk.open(key)
            assert "16LA" not in walk.html
            walk.skip(story, key)
        assert walk.record_directly().state == "recorded"

    def test_who_asked_what_for_and_how_they_were_known(self, records: dict[str, Decision], now: datetime) -> None:
        decision = records["S02"]
        assert decision.entry_route == "ASKED"
        asker = decision.recipients.get()
        assert (asker.is_asker, asker.name) == (True, "Ravensmere Homes")
        assert decision.identity_check == "Called back on the switchboard number"
        assert decision.asked_on == timezone.localdate(now) - timedelta(days=1)
        assert decision.look_again_on == timezone.localdate(now) + timedelta(days=30)

    def test_mother_is_told_that_it_was_declined(self, records: dict[str, Decision]) -> None:
        decision = records["S02"]
        event = decision.informing_events.get(person__role="mother")
        assert (event.informing_state, event.informing_text) == ("TOLD_AFTER", "Told that it was declined.")


class TestS03:
    """Unsafe to tell: domestic abuse."""

    def test_what_must_not_be_disclosed_to_the_father_says_so(self, records: dict[str, Decision]) -> None:
        decision = records["S03"]
        father = stories.FEAR_PEOPLE[2].name
        kept = {item.text for item in decision.items.filter(not_disclosed_to__person__name=father)}
        assert kept == {"Her account of the strangling", "Her new phone number"}
        walk = record_page(decision)
        assert f"Must not be disclosed to: {father}" in walk.text
        assert "Label: Do not disclose to the father" in walk.text

    def test_each_recipient_gets_only_what_it_needs(self, records: dict[str, Decision]) -> None:
        decision = records["S03"]
        given = {
            recipient.name: set(
                decision.items.filter(grid__recipient=recipient, grid__given=True).values_list("text", flat=True)
            )
            for recipient in decision.recipients.all()
        }
        assert given[stories.MARAC] == {"The risk indicators"}
        assert given[stories.SOCIAL_CARE] == {
            "Her account of the strangling", "The baby was in the room", "A flag on the address", "The risk indicators",
        }  # fmt: skip

    def test_father_is_not_told_with_reason_approver_and_date(
        self, records: dict[str, Decision], now: datetime
    ) -> None:
        decision = records["S03"]
        event = decision.informing_events.get(person__role="father")
        assert (event.informing_state, event.informing_reason, event.informing_agreed_with) == (
            "NOT_TELLING",
            "RISK_ADULT",
            "Named nurse",
        )
        assert event.informing_review_on == timezone.localdate(now) + timedelta(days=14)

    def test_mother_is_told_before_and_reached_safely(self, records: dict[str, Decision]) -> None:
        decision = records["S03"]
        event = decision.informing_events.get(person__role="mother")
        assert (event.informing_state, event.safe_contact) == ("TOLD_BEFORE", "In clinic only. No letters, no texts.")

    def test_what_they_said_is_kept_apart_from_going_ahead(self, records: dict[str, Decision]) -> None:
        decision = records["S03"]
        states = {event.person.role: event.consent_state for event in decision.consent_events.select_related("person")}
        assert states == {"child": "NOT_COMPETENT", "mother": "AGREED_NOT_BASIS", "father": "NOT_SOUGHT_UNSAFE"}
        reason = decision.consent_events.get(person__role="father")
        assert (reason.not_asked_reason, reason.not_asked_text) == ("RISK_ADULT", "Asking him could set off violence.")

    def test_the_law_is_kept_by_value_and_shown(self, records: dict[str, Decision]) -> None:
        decision = records["S03"]
        general = set(decision.provisions.filter(person=None).values_list("code", flat=True))
        assert general == {"ART6_E", "CA04_11", "CA89_47", "CDA98_115", "CONF_PI"}
        walk = record_page(decision)
        kept = list(decision.provisions.all())
        assert {row.code for row in kept} == general | {"ART9_G", "ART10", "S1_P6", "S1_P18"}
        for row in kept:
            assert f"{row.details['short_name']} ({row.details['citation']})" in walk.text
            assert row.code not in walk.text
        assert all(row.details["citation"] and row.details["sha256"] for row in decision.provisions.all())

    def test_warns_when_paragraph_18_is_chosen_for_one_who_agrees(
        self, walked: dict[str, Walked], cast: Cast, now: datetime
    ) -> None:
        """Said before recording, and shown to the supervisor first; it does not stand in the way."""
        story = cases.s03(now)
        mother = stories.FEAR_PEOPLE[1].name
        chosen = {"l2": ["ART9_G"], "schedule1": ["S1_P18"], "p18_reason": "NOT_REASONABLE_TO_OBTAIN",
                  "p18_text": "She is frightened."}  # fmt: skip
        lets = {**story["legal_basis"]["sensitive"], mother: chosen}
        assert "This person agrees, and paragraph 18" not in walked["S03"].check_page
        story["legal_basis"] = {**story["legal_basis"], "sensitive": lets}
        walk = begin_at("check", cases.S03, story, cast, now)
        warning = f"{mother}: This person agrees, and paragraph 18 is for sharing without consent"
        walk.get(walk.check_path)
        assert warning in walk.text
        decision = walk.record_directly()
        seen = supervisor_sees(cast, decision)
        assert warning in seen.text

    def test_ledger_has_the_record_and_is_whole(self, records: dict[str, Decision], cast: Cast) -> None:
        decision = records["S03"]
        entries = LedgerEntry.objects.filter(organisation=cast.organisation.pk)
        assert entries.filter(event="decision.recorded", object_repr=decision.reference).count() == 1
        numbers = list(entries.order_by("seq").values_list("seq", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
