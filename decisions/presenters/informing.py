from collections.abc import Iterable

from decisions.models import DecisionPerson, InformingEvent
from decisions.presenters.labels import code_words, lines
from rules.codes import Closing, Informing, Reason
from ui.moments import moment

# A summary for another system leaves out the line with this label.
SAFE_CONTACT = "Safe way to contact them"


def informing_lines(row: DecisionPerson | InformingEvent) -> Iterable[str]:
    """What one person was told, from a draft's answers or from an event."""
    if isinstance(row, DecisionPerson):
        row = as_event(row)
    return lines(
        ("", code_words(Informing, row.state)),
        ("When", moment(row.at)),
        ("How", row.how),
        ("By", row.informed_by),
        ("Was that contact route safe", row.get_informed_safely_display()),
        ("", "Told what is shared, with whom and why" if row.who_what_why else ""),
        ("", "Told that they had no choice about this" if row.no_choice else ""),
        ("Reason", code_words(Reason, row.reason)),
        ("More", row.text),
        ("Agreed with", row.agreed_with),
        ("Review date", moment(row.review_on)),
        ("Why they will never be told", code_words(Closing, row.closing)),
        (SAFE_CONTACT, row.safe_contact),
    )


def as_event(person: DecisionPerson) -> InformingEvent:
    """The draft's answers about informing this person, as the event they become. Not saved."""
    return InformingEvent(
        state=person.informing_state,
        at=person.informed_at,
        how=person.informed_how,
        informed_by=person.informed_by,
        informed_safely=person.informed_safely,
        who_what_why=person.informed_who_what_why,
        no_choice=person.informed_no_choice,
        reason=person.informing_reason,
        text=person.informing_text,
        agreed_with=person.informing_agreed_with,
        review_on=person.informing_review_on,
        closing=person.informing_closing,
        safe_contact=person.safe_contact,
    )
