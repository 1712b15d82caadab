"""The record on paper: whole, and with the place of its entry in the audit log."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from audit.reading import first_entry
from decisions.presenters.record import sections
from tests.decisions import events
from tests.decisions.cases import MOTHER, Case, twin_of
from tests.pages import PageClient, parsed

SignIn = Callable[[User], PageClient]


@pytest.fixture
def path(closed: Case) -> str:
    return reverse("decisions:print", args=[closed.decision.public_id])


def test_it_is_whole(closed: Case, path: str, as_user: SignIn) -> None:
    """Every line of every section, what was set beside it, and what happened when."""
    events.receipt(closed)
    events.response(closed, kind="NO_FURTHER_ACTION", answered="We disagree.", escalated_to="Head of service")
    events.addition(closed, kind="STATEMENT", section="", person=closed.decision.people.get(name=MOTHER))
    page = parsed(as_user(closed.cast.practitioner).get(path).content.decode())
    [main] = page.all("main")
    for section in sections(closed.again()):
        assert section.title in main.text
        for line in (line for row in section.rows for line in (row.key, *row.lines)):
            assert " ".join(line.split()) in main.text
        for one in section.additions:
            assert one.heading in main.text
            assert one.text in main.text
    assert "Timeline" in main.text
    assert page.all("details") == []


def test_it_opens_with_whom_it_must_not_reach(closed: Case, path: str, as_user: SignIn) -> None:
    page = parsed(as_user(closed.cast.practitioner).get(path).content.decode())
    kept = {row.person.name for item in closed.again().items.all() for row in item.not_disclosed_to.all()}
    [main] = page.all("main")
    assert kept
    begins = main.text.index("This copy must not reach")
    assert begins < main.text.index("Shared what was needed")
    assert all(name in main.text[begins : begins + 200] for name in kept)


def test_it_names_its_entry(closed: Case, path: str, as_user: SignIn) -> None:
    entry = LedgerEntry.objects.get(event="decision.recorded")
    page = parsed(as_user(closed.cast.practitioner).get(path).content.decode())
    [main] = page.all("main")
    assert f"Entry {entry.seq} of our audit log, beginning {entry.entry_hash[:16]}" in main.text
    assert entry.entry_hash[:17] not in main.text


def test_it_says_what_it_is_and_who_printed_it(closed: Case, path: str, as_user: SignIn) -> None:
    page = parsed(as_user(closed.cast.supervisor).get(path).content.decode())
    [head] = page.classed("app-record__head")
    for words in (
        f"Record of decision {closed.decision.reference}", closed.cast.organisation.name,
        f"Printed by {closed.cast.supervisor.full_name}",
    ):  # fmt: skip
        assert words in head.text
    assert [one.text for one in page.all("h1")] == [f"Record of decision {closed.decision.reference}"]


@pytest.mark.parametrize("who", ["other_team", "administrator", "officer"])
def test_others_get_nothing(closed: Case, path: str, as_user: SignIn, who: str) -> None:
    assert as_user(getattr(closed.cast, who)).get(path).status_code in {403, 404}
    assert as_user(closed.cast.stranger.supervisor).get(path).status_code == 404
    assert not LedgerEntry.objects.filter(event="decision.printed").exists()


def test_a_draft_is_no_record(closed: Case, as_user: SignIn) -> None:
    path = reverse("decisions:print", args=[twin_of(closed.decision).public_id])
    assert as_user(closed.cast.practitioner).get(path).status_code == 404


def test_an_entry_is_found_in_its_own_chain_only(closed: Case) -> None:
    asked = {"subject": "decisions.decision", "object_pk": str(closed.decision.pk), "event": "decision.recorded"}
    here, there = closed.cast.organisation.pk, closed.cast.stranger.organisation.pk
    assert first_entry(organisation=here, **asked) == LedgerEntry.objects.get(event="decision.recorded")
    assert first_entry(organisation=there, **asked) is None
    assert first_entry(organisation=here, **{**asked, "event": "decision.unheard"}) is None
