"""Dates, ticks and codes in words."""

from collections.abc import Iterator, Sequence

from rules.codes import Code, Outcome
from ui.rows import Row

# What was chosen, said of a decision that is made.
DONE: dict[str, str] = {
    Outcome.SHARED_ALL_NECESSARY: "Shared what was needed",
    Outcome.SHARED_PART: "Shared part of it",
    Outcome.SHARED_WHOLE_FILE: "Shared the whole file",
    Outcome.NOT_SHARED: "Not shared",
    Outcome.DEFERRED: "Put off, to be decided later",
    Outcome.STOPPED: "Stopped sharing",
    Outcome.PASSED_UP: "Passed to a manager to decide",
}


def code_words(codes: type[Code], code: str) -> str:
    return codes.label_of(code) if code else ""


def outcome_done(code: str) -> str:
    """A recorded decision's outcome in the past tense; an unknown code as it is."""
    return DONE.get(code, code)


def said(*pairs: tuple[str, str | Sequence[str]]) -> list[Row]:
    """Rows for what was answered; questions without an answer are left out."""
    return [Row(key, value) for key, value in pairs if value]


def joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def lines(*pairs: tuple[str, str]) -> Iterator[str]:
    for label, text in pairs:
        if text:
            yield f"{label}: {text}" if label else text
