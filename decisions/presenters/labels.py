"""Dates, checkboxes and codes in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rules.codes import Code, Outcome
from ui.moments import moment
from ui.rows import Row

# Outcomes in the past tense, for a recorded decision.
DONE: dict[str, str] = {
    Outcome.SHARED_ALL_NECESSARY: "Shared what was needed",
    Outcome.SHARED_PART: "Shared part of it",
    Outcome.SHARED_WHOLE_FILE: "Shared the whole file",
    Outcome.NOT_SHARED: "Not shared",
    Outcome.DEFERRED: "Deferred, to be decided later",
    Outcome.STOPPED: "Stopped sharing",
    Outcome.PASSED_UP: "Passed to a manager to decide",
}


def code_words(codes: type[Code], code: str) -> str:
    return codes.label_of(code) if code else ""


def outcome_done(code: str) -> str:
    """A recorded decision's outcome in the past tense; an unknown code as it is."""
    return DONE.get(code, code)


def outcome_decided(code: str) -> str:
    """What was decided, whatever has become of it: "share part of it"."""
    label = code_words(Outcome, code)
    return f"{label[:1].lower()}{label[1:]}"


def answered(*pairs: tuple[str, str | Sequence[str]]) -> list[Row]:
    """Rows for the questions that have an answer."""
    return [Row(key, value) for key, value in pairs if value]


def version_words(version: str) -> str:
    """The version of the law tables or of guidance, which is named after its day."""
    try:
        return moment(date.fromisoformat(version))
    except ValueError:
        return version


def provision_words(row: Mapping[str, object], code: str) -> str:
    """A legal provision's plain name and its legal name. The code is only used if nothing else is known."""
    name, citation = str(row.get("short_name", code)), str(row.get("citation", ""))
    return f"{name} ({citation})" if citation else name


def joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def lines(*pairs: tuple[str, str]) -> Iterator[str]:
    for label, text in pairs:
        if text:
            yield f"{label}{'' if label.endswith('?') else ':'} {text}" if label else text


def period(first: date | None, last: date | None) -> str:
    if first and last:
        return moment(first) if first == last else f"{moment(first)} to {moment(last)}"
    return f"From {moment(first)}" if first else f"Until {moment(last)}" if last else ""
