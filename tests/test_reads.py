"""Whatever shows a record leaves an entry before it does, as docs/events.md has it: pages, lists, files and commands.

One scripted day of five people (tests/scripted_day.py): every step of it that shows or changes a record has its entry,
and none can be taken without.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import reverse

from accounts.models import User
from audit.ledger import LIST
from audit.models import LedgerEntry
from families.models import Family, Person
from tests.administration.pages import without_what_changes
from tests.scripted_day import ERROR, ROLES, STEPS, Day, live
from tests.test_access_matrix import Scene, addresses, scene, signed_in

__all__ = ["scene"]
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

EVENTS = Path(__file__).parents[1] / "docs" / "events.md"
# What is sent where an empty form finds nothing.
SENT = {
    "search": {"words": ["Tomos"]},
    "families:register": {"name": ["Ashdown"]},
    "administration:ledger_export": {"format": ["csv"]},
}
# Before anything is typed or chosen they show nobody. An administrator's home page has no lines.
FORMS_WITHOUT_RECORDS = {"search", "families:register", "families:import", "reports:export", "home"}
# One shows nobody on a site where no row waits, and one is shown to nobody before the next working day. The others are
# answered with another page, unless what is sent is refused. An urgent record needs a decision that completes it.
SHOWN_ELSEWHERE = {
    "families:import",
    "reviews:second_look",
    "drafting:record",
    "families:team_remove",
    "emergencies:urgent",
}


# What may come together, as docs/events.md has it: a file begins and ends, what is kept is shown at once.
TOGETHER = {
    "search", "drafting:page", "drafting:urgent_complete", "incidents:detail", "reports:export",
    "administration:ledger_export", "administration:evidence_take",
}  # fmt: skip
BY_THE_SITE = "ledger.checkpoint_made"
REFUSED, NOTHING_SHOWN = {403, 404}, {302, 403, 404}


def lines(heading: str) -> list[list[str]]:
    """The cells of a table of docs/events.md."""
    section = EVENTS.read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def shows() -> dict[str, set[str]]:
    """The entries by page, of pages that show case text."""
    return {named(page)[0]: set(named(entries)) for page, entries in lines("Pages that show case text")}


@cache
def reads() -> set[str]:
    """Every entry of something that was shown."""
    return set().union(*shows().values())


def shows_none() -> list[str]:
    return [name for _, pages in lines("Pages that show none") for name in named(pages)]


def names(scene: Scene) -> list[str]:
    people = Person.objects.filter(organisation=scene.cast.organisation).values_list("name", flat=True)
    families = Family.objects.filter(organisation=scene.cast.organisation).values_list("name", flat=True)
    return sorted({word for name in (*people, *families) for word in name.split() if word not in {"The", "family"}})


@pytest.fixture(scope="module")
def day(scene: Scene) -> Day:
    drawn = frozenset(shows_none()) | FORMS_WITHOUT_RECORDS
    return live(scene, drawn=drawn, shows=frozenset(shows()), sent=SENT)


def test_every_address_is_in_one_of_the_tables() -> None:
    listed = [*shows(), *shows_none()]
    assert sorted(listed) == sorted({name for name, _ in addresses()})


def test_every_step_of_a_day_that_shows_a_record_has_its_entry(day: Day) -> None:
    assert len(day.taken) >= STEPS
    assert {taken.step.who for taken in day.taken} == set(ROLES)
    without = []
    for taken in day.taken:
        name, wanted = taken.step.row.name, shows().get(taken.step.row.name)
        nobody_shown = name in FORMS_WITHOUT_RECORDS or taken.status in NOTHING_SHOWN
        if wanted is not None and not taken.read & wanted and not (nobody_shown and not taken.read & reads()):
            without.append((taken.step, taken.status, taken.read))
    assert without == []


def test_a_step_is_one_request_of_the_person_who_took_it(scene: Scene, day: Day) -> None:
    """After an export the site itself signs a checkpoint: that entry is nobody's."""
    for taken in day.taken:
        assert len({entry.cid for entry in taken.entries}) <= 1, taken.step
        own = [entry for entry in taken.entries if entry.event != BY_THE_SITE]
        assert {entry.actor_id for entry in own} <= {getattr(scene.cast, taken.step.who).pk}, taken.step


def test_a_step_has_one_event_of_what_was_shown_and_one_of_what_was_done(day: Day) -> None:
    """Rows that changed with it are no events. Who is refused has that entered, and nothing else."""
    more = []
    for taken in day.taken:
        events = set(taken.events) - {BY_THE_SITE}
        several = max(len(events & reads()), len(events - reads())) > 1 and taken.step.row.name not in TOGETHER
        if several or (taken.status in REFUSED and events != {"refused"}):
            more.append((taken.step, taken.status, events))
    assert more == []


def test_most_of_what_is_sent_is_taken_and_stays(day: Day) -> None:
    sent = [taken for taken in day.taken if taken.step.method == "POST"]
    changed = [taken for taken in sent if taken.is_accepted and set(taken.read) - reads()]
    assert len(changed) > len(sent) / 2
    assert {taken.step.who for taken in changed} == set(ROLES)
    kept = {entry.pk for taken in day.taken for entry in taken.entries}
    assert LedgerEntry.objects.filter(pk__in=kept).count() == len(kept)


def test_without_an_entry_nothing_is_shown_and_nothing_changes(scene: Scene, day: Day) -> None:
    """Every form, in three days, sent as it was taken later, and every page of the first table without one.

    The same error page each time.
    """
    assert day.is_unchanged
    assert [entry for taken in day.unentered for entry in taken.entries] == []
    entered = {taken.step for taken in day.taken if taken.entries and taken.status not in REFUSED}
    let_through = [taken for taken in day.unentered if taken.status != ERROR]
    assert [taken.step for taken in let_through if taken.step in entered] == []
    assert len({without_what_changes(taken.body.encode()) for taken in day.unentered if taken.status == ERROR}) == 1
    first_table = {taken.step.row.name for taken in day.unentered if taken.status == ERROR}
    assert set(shows()) - first_table - day.later <= FORMS_WITHOUT_RECORDS | SHOWN_ELSEWHERE
    known = names(scene)
    assert [(taken.step, word) for taken in day.unentered for word in known if word in taken.body] == []


def test_no_name_is_on_a_page_without_an_entry(scene: Scene, day: Day) -> None:
    known = names(scene)
    assert len(known) >= 5
    drawn = [taken for taken in day.taken if not taken.entries or taken.step.row.name not in shows()]
    # Whole words: “Kit” is bound to stand in base64 some day.
    written = re.compile(rf"\b({'|'.join(known)})\b")
    assert [(taken.step, written.findall(taken.body)) for taken in drawn if written.search(taken.body)] == []


def test_every_page_of_the_first_table_was_shown(day: Day) -> None:
    entered = {name: set[str]() for name in shows()}
    for taken in day.taken:
        if taken.step.row.name in shows():
            entered[taken.step.row.name] |= taken.read
    assert {name for name, read in entered.items() if not read & shows()[name]} == SHOWN_ELSEWHERE


def test_a_list_is_one_entry_of_references_without_a_name(scene: Scene, day: Day) -> None:
    known = names(scene)
    listed = [entry for taken in day.taken for entry in taken.entries if entry.subject == LIST]
    assert {entry.event for entry in listed} >= {"decisions.listed", "families.listed", "records.results_shown"}
    assert {entry.additional_data["list"] for entry in listed if entry.event == "decisions.listed"} == {
        "home", "log", "queue", "report",
    }  # fmt: skip
    for entry in listed:
        assert not [word for word in known if word in str(entry.additional_data)], entry.event
    logs = [taken for taken in day.taken if taken.step.row.name == "decisions:log"]
    assert all(len(taken.entries) == 1 for taken in logs)
    assert any(scene.recorded.reference in taken.entries[0].additional_data["decisions"] for taken in logs)


def test_filters_are_entered_by_their_kinds(scene: Scene) -> None:
    # As the day has left them, with another password perhaps.
    client = signed_in(User.objects.get(pk=scene.cast.supervisor.pk))
    client.get(reverse("decisions:log"), {"family": str(scene.family.public_id), "outcome": "SHARE"})
    entry = LedgerEntry.objects.order_by("-pk")[0]
    assert entry.additional_data["filters"] == "family, outcome"
    assert str(scene.family.public_id) not in str(entry.additional_data)


def test_every_command_is_in_the_table_and_its_entries_exist() -> None:
    listed = {name: named(entries) for commands, entries in lines("Commands") for name in named(commands)}
    apps = {"accounts", "administration", "audit", "decisions", "families", "reflections", "reminders", "safeguarding"}
    ours = {name for name, app in get_commands().items() if app in apps}
    assert set(listed) == ours
    written = {event for events in shows().values() for event in events} | {
        "reflection.released",
        "decision.proof_made",
        "ledger.drilled",
        "family.evidence_made",
        "decision.evidence_made",
        *("site.backed_up", "site.moved", "site.restored", "site.restore_tried"),
    }
    assert {event for events in listed.values() for event in events} <= written
