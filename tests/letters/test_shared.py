"""What was shared about somebody: the page, and the letter from it, over every decision that its author may see."""

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from audit.models import LedgerEntry
from decisions.actions import add_informing
from decisions.models import Decision, DecisionFamily, DecisionPerson, ItemRecipient
from letters.actions import agree_to_route, make_letter, make_shared_letter, open_shared_letter
from letters.leaving import MayNotLeave
from letters.models import LetterMade, SharedLetter, SharedLetterDecision
from letters.output import bytes_of
from letters.routes import NOT_KNOWN
from rules.explanation.facts import Choices
from rules.explanation.versions import Layout, Version
from tests.decisions import events
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, copy, plain, recorded_twin, refused, sql, twin_of
from tests.drafting.households import household
from tests.in_turn import in_turn, one_in_turn
from tests.letters.test_unsafe_routes import STANDS, says_nothing
from tests.letters.ways import ADDRESSES, lives_at_home, no_longer, person, reached, risk
from tests.pages import PageClient, in_one_line, parsed
from tests.shared import undone

# What may leave is decided in Python, from rows that every engine gives alike.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
WORDS = "He was hurt, and we told them"
UNSAFE = [(route, kind, stands) for route, kind in (("letter", "pdf"), ("email", "html")) for stands in STANDS]


@pytest.fixture(scope="module")
def _two(_closed: Case) -> Case:
    """Two decisions about the family: the second, two days later, of the teammate."""
    recorded_twin(_closed.decision, at=_closed.at + timedelta(days=2), by=_closed.cast.teammate)
    return _closed


@pytest.fixture
def case(_two: Case, db: None) -> Case:
    return _two


@pytest.fixture(scope="class")
def at_risk(_two: Case) -> Iterator[Case]:
    with undone():
        risk(_two, MOTHER)
        lives_at_home(_two, PARTNER, "no")
        yield _two


@pytest.fixture(scope="class")
def no_post(_two: Case) -> Iterator[Case]:
    with undone():
        lives_at_home(_two, PARTNER, "no")
        reached(_two, MOTHER, "letter", "no")
        yield _two


def twin(case: Case) -> Decision:
    found: Decision = Decision.objects.recorded().exclude(pk=case.decision.pk).order_by("pk")[0]
    return found


def about(case: Case, name: str = MOTHER) -> str:
    return reverse("shared:about", args=[person(case, name).public_id])


def letter_page(case: Case, name: str = MOTHER) -> str:
    return reverse("shared:letter", args=[person(case, name).public_id])


def main_of(client: PageClient, path: str) -> str:
    return str(parsed(client.get(path).content.decode()).all("main")[0].text)


def words_to_all() -> dict[str, str]:
    return {str(row.pk): WORDS for decision in Decision.objects.recorded() for row in decision.recipients.all()}


def made(case: Case, name: str = MOTHER, **changed: Any) -> SharedLetter:
    given = ItemRecipient.objects.filter(given=True).values_list("recipient_id", "item_id")
    items = frozenset((str(recipient), str(item)) for recipient, item in given)
    choices: dict[str, Any] = {"version": Version.ADULT, "contact": "Asha", "items": items}
    choices |= {"own_words": words_to_all(), **changed.pop("choices", {})}
    arguments = {
        "output_format": "pdf", "language": "en", "route": "in_person", "submission_id": uuid4(),
        "by": case.cast.practitioner, "at": case.at,
    }  # fmt: skip
    return make_shared_letter(person=person(case, name), choices=Choices(**choices), **{**arguments, **changed})


def pdf_text(letter: SharedLetter) -> str:
    pages = PdfReader(io.BytesIO(bytes_of(letter.content, "pdf"))).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def kept_from(case: Case, decision: Decision, name: str = MOTHER, state: str = "DEFERRED") -> None:
    add_informing(
        decision=decision, person=decision.people.get(name=name), submission_id=uuid4(), by=case.cast.practitioner,
        at=case.at,
        answers={
            "informing_state": state, "informing_reason": "RISK_CHILD", "informing_text": "zq-why-not",
            "informing_agreed_with": "The manager", "informing_review_on": (case.at + timedelta(days=9)).date(),
        },
    )  # fmt: skip


def hidden_twin(case: Case, author: User | None = None) -> Decision:
    """About the same family and one that only another team knows, so that the practitioner may not see it."""
    cast, draft = case.cast, twin_of(case.decision)
    other = household([], team=cast.other_team_row, by=cast.other_team, at=case.at, name="Elsewhere")
    row = DecisionFamily(organisation=cast.organisation, decision=draft, family=other, reference=other.reference)
    plain(DecisionFamily).bulk_create([row])
    recorded = {
        "state": "recorded",
        "recorded_at": case.at,
        "team": cast.other_team_row,
        "author": author or cast.other_team,
    }
    plain(Decision).filter(pk=draft.pk).update(**recorded)
    found: Decision = Decision.objects.recorded().get(pk=draft.pk)
    return found


class TestPage:
    def text(self, case: Case, as_user: SignIn, name: str = MOTHER, by: User | None = None) -> str:
        return main_of(as_user(by or case.cast.practitioner), about(case, name))

    def test_each_decision_is_there_the_newest_first(self, case: Case, as_user: SignIn) -> None:
        text = self.text(case, as_user)
        first, second = case.decision.reference, twin(case).reference
        assert text.index(second) < text.index(first)
        assert "Attendance this term" in text
        assert "They were informed, and object" in text
        assert "it would be sent whatever they said" in text
        assert "Public task" in text
        assert "Informed before" in text

    def test_it_is_reached_from_the_family_and_entered_in_the_ledger(self, case: Case, as_user: SignIn) -> None:
        client = as_user(case.cast.practitioner)
        family = client.get(reverse("families:detail", args=[case.family.public_id])).content.decode()
        assert about(case) in family
        client.get(about(case))
        [entry] = LedgerEntry.objects.filter(event="person.shared_read")
        assert entry.object_pk == str(person(case, MOTHER).pk)

    def test_when_they_must_not_be_told_stands_beside_it_and_no_words_of_others(
        self, case: Case, as_user: SignIn
    ) -> None:
        kept_from(case, twin(case))
        text = self.text(case, as_user)
        assert "Not for them" in text
        assert "Agreed with: The manager" in text
        assert "Review date" in text
        assert "zq-why-not" not in text

    def test_what_they_said_later_and_what_was_corrected(self, case: Case, as_user: SignIn) -> None:
        events.said(case, views="I still say no", consent_at=case.at)
        events.passed_on(case, of=events.statement(case, text="Ask my sister"))
        events.complaint(case, person=case.decision.people.get(name=MOTHER), made_by_other="", text="Nobody rang")
        text = self.text(case, as_user)
        partners = self.text(case, as_user, PARTNER)
        for words in ("I still say no", "Ask my sister", "It was passed on to", "Nobody rang"):
            assert words in text
            assert words not in partners

    def test_a_decision_they_may_not_see_leaves_no_trace(self, case: Case, as_user: SignIn) -> None:
        client = as_user(case.cast.practitioner)
        paths = [about(case), letter_page(case), *(about(case, name) for name in one_in_turn((CHILD, PARTNER)))]
        before = [main_of(client, path) for path in paths]
        hidden = hidden_twin(case)
        assert not Decision.objects.visible_to(case.cast.practitioner).filter(pk=hidden.pk).exists()
        assert [main_of(client, path) for path in paths] == before
        assert hidden.reference not in made(case).content.__str__()
        assert {row.decision_id for row in SharedLetterDecision.objects.all()} == {case.decision.pk, twin(case).pk}

    def test_more_decisions_cost_no_more_queries(self, case: Case, as_user: SignIn) -> None:
        client, counts = as_user(case.cast.practitioner), []
        client.get(about(case))
        for days in (3, 4):
            with CaptureQueriesContext(connection) as seen:
                client.get(about(case))
                client.get(letter_page(case))
            counts.append(len(seen))
            recorded_twin(case.decision, at=case.at + timedelta(days=days))
        assert len(set(counts)) == 1


class TestLetter:
    def test_it_tells_of_each_decision_and_keeps_what_it_was_made_from(self, case: Case) -> None:
        letter = made(case)
        text = pdf_text(letter)
        assert text.count("What we shared on") == 2
        assert text.count("Your rights") == 1
        assert "Attendance this term" in text
        assert {row.decision_id for row in letter.about.all()} == {case.decision.pk, twin(case).pk}
        assert letter.sha256 == hashlib.sha256(bytes_of(letter.content, "pdf")).hexdigest()
        entry = LedgerEntry.objects.get(event="person.shared_letter_made")
        assert entry.additional_data["sha256"] == letter.sha256
        assert MOTHER not in str(entry.additional_data)

    def test_the_same_bytes_twice_and_the_same_form_once(self, case: Case) -> None:
        key = uuid4()
        first = made(case, submission_id=key)
        assert bytes_of(first.content, "pdf") == bytes_of(first.content, "pdf")
        assert made(case, submission_id=key) == first
        assert SharedLetter.objects.count() == 1

    @pytest.mark.in_turn(3)
    @pytest.mark.parametrize("version", Version)
    @pytest.mark.parametrize("layout", Layout)
    def test_every_version_and_layout(self, case: Case, version: Version, layout: Layout) -> None:
        letter = made(case, choices={"version": version, "layout": layout}, output_format="html")
        assert letter.content["layout"] == layout
        assert WORDS in bytes_of(letter.content, "html").decode()

    def test_one_of_which_they_must_not_be_told_is_left_out_and_only_its_author_learns(
        self, case: Case, as_user: SignIn
    ) -> None:
        kept_from(case, twin(case))
        page = parsed(as_user(case.cast.practitioner).get(letter_page(case)).content.decode())
        assert f"Decision {twin(case).reference}" in page.all("main")[0].text
        letter = made(case)
        assert pdf_text(letter).count("What we shared on") == 1
        assert {row.decision_id for row in letter.about.all()} == {case.decision.pk}

    def test_where_nothing_may_be_told_none_is_made(self, case: Case, as_user: SignIn) -> None:
        for decision in (case.decision, twin(case)):
            kept_from(case, decision, state="NOT_TELLING")
        with pytest.raises(ValidationError, match="Nothing that was sent"):
            made(case)
        answer = as_user(case.cast.practitioner).get(letter_page(case))
        assert "No letter can be made now" in answer.content.decode()

    def test_from_the_page_to_the_pdf(self, case: Case, as_user: SignIn) -> None:
        client = as_user(case.cast.practitioner)
        page = parsed(client.get(letter_page(case)).content.decode())
        data = answers(page, make="1")
        at_letter = client.post(letter_page(case), data)
        assert at_letter.status_code == 302
        shown = client.get(at_letter["Location"])
        assert "What we shared about you" in shown.content.decode()
        [letter] = SharedLetter.objects.all()
        file = client.get(reverse("shared:pdf", args=[person(case, MOTHER).public_id, letter.public_id]))
        assert hashlib.sha256(file.content).hexdigest() == letter.sha256
        assert reverse("shared:made", args=[person(case, MOTHER).public_id, letter.public_id]) in client.get(
            about(case)
        ).content.decode()  # fmt: skip

    def test_an_error_stands_beside_its_question_and_nothing_is_lost(self, case: Case, as_user: SignIn) -> None:
        client = as_user(case.cast.practitioner)
        key = next(iter(words_to_all()))
        data = answers(parsed(client.get(letter_page(case)).content.decode()), make="1", contact="", route="")
        answer = client.post(letter_page(case), {**data, f"words-{key}": "You rang us."})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert text.count("Select how it will reach them") == text.count("Enter who they can talk to") == 2
        assert "You rang us." in text


def answers(page: Any, **changed: Any) -> dict[str, Any]:
    form = {"version": "adult", "layout": "standard", "contact": "Asha", "format": "pdf", "route": "in_person"}
    boxes = [one.attrs["value"] for one in page.all("input") if one.attrs.get("name") == "items"]
    [hidden] = [one for one in page.all("input") if one.attrs.get("name") == "submission_id"]
    return {**form, "items": boxes, "submission_id": hidden.attrs["value"], **changed}


class TestUnsafeRoutes:
    @pytest.fixture
    def case(self, at_risk: Case) -> Case:
        return at_risk

    @pytest.mark.parametrize(("route", "output_format", "stands"), UNSAFE)
    def test_by_the_action(self, case: Case, stands: str, route: str, output_format: str) -> None:
        reached(case, MOTHER, route, stands)
        with pytest.raises(MayNotLeave):
            made(case, route=route, output_format=output_format)

    def test_by_form_and_action(self, case: Case, as_user: SignIn) -> None:
        """Of these and of the next some each day: all are asked by the action alone, which refuses them by one rule."""
        for route, output_format, stands in in_turn(UNSAFE, 5):
            with undone():
                self.by_form_and_action(case, as_user, stands, route, output_format)

    def by_form_and_action(self, case: Case, as_user: SignIn, stands: str, route: str, output_format: str) -> None:
        reached(case, MOTHER, route, stands)
        client = as_user(case.cast.practitioner)
        data = answers(parsed(client.get(letter_page(case)).content.decode()), route=route, make="1")
        answer = client.post(letter_page(case), {**data, "format": output_format})
        assert answer.status_code == 422
        assert says_nothing(answer)
        assert answer.content.decode().count(NOT_KNOWN) >= 2
        with pytest.raises(MayNotLeave):
            made(case, route=route, output_format=output_format)
        assert SharedLetter.objects.count() == 0
        found = LedgerEntry.objects.filter(event="person.shared_letter_refused")
        assert [entry.additional_data for entry in found] == [{"route": route}] * 2

    def test_by_the_address_of_one_made_before(self, case: Case, as_user: SignIn) -> None:
        for route, output_format, stands in in_turn(UNSAFE, 5):
            with undone():
                self.by_the_address(case, as_user, stands, route, output_format)

    def by_the_address(self, case: Case, as_user: SignIn, stands: str, route: str, output_format: str) -> None:
        way = reached(case, MOTHER, route, "yes")
        letter = made(case, route=route, output_format=output_format)
        no_longer(case, way, stands)
        client = as_user(case.cast.practitioner)
        for name in ("shared:made", "shared:pdf")[: 2 if output_format == "pdf" else 1]:
            answer = client.get(reverse(name, args=[person(case, MOTHER).public_id, letter.public_id]))
            assert answer.status_code == 409
            assert says_nothing(answer)


class TestAgreement:
    @pytest.fixture
    def case(self, no_post: Case) -> Case:
        return no_post

    def test_the_preview_leads_to_where_a_supervisor_is_asked(self, case: Case, as_user: SignIn) -> None:
        client = as_user(case.cast.practitioner)
        data = answers(parsed(client.get(letter_page(case)).content.decode()))
        page = client.post(letter_page(case), {**data, f"words-{next(iter(words_to_all()))}": WORDS}).content.decode()
        reader = case.decision.people.get(name=MOTHER)
        assert reverse("letters:ask", args=[case.decision.public_id, reader.pk]) in page

    def agree(self, case: Case, **changed: Any) -> Any:
        arguments = {
            "decision": case.decision, "person": case.decision.people.get(name=MOTHER), "route": "letter",
            "reason": "She asked for it", "submission_id": uuid4(), "by": case.cast.supervisor, "at": case.at,
        }  # fmt: skip
        return agree_to_route(**{**arguments, **changed})

    def test_it_lets_one_letter_through_of_either_kind(self, case: Case, as_user: SignIn) -> None:
        agreement = self.agree(case)
        assert case.cast.supervisor.full_name in as_user(case.cast.practitioner).get(letter_page(case)).content.decode()
        assert made(case, route="letter").agreement == agreement
        with pytest.raises(MayNotLeave):
            made(case, route="letter")
        with pytest.raises(MayNotLeave):
            self.one(case)
        record = reverse("decisions:detail", args=[case.decision.public_id])
        assert "A letter was made." in in_one_line(as_user(case.cast.practitioner).get(record))

    def one(self, case: Case) -> LetterMade:
        return make_letter(
            decision=case.decision, person=case.decision.people.get(name=MOTHER), language="en", output_format="html",
            choices=Choices(version=Version.ADULT, contact="Asha", own_words=words_to_all()), route="letter",
            submission_id=uuid4(), by=case.cast.practitioner, at=case.at,
        )  # fmt: skip

    def test_nor_after_a_letter_about_one_decision(self, case: Case) -> None:
        self.agree(case)
        self.one(case)
        with pytest.raises(MayNotLeave):
            made(case, route="letter")

    def test_not_of_a_decision_that_the_letter_leaves_out(self, case: Case) -> None:
        self.agree(case)
        kept_from(case, case.decision)
        with pytest.raises(MayNotLeave):
            made(case, route="letter")

    def test_the_database_refuses_a_second_use(self, case: Case) -> None:
        agreement, other = self.agree(case), made(case)
        used = self.one(case)
        assert used.agreement == agreement
        with refused("another letter"):
            plain(SharedLetter).bulk_create([copy(other, route="letter", agreement_id=agreement.pk)])


class TestWho:
    @pytest.mark.parametrize(
        ("who", "error"),
        [
            ("supervisor", PermissionDenied), ("other_team", Http404), ("administrator", PermissionDenied),
            ("officer", PermissionDenied),
        ],
    )  # fmt: skip
    def test_the_action_is_for_practitioners_of_the_family(self, case: Case, who: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            made(case, by=getattr(case.cast, who))

    def test_a_letter_is_read_by_who_may_see_every_decision_in_it(self, case: Case, as_user: SignIn) -> None:
        hidden_twin(case, author=case.cast.practitioner)
        letter = made(case)
        path = reverse("shared:made", args=[person(case, MOTHER).public_id, letter.public_id])
        assert as_user(case.cast.practitioner).get(path).status_code == 200
        assert as_user(case.cast.teammate).get(path).status_code == 404
        assert path not in as_user(case.cast.teammate).get(about(case)).content.decode()

    def test_not_by_the_address_of_somebody_else(self, case: Case, as_user: SignIn) -> None:
        letter = made(case)
        path = reverse("shared:made", args=[person(case, PARTNER).public_id, letter.public_id])
        assert as_user(case.cast.practitioner).get(path).status_code == 404

    def test_it_warns_once_they_must_not_be_told_any_more(self, case: Case, as_user: SignIn) -> None:
        letter = made(case, output_format="html")
        path = reverse("shared:made", args=[person(case, MOTHER).public_id, letter.public_id])
        warning = "Do not give them this letter"
        assert warning not in as_user(case.cast.practitioner).get(path).content.decode()
        kept_from(case, twin(case))
        assert warning in as_user(case.cast.practitioner).get(path).content.decode()

    def test_opening_is_entered(self, case: Case) -> None:
        letter = made(case)
        assert open_shared_letter(letter=letter, by=case.cast.teammate, at=case.at) == ""
        [entry] = LedgerEntry.objects.filter(event="person.shared_letter_opened")
        assert entry.additional_data == {"letter": letter.pk}


class TestDatabase:
    def row(self, case: Case, **changed: Any) -> SharedLetterDecision:
        decision = case.decision
        reader = decision.people.get(name=MOTHER)
        letter = changed.pop("letter", None) or copy(made(case), public_id=uuid4())
        if letter.pk is None:
            [letter] = plain(SharedLetter).bulk_create([letter])
        common = {"organisation": case.cast.organisation, "letter": letter, "decision": decision, "person": reader}
        return SharedLetterDecision(**{**common, **changed})

    def test_neither_is_ever_changed_or_deleted(self, case: Case) -> None:
        made(case)
        for table in ("letters_sharedletter", "letters_sharedletterdecision"):
            with refused("append-only"):
                sql(f"UPDATE {table} SET organisation_id = organisation_id")
            with refused("append-only"):
                sql(f"DELETE FROM {table}")

    def test_no_decision_of_which_its_reader_must_not_be_told(self, case: Case) -> None:
        row = self.row(case)
        kept_from(case, case.decision)
        with refused("must not be informed"):
            plain(SharedLetterDecision).bulk_create([row])

    def test_none_that_is_about_somebody_else(self, case: Case) -> None:
        other: DecisionPerson = case.decision.people.get(name=CHILD)
        with refused("one person"):
            plain(SharedLetterDecision).bulk_create([self.row(case, person=other)])

    def test_none_that_it_has_already_and_none_with_somebody_of_another(self, case: Case) -> None:
        row = self.row(case)
        plain(SharedLetterDecision).bulk_create([row])
        with refused("(?i)unique|once|append-only"):
            plain(SharedLetterDecision).bulk_create([self.row(case, letter=row.letter)])
        with refused("somebody of its decision"):
            plain(SharedLetterDecision).bulk_create([self.row(case, decision=twin(case))])

    def test_what_a_letter_must_be(self, case: Case) -> None:
        letter, wrong = made(case), (
            ({"sha256": "x"}, "hash"), ({"route": ""}, "some_way"), ({"route": "pigeon"}, "some_way"),
            ({"version": "baby"}, "kinds_known"), ({"written_by_name": " "}, "by name"),
        )  # fmt: skip
        for changed, message in wrong:
            with refused(message):
                plain(SharedLetter).bulk_create([copy(letter, public_id=uuid4(), **changed)])

    def test_no_way_that_is_marked_as_not_safe(self, case: Case) -> None:
        letter = made(case)
        reached(case, MOTHER, "in_person", "no")
        with refused("not safe"):
            plain(SharedLetter).bulk_create([copy(letter, public_id=uuid4())])

    def test_to_nobody_of_another_organisation(self, case: Case) -> None:
        letter = made(case)
        with refused("one organisation"):
            plain(SharedLetter).bulk_create([
                copy(letter, public_id=uuid4(), organisation_id=case.cast.stranger.organisation.pk)
            ])  # fmt: skip


def test_the_page_has_no_number_or_address(case: Case, as_user: SignIn) -> None:
    for kind in ADDRESSES:
        reached(case, MOTHER, kind, "yes")
    client = as_user(case.cast.practitioner)
    for path in (about(case), letter_page(case)):
        text = client.get(path).content.decode()
        assert not any(address in text for address in ADDRESSES.values())
