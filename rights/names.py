"""What those named on a record, a request or a copy are called now, for whoever answers a request.

A person's name of now is told on pages about a record that was opened for a request about one of its people.
"""

from accounts.models import User
from accounts.namesakes import with_name_now
from audit.parts import read_parts
from audit.statements import rows_where
from decisions.models import Decision
from decisions.presenters.names import names_since as names_of_others_since
from families.models import Person
from rights.models import RightsRequest
from rules.rights.codes import Asker

WHO_WROTE = ("reviews__reply", "second_look")


def names_since(decision: Decision, reader: User) -> list[str]:
    """A line for each who is called something else now. Of a decision read with its parts."""
    read_parts([decision], WHO_WROTE)
    then = {row.person_id: row.name for row in decision.people.all()}
    changed = [row for row in rows_where(Person, "pk", then) if then[row.pk] != row.name]
    people = [f"{then[row.pk]} is now called {row.name}." for row in changed]
    return [*people, *names_of_others_since(decision, reader)]


def asker_since(request: RightsRequest) -> str:
    """Who asked, by the name that was entered, and by that on the record if it has changed."""
    on_record = request.asked_by_person.name if request.asked_by_person else request.asked_by_name
    return "" if request.asker == Asker.SELF else with_name_now(request.asked_by_name, on_record)
