from collections.abc import Iterable

from decisions.facts.informing import InformingNow
from decisions.models import Decision, InformingEvent
from decisions.models.answers import InformingAnswers
from decisions.presenters.labels import code_words, joined, lines, version_words
from decisions.presenters.people import recipient_names
from rules.codes import Closing, Informing, Reason
from rules.exemptions import ExemptionCode, exemption
from ui.moments import moment

# A summary for another system leaves out the line with this label.
SAFE_CONTACT = "Safe way to contact them"

# Where nothing is shared there is no sharing that somebody could be informed before.
UNSHARED: dict[str, str] = {Informing.TOLD_BEFORE: "Informed before the decision"}


def informed_words(decision: Decision, state: str) -> str:
    """Whether and when somebody was informed, of what was shared or else of the decision."""
    words = code_words(Informing, state)
    return words if decision.is_shared else UNSHARED.get(state, words)


def now_words(decision: Decision, now: InformingNow) -> str:
    """Where it stands for one person, with how often somebody tried to inform them."""
    tried = len(now.attempts)
    times = f"tried {tried} time{'s' if tried > 1 else ''}" if tried else ""
    return joined(informed_words(decision, now.row.informing_state), times)


def recipients_use(decision: Decision) -> tuple[tuple[str, str], ...]:
    """Each recipient with how they use it, as the decision keeps it. Nothing where nothing is shared."""
    names = recipient_names(decision)
    rows = decision.recipients.all() if decision.is_shared else ()
    return tuple((names[row.pk], row.how_used) for row in rows if row.how_used)


def last_answer(now: InformingNow) -> str:
    """What was said last, in a sentence each, for whoever is asked again."""
    row, times = now.row, len(now.attempts)
    day = moment(now.due_on)
    sentences = (
        f"Last answer: {code_words(Informing, row.informing_state).lower()}.",
        f"{code_words(Reason, row.informing_reason)}." if row.informing_reason else "",
        f"Agreed with {row.informing_agreed_with}." if row.informing_agreed_with else "",
        f"Review date {day}." if day else "",
        f"Tried {times} time{'s' if times > 1 else ''}." if times else "",
        f"Safe contact: {row.safe_contact}." if row.safe_contact else "",
    )
    return " ".join(filter(None, sentences))


def exemption_words(code: str) -> str:
    """An exemption in plain words with the name of the law beside them; nothing if none was chosen."""
    found = exemption(code)
    words = code_words(ExemptionCode, code)
    return f"{words} ({found.citation})" if found else words


def _exemption_chosen(row: InformingAnswers) -> str:
    """As the record keeps it; a draft has only the code."""
    if not row.informing_exemption_citation:
        return exemption_words(row.informing_exemption)
    version = version_words(row.informing_exemption_version)
    words = code_words(ExemptionCode, row.informing_exemption)
    return f"{words} ({row.informing_exemption_citation}; law tables of {version})"


def informing_lines(row: InformingAnswers, decision: Decision) -> Iterable[str]:
    """What one person was told, from a draft's answers or from an event."""
    tried = row.informing_state == Informing.ATTEMPTED
    understood = "Told what is shared, with whom and why" if decision.is_shared else "Told what was decided, and why"
    return lines(
        ("", informed_words(decision, row.informing_state)),
        ("When", moment(row.informed_at)),
        ("How", row.informed_how),
        ("By", row.informed_by),
        ("Was that contact route safe", row.get_informed_safely_display()),
        ("Contact route before", row.get_way_known_display() if isinstance(row, InformingEvent) else ""),
        ("", understood if row.informed_who_what_why else ""),
        ("", "Told that they had no choice about this" if row.informed_no_choice else ""),
        ("Reason", code_words(Reason, row.informing_reason)),
        ("Law that lets them not be told", _exemption_chosen(row)),
        ("Note", row.informing_text),
        ("Agreed with", row.informing_agreed_with),
        ("Who will inform them", joined(row.handed_to, row.handed_to_agency)),
        ("Try again on" if tried else "Review date", moment(row.informing_review_on)),
        ("How this ends", code_words(Closing, row.informing_closing)),
        (SAFE_CONTACT, row.safe_contact),
    )
