from collections.abc import Iterable

from decisions.models import DecisionPerson, TellingEvent
from decisions.presenters.labels import code_words, lines
from rules.codes import Closing, Reason, Telling
from ui.moments import moment

# What the line begins with that a summary for another system leaves out.
SAFELY = "Reached safely"


def telling_lines(row: DecisionPerson | TellingEvent) -> Iterable[str]:
    """What one person was told, from a draft's answers or from an event."""
    if isinstance(row, DecisionPerson):
        row = as_event(row)
    return lines(
        ("", code_words(Telling, row.state)),
        ("When", moment(row.at)),
        ("How", row.how),
        ("By", row.told_by),
        ("Was that way safe", row.get_told_safely_display()),
        ("", "Told who gets what, and why" if row.who_what_why else ""),
        ("", "Told that this was not a choice of theirs" if row.no_choice else ""),
        ("Reason", code_words(Reason, row.reason)),
        ("More", row.text),
        ("Agreed with", row.agreed_with),
        ("Look again on", moment(row.review_on)),
        ("How it ends", code_words(Closing, row.closing)),
        (SAFELY, row.safe_contact),
    )


def as_event(person: DecisionPerson) -> TellingEvent:
    """The person's answers about telling as the event they will become; not saved."""
    return TellingEvent(
        state=person.telling_state,
        at=person.told_at,
        how=person.told_how,
        told_by=person.told_by,
        told_safely=person.told_safely,
        who_what_why=person.told_who_what_why,
        no_choice=person.told_no_choice,
        reason=person.telling_reason,
        text=person.telling_text,
        agreed_with=person.telling_agreed_with,
        review_on=person.telling_review_on,
        closing=person.telling_closing,
        safe_contact=person.safe_contact,
    )
