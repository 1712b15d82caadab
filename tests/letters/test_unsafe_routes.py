"""What must not leave does not: by the form, by the address of a letter made before, or by the action alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from decisions.actions import add_informing
from letters.household import household_of
from letters.leaving import MayNotLeave
from letters.models import LetterMade
from letters.routes import NOT_KNOWN, NOT_TO_HOME, Route
from rules.explanation.versions import Version
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, plain, refused
from tests.in_turn import in_turn
from tests.letters.test_letters import answers, made, of, page_of
from tests.letters.ways import ADDRESSES, later, lives_at_home, no_longer, reached, risk
from tests.pages import PageClient, parsed
from tests.shared import undone

# What may leave is decided in Python, from rows that every engine gives alike.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]


@dataclass(frozen=True)
class Sheet:
    """One kind of what is given to a family."""

    name: str
    route: str
    format: str
    version: Version = Version.ADULT

    def made(self, case: Case, **changed: Any) -> LetterMade:
        choices = {"version": self.version} if self.version == Version.CHILD else {}
        return made(case, self.name, route=self.route, output_format=self.format, choices=choices, **changed)


SHEETS = {
    "letter": Sheet(MOTHER, "letter", "pdf"),
    "print for home": Sheet(MOTHER, "letter", "html"),
    "e-mail text": Sheet(MOTHER, "email", "html"),
    "child's sheet": Sheet(CHILD, "letter", "pdf", Version.CHILD),
}
STANDS = ["no", "unknown", "old"]
each_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
# Of the pages some each day, of several kinds: what refuses them is one rule, which is asked of all by the action.
IN_TURN = in_turn(product(SHEETS.values(), STANDS), 2 * len(STANDS) + 1)


@pytest.fixture(scope="class")
def _at_risk(_closed: Case) -> Iterator[Case]:
    with undone():
        risk(_closed, MOTHER)
        lives_at_home(_closed, PARTNER, "no")
        yield _closed


@pytest.fixture
def case(_at_risk: Case, db: None) -> Case:
    """A family with a known risk, and nobody else at the home."""
    return _at_risk


@pytest.fixture(scope="class")
def safe(_closed: Case) -> Iterator[Case]:
    with undone():
        reached(_closed, MOTHER, "letter", "yes")
        yield _closed


def says_nothing(answer: Any) -> bool:
    """No byte of an address, and none of a letter."""
    body = answer.content.decode(errors="replace")
    letter = ("%PDF", "Dear ", "app-paper", "We told ")
    return not any(words in body for words in (*ADDRESSES.values(), *letter))


def refusals() -> list[dict[str, Any]]:
    return [entry.additional_data for entry in LedgerEntry.objects.filter(event="decision.letter_refused")]


class TestRefused:
    def test_by_the_form(self, case: Case, as_user: SignIn) -> None:
        for sheet, stands in IN_TURN:
            with undone():
                self.by_the_form(case, as_user, sheet, stands)

    def by_the_form(self, case: Case, as_user: SignIn, sheet: Sheet, stands: str) -> None:
        reached(case, sheet.name, sheet.route, stands)
        client, path = as_user(case.cast.practitioner), page_of(case, sheet.name)
        data = answers(parsed(client.get(path).content.decode()), version=str(sheet.version), why="You rang us.")
        sent = {**data, "route": sheet.route, "format": sheet.format, "make": "1"}
        answer = client.post(path, sent)
        assert answer.status_code == 422
        assert says_nothing(answer)
        text = answer.content.decode()
        assert text.count(NOT_KNOWN) >= 2  # in the summary and beside the question
        assert "You rang us." in text
        assert LetterMade.objects.count() == 0
        assert refusals() == [{"person": of(case, sheet.name).pk, "route": sheet.route}]

    def test_by_the_address_of_one_made_before(self, case: Case, as_user: SignIn) -> None:
        for sheet, stands in IN_TURN:
            with undone():
                self.by_the_address(case, as_user, sheet, stands)

    def by_the_address(self, case: Case, as_user: SignIn, sheet: Sheet, stands: str) -> None:
        way = reached(case, sheet.name, sheet.route, "yes")
        letter = sheet.made(case)
        no_longer(case, way, stands)
        client = as_user(case.cast.practitioner)
        for name in ("letters:made", "letters:pdf")[: 2 if sheet.format == "pdf" else 1]:
            answer = client.get(reverse(name, args=[case.decision.public_id, letter.public_id]))
            assert answer.status_code == 409
            assert says_nothing(answer)
            assert NOT_KNOWN in answer.content.decode()
        assert {entry["letter"] for entry in refusals()} == {letter.pk}
        assert not LedgerEntry.objects.filter(event="decision.letter_opened").exists()

    @each_sheet
    @pytest.mark.parametrize("stands", STANDS)
    def test_by_the_action(self, case: Case, sheet: Sheet, stands: str) -> None:
        """As a command would call it."""
        reached(case, sheet.name, sheet.route, stands)
        with pytest.raises(MayNotLeave, match="not known to be safe"):
            sheet.made(case)
        assert LetterMade.objects.count() == 0


@each_sheet
def test_where_it_is_safe_it_is_made_and_says_how_it_goes(case: Case, as_user: SignIn, sheet: Sheet) -> None:
    reached(case, sheet.name, sheet.route, "yes")
    letter = sheet.made(case)
    path = reverse("letters:made", args=[case.decision.public_id, letter.public_id])
    text = as_user(case.cast.practitioner).get(path).content.decode()
    assert f"How it reaches them: {Route.label_of(sheet.route)}." in text
    entry = LedgerEntry.objects.get(event="decision.explanation_made")
    assert entry.additional_data["route"] == sheet.route


def test_how_it_goes_has_to_be_chosen(case: Case, as_user: SignIn) -> None:
    client = as_user(case.cast.practitioner)
    data = answers(parsed(client.get(page_of(case, MOTHER)).content.decode()), make="1")
    answer = client.post(page_of(case, MOTHER), {**data, "route": ""})
    assert answer.status_code == 422
    assert answer.content.decode().count("Select how it will reach them") == 2


class TestMeeting:
    @pytest.mark.parametrize("route", ["in_person", "screen"])
    def test_it_is_refused_after_a_plain_no(self, case: Case, route: str) -> None:
        assert made(case, route=route).route == route
        reached(case, MOTHER, "in_person", "no")
        with pytest.raises(MayNotLeave, match="meeting them is not safe"):
            made(case, route=route)


class TestHome:
    """Somebody who may live there is not informed, or not yet."""

    def kept(self, case: Case) -> bool:
        return household_of(of(case, MOTHER)).kept_at_home

    def test_a_letter_is_refused_by_form_and_address(self, safe: Case, as_user: SignIn) -> None:
        lives_at_home(safe, PARTNER, "no")
        letter = made(safe, route="letter")
        lives_at_home(safe, PARTNER, "yes")
        with pytest.raises(MayNotLeave, match="must not learn of it"):
            made(safe, route="letter")
        client = as_user(safe.cast.practitioner)
        answer = client.get(reverse("letters:pdf", args=[safe.decision.public_id, letter.public_id]))
        assert answer.status_code == 409
        assert NOT_TO_HOME in answer.content.decode()
        assert PARTNER not in answer.content.decode()
        assert says_nothing(answer)

    @pytest.mark.parametrize(("answer", "kept"), [("yes", True), ("unknown", True), ("no", False)])
    def test_whether_they_live_there_counts(self, safe: Case, answer: str, kept: bool) -> None:  # noqa: FBT001
        lives_at_home(safe, PARTNER, answer)
        assert self.kept(safe) is kept

    @pytest.mark.parametrize(("answer", "kept"), [("yes", True), ("no", False), ("unknown", False)])
    def test_nor_need_whoever_opens_the_post_live_there(self, safe: Case, answer: str, kept: bool) -> None:  # noqa: FBT001
        lives_at_home(safe, PARTNER, "no", opens_post=answer)
        assert self.kept(safe) is kept

    def test_a_reader_who_lives_elsewhere_may_have_it(self, safe: Case) -> None:
        lives_at_home(safe, PARTNER, "yes")
        lives_at_home(safe, MOTHER, "no")
        assert not self.kept(safe)

    @pytest.mark.parametrize(
        ("state", "kept"), [("TOLD_AFTER", False), ("PARTLY_TOLD", False), ("DEFERRED", True), ("NOT_TELLING", True)]
    )
    def test_the_latest_that_is_recorded_counts(self, safe: Case, state: str, kept: bool) -> None:  # noqa: FBT001
        lives_at_home(safe, CHILD, "yes")
        told = state in {"TOLD_AFTER", "PARTLY_TOLD"}
        given = {"informed_at": safe.at, "informed_how": "In person", "informed_safely": "yes"} if told else {
            "informing_reason": "RISK_CHILD", "informing_text": "He would leave", "informing_agreed_with": "A manager",
            "informing_review_on": later(safe, 10).date(),
        }  # fmt: skip
        add_informing(
            decision=safe.decision, person=of(safe, PARTNER), answers={"informing_state": state, **given},
            submission_id=uuid4(), by=safe.cast.practitioner, at=safe.at,
        )  # fmt: skip
        assert self.kept(safe) is kept

    def test_somebody_who_must_not_find_out_counts(self, safe: Case) -> None:
        lives_at_home(safe, PARTNER, "no")
        assert not self.kept(safe)
        risk(safe, CHILD, "must_not_find_out")
        assert self.kept(safe)


class TestDatabase:
    @pytest.mark.parametrize(("kind", "route"), [("letter", "letter"), ("email", "email"), ("in_person", "screen")])
    def test_no_row_of_a_letter_by_a_way_marked_as_not_safe(self, case: Case, kind: str, route: str) -> None:
        letter = made(case)
        copied = {field.attname: getattr(letter, field.attname) for field in LetterMade._meta.concrete_fields}
        row = {**copied, "id": None, "public_id": uuid4(), "route": route}
        plain(LetterMade).bulk_create([LetterMade(**row)])
        reached(case, MOTHER, kind, "no")
        with refused("not safe"):
            plain(LetterMade).bulk_create([LetterMade(**{**row, "public_id": uuid4()})])

    @pytest.mark.parametrize("route", ["", "pigeon"])
    def test_every_letter_reaches_its_person_some_way(self, case: Case, route: str) -> None:
        letter = made(case)
        copied = {field.attname: getattr(letter, field.attname) for field in LetterMade._meta.concrete_fields}
        with refused("letter_reaches_its_person_some_way"):
            plain(LetterMade).bulk_create([LetterMade(**{**copied, "id": None, "public_id": uuid4(), "route": route})])
