"""A letter that declines a request says who asked and whom to write to, and nothing of the case."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import Decision, DecisionItem, ItemRecipient
from decisions.presenters.decline_letter import DeclineLetter, decline_letter
from decisions.queries import PARTS
from tests import shared
from tests.cast import Cast, Company
from tests.decisions.test_parts import along
from tests.drafting import scenario_cases as cases
from tests.pages import Page, PageClient, parsed

# The letter is made in Python from rows that every engine gives alike.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
# What is theirs already, and who we are.
MAY_BE_SAID = {
    "asked_by_name", "asked_by_organisation", "request_reference", "author_name", "author_job", "organisation_name",
}  # fmt: skip


cast, now = shared.cast, shared.now


@pytest.fixture(scope="module")
def declined(cast: Cast, now: datetime) -> Decision:
    """S02: a charity declines what a housing officer asked for."""
    return cases.begin_at("check", cases.S02, cases.s02(now), cast.stranger, now).record_directly()


@pytest.fixture
def decision(declined: Decision) -> Decision:
    """Read with its parts, for a test that changes it in memory."""
    found: Decision = Decision.objects.with_parts().get(pk=declined.pk)
    return found


@pytest.fixture
def company(cast: Cast) -> Company:
    return cast.stranger


def made(decision: Decision) -> DeclineLetter:
    letter = decline_letter(decision)
    assert letter is not None
    return letter


def shares(decision: Decision, outcome: str, given: list[bool]) -> Decision:
    """As if it were shared: each item goes to whoever asked, or does not."""
    asker = decision.recipients.get()
    items = [DecisionItem(pk=number) for number, _ in enumerate(given, 1)]
    for item, goes in zip(items, given, strict=True):
        item._prefetched_objects_cache = {"grid": [ItemRecipient(recipient_id=asker.pk, given=goes)]}  # type: ignore[attr-defined]
    decision._prefetched_objects_cache["items"] = items  # type: ignore[attr-defined]
    decision.outcome = outcome
    return decision


def texts_of(decision: Decision) -> Iterator[tuple[Any, models.Field[Any, Any]]]:
    """Every field that holds words, of the decision and of all its parts."""
    rows = [decision, *(row for path in PARTS for row in along([decision], path) if row is not None)]
    for row in dict.fromkeys(rows):
        for column in row._meta.concrete_fields:
            if isinstance(column, models.CharField | models.TextField) and not column.choices:
                yield row, column


class TestSays:
    def test_that_it_is_declined_to_whoever_asked(self, decision: Decision) -> None:
        letter = made(decision)
        assert letter.to == ["A housing officer", "Ravensmere Homes"]
        assert letter.their_reference == "inv-204"
        assert letter.answer == ("We have decided not to share the information that you asked for.",)
        assert decision.author_name in letter.contact
        assert decision.organisation_name in letter.contact

    def test_neither_that_something_is_held_nor_that_it_is_not(self, decision: Decision) -> None:
        decision.neither_confirmed, decision.author_job = True, "Refuge worker"
        letter = made(decision)
        assert letter.answer[0].startswith("We neither confirm nor deny that we hold any information")
        assert "decided" not in " ".join(letter.answer)
        assert "Refuge worker" not in letter.contact
        assert letter.their_reference == "inv-204"

    @pytest.mark.parametrize(
        ("outcome", "given"),
        [("SHARED_PART", [True]), ("SHARED_PART", [True, False]), ("SHARED_ALL_NECESSARY", [True, False])],
    )
    def test_that_part_of_it_is_declined(self, decision: Decision, outcome: str, given: list[bool]) -> None:
        assert made(shares(decision, outcome, given)).answer[0].startswith("We have decided to share part")

    @pytest.mark.parametrize("outcome", ["SHARED_PART", "SHARED_ALL_NECESSARY", "SHARED_WHOLE_FILE"])
    def test_that_it_is_declined_where_only_others_get_it(self, decision: Decision, outcome: str) -> None:
        assert "not to share the information" in made(shares(decision, outcome, [False])).answer[0]


class TestIsNotMade:
    @pytest.mark.parametrize("outcome", ["SHARED_ALL_NECESSARY", "SHARED_WHOLE_FILE"])
    def test_where_all_of_it_is_shared(self, decision: Decision, outcome: str) -> None:
        assert decline_letter(shares(decision, outcome, [True, True])) is None

    @pytest.mark.parametrize("outcome", ["DEFERRED", "PASSED_UP", "STOPPED"])
    def test_where_nothing_is_declined_yet(self, decision: Decision, outcome: str) -> None:
        decision.outcome = outcome
        assert decline_letter(decision) is None

    def test_where_nobody_asked(self, decision: Decision) -> None:
        for recipient in decision.recipients.all():
            recipient.is_asker = False
        assert decline_letter(decision) is None


class TestNothingOfTheCase:
    @pytest.mark.parametrize("neither", [False, True])
    def test_no_word_of_the_record_is_in_it(self, decision: Decision, neither: bool) -> None:  # noqa: FBT001
        """Every field that holds words gets a word of its own, which is looked for in all that the letter says."""
        decision.neither_confirmed = neither
        canaries: dict[str, str] = {}
        for number, (row, column) in enumerate(texts_of(decision)):
            if column.name not in {"outcome", "state"}:
                canaries[word := f"zq{number:04}qz"] = column.name
                setattr(row, column.attname, word)
        said = repr(made(decision))
        assert len(canaries) > 60
        leaked = {name for word, name in canaries.items() if word in said}
        assert leaked == (MAY_BE_SAID - {"author_job"} if neither else MAY_BE_SAID)

    @pytest.mark.parametrize(
        ("column", "text", "what"),
        [
            ("request_reference", "Re {name}, rehousing", "their reference"),
            ("asked_by_organisation", "Solicitors for {name}", "their organisation"),
            ("asked_by_name", "A friend of {name}", "their name"),
        ],
    )
    def test_a_name_in_what_they_wrote_is_left_out(self, decision: Decision, column: str, text: str, what: str) -> None:
        child = decision.people.all()[0].name.split()[0]
        setattr(decision, column, text.format(name=child.upper()))
        letter = made(decision)
        assert child.casefold() not in repr(letter).casefold()
        assert letter.left_out == [what]

    def test_somebody_of_the_family_who_asked_is_written_to(self, decision: Decision) -> None:
        decision.asked_by_name = decision.people.all()[1].name
        assert made(decision).to[0] == decision.asked_by_name


def opened(client: PageClient, decision: Decision) -> Page:
    answer = client.get(reverse("decisions:decline_letter", args=[decision.public_id]))
    assert answer.status_code == 200
    return parsed(answer.content.decode())


class TestPage:
    def test_the_letter_is_alone_on_paper_and_made_for_the_ledger(
        self, declined: Decision, company: Company, as_user: SignIn
    ) -> None:
        page = opened(as_user(company.practitioner), declined)
        [letter], [main] = page.classed("app-letter"), page.all("main")
        assert "Your reference: inv-204" in letter.text
        assert "We will look at your request again" in letter.text
        names = [person.name for person in declined.people.all()]
        for word in (*names, declined.reference, declined.team_name, declined.why_now, declined.asked_for):
            assert word not in main.text
        [entry] = LedgerEntry.objects.filter(event="decision.decline_letter_made")
        assert (entry.actor_id, entry.object_repr) == (company.practitioner.pk, declined.reference)

    def test_the_decision_leads_those_who_may_add_to_it_there(
        self, declined: Decision, company: Company, as_user: SignIn
    ) -> None:
        path = reverse("decisions:decline_letter", args=[declined.public_id])
        detail = reverse("decisions:detail", args=[declined.public_id])
        assert path in as_user(company.practitioner).get(detail).content.decode()
        assert path not in as_user(company.supervisor).get(detail).content.decode()
