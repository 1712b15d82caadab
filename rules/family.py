"""Who of the family should be on the decision: those with parental responsibility, and a baby who has come."""

from collections.abc import Iterator

from rules.codes import PersonRole
from rules.facts import Facts, day_of
from rules.findings import Finding, finding
from rules.law import Law


def responsibility_left_out(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Each holder of parental responsibility counts on their own (Children Act 1989 section 2(7))."""
    for name in facts.left_out:
        yield finding("RESPONSIBILITY_LEFT_OUT", name=name)


def unborn_past_due(facts: Facts, _law: Law) -> Iterator[Finding]:
    """From birth there is a child with a name, an age and rights of their own."""
    day = day_of(facts)
    for person in facts.people:
        if person.role == PersonRole.UNBORN and person.due_on and day and person.due_on < day:
            yield finding("UNBORN_PAST_DUE", person=person.ref)


RULES = (responsibility_left_out, unborn_past_due)
