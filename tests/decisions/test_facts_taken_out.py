"""What the site holds can be taken out as a file of facts, and the rules say the same of it there."""

import json
from dataclasses import replace

from decisions.facts.decision import assessed, facts_of
from rules.assess import assess
from rules.facts_file.reader import as_json, read
from tests.decisions.cases import Case


def taken_out(case: Case) -> str:
    return json.dumps(as_json(facts_of(case.again())))


def test_a_decision_is_the_same_in_a_file(closed: Case) -> None:
    facts = facts_of(closed.again())
    assert facts.people
    assert facts.items
    assert facts.basis
    assert read(taken_out(closed)) == facts


def test_the_rules_say_of_the_file_what_they_say_on_the_site(closed: Case) -> None:
    there = read(taken_out(closed))
    assert assess(there).findings == assessed(closed.again()).findings
    assert assess(replace(there, why_now="")).blocking


def test_moments_keep_the_clock_they_were_written_by(closed: Case) -> None:
    """The law that counts is that of the day here, so the file says the hour here, with its zone."""
    facts, again = facts_of(closed.again()), read(taken_out(closed))
    assert facts.decided_at is not None
    assert again.decided_at is not None
    assert again.decided_at.date() == facts.decided_at.date()
    assert again.decided_at.utcoffset() == facts.decided_at.utcoffset()


def test_names_in_the_file_are_references_that_mean_nothing_elsewhere(closed: Case) -> None:
    """People go out by reference; words somebody wrote about them are theirs to look through before it is sent on."""
    people = json.loads(taken_out(closed))["people"]
    assert [one["ref"] for one in people] == [person.ref for person in facts_of(closed.again()).people]
    assert all("name" not in one for one in people)
