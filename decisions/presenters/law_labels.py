"""The fields of a legal provision, in words."""

from collections.abc import Iterator

from rules.law import RECIPIENTS, Provision
from rules.organisations import Sector
from ui.moments import moment

KINDS: dict[str, str] = {
    "basis": "A lawful basis for using information",
    "power": "A power to share",
    "arrangements": "A duty to cooperate or to have arrangements. It does not require you to share",
    "must_disclose": "A duty to disclose. The family has no choice about it",
    "needs_agreement": "Needs consent",
    "limits": "Limits what may be shared",
    "confidence": "Lifts the duty of confidence",
    RECIPIENTS: "What the recipient will use it for",
}
WHO: dict[str, str] = {
    "ANY": "Anyone",
    "PUB": "Public authorities, for their legal functions",
    "NON": "Organisations that are not public authorities, such as charities and companies",
    "LE": "Police and other law enforcement authorities",
}
ON_A_NO: dict[str, str] = {
    "yes": "It still applies",
    "no": "It no longer applies",
    "if": "It applies only if you answer a question",
    "na": "It does not depend on consent",
}
JURISDICTIONS: dict[str, str] = {
    "UK": "All of the United Kingdom",
    "GB": "England, Wales and Scotland",
    "E&W": "England and Wales",
    "E": "England",
}
CONFIDENCE: dict[str, str] = {
    "C": "Read in a source",
    "P": "Partly read",
    "K": "General knowledge, not read",
    "N": "Looked for and not found",
}
IN_SCOPE_ONLY = "Only bodies covered by section 16LA of the Children Act 2004"
# The year that marks a provision without a commencement date of its own.
ALWAYS = 1900


def who(row: Provision) -> Iterator[str]:
    yield WHO.get(row.who, row.who)
    if row.scope:
        yield IN_SCOPE_ONLY
    if row.not_sectors:
        yield f"Not for: {_sectors(row.not_sectors)}"
    if row.function_of:
        yield f"It is a function of: {_sectors(row.function_of)}. For anyone else it is what the recipient does with it"


def _sectors(codes: tuple[str, ...]) -> str:
    return ", ".join(Sector.label_of(code) for code in codes)


def on_a_no(row: Provision) -> str:
    """Whether it applies when a person who can decide has refused consent."""
    if row.refused_ok == "if":
        return f"It applies only if you answer: {row.refused_test}"
    return ON_A_NO.get(row.refused_ok, row.refused_ok)


def first_day(row: Provision) -> str:
    return "Always" if row.effective_from.year == ALWAYS else moment(row.effective_from)


def how_sure(row: Provision) -> str:
    """How the provision was checked, with the date, because its source may have changed since."""
    day = moment(row.checked_on)
    return {
        "C": f"Read in a source on {day}",
        "P": f"Partly read, on {day}",
        "K": f"General knowledge, not read. Checked on {day}",
        "N": f"Looked for on {day} and not found",
    }.get(row.confidence, row.confidence)
