"""What stands in a row of the law, in words."""

from collections.abc import Iterator

from rules.law import RECIPIENTS, Provision
from rules.organisations import Sector
from ui.moments import moment

KINDS: dict[str, str] = {
    "basis": "Lets you use information",
    "power": "Something you may do",
    "arrangements": "A duty to work together or to have plans. It does not make you share",
    "must_disclose": "You must tell. It leaves the family no choice",
    "needs_agreement": "Falls without a yes",
    "limits": "Sets limits to the others",
    "confidence": "Lifts the duty of confidence",
    RECIPIENTS: "What the other body will use it for",
}
WHO: dict[str, str] = {
    "ANY": "Anybody",
    "PUB": "Public bodies, in the work the law gives them",
    "NON": "Those that are not public bodies, such as charities and firms",
    "LE": "Police and the like, in their own work",
}
ON_A_NO: dict[str, str] = {
    "yes": "It still stands",
    "no": "It falls",
    "if": "It stands only once you have answered a question",
    "na": "It does not turn on that",
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
IN_SCOPE_ONLY = "Only those whom section 16LA of the Children Act 2004 covers"
# Rests on no Act with a first day of its own.
ALWAYS = 1900


def who(row: Provision) -> Iterator[str]:
    yield WHO.get(row.who, row.who)
    if row.scope:
        yield IN_SCOPE_ONLY
    if row.not_sectors:
        yield f"Not for: {_sectors(row.not_sectors)}"
    if row.function_of:
        yield f"It is the work of: {_sectors(row.function_of)}. For anybody else it is what the other body does with it"


def _sectors(codes: tuple[str, ...]) -> str:
    return ", ".join(Sector.label_of(code) for code in codes)


def on_a_no(row: Provision) -> str:
    """Whether it stands when somebody who can decide has said no."""
    if row.refused_ok == "if":
        return f"It stands only once you have answered: {row.refused_test}"
    return ON_A_NO.get(row.refused_ok, row.refused_ok)


def first_day(row: Provision) -> str:
    return "Always" if row.effective_from.year == ALWAYS else moment(row.effective_from)


def how_sure(row: Provision) -> str:
    """With the day: a source read long ago may have changed since."""
    day = moment(row.checked_on)
    return {
        "C": f"Read in a source on {day}",
        "P": f"Partly read, on {day}",
        "K": f"General knowledge, not read. Checked on {day}",
        "N": f"Looked for on {day} and not found",
    }.get(row.confidence, row.confidence)
