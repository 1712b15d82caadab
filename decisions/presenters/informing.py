from collections.abc import Iterable

from decisions.models.answers import InformingAnswers
from decisions.presenters.labels import code_words, lines, version_words
from rules.codes import Closing, Informing, Reason
from rules.exemptions import ExemptionCode, exemption
from ui.moments import moment

# A summary for another system leaves out the line with this label.
SAFE_CONTACT = "Safe way to contact them"


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


def informing_lines(row: InformingAnswers) -> Iterable[str]:
    """What one person was told, from a draft's answers or from an event."""
    return lines(
        ("", code_words(Informing, row.informing_state)),
        ("When", moment(row.informed_at)),
        ("How", row.informed_how),
        ("By", row.informed_by),
        ("Was that contact route safe", row.get_informed_safely_display()),
        ("", "Told what is shared, with whom and why" if row.informed_who_what_why else ""),
        ("", "Told that they had no choice about this" if row.informed_no_choice else ""),
        ("Reason", code_words(Reason, row.informing_reason)),
        ("Law that lets them not be told", _exemption_chosen(row)),
        ("Note", row.informing_text),
        ("Agreed with", row.informing_agreed_with),
        ("Review date", moment(row.informing_review_on)),
        ("Why they will never be told", code_words(Closing, row.informing_closing)),
        (SAFE_CONTACT, row.safe_contact),
    )
