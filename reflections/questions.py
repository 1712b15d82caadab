"""What a reflection asks, in order. Pure. Nobody has to answer all of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    label: str
    hint: str = ""


QUESTIONS: dict[str, Question] = {
    "what_happened": Question("What happened, in short?", "Leave out names, places and dates that say who it was."),
    "how_managed": Question("How did you manage it?"),
    "went_well": Question("What went well?"),
    "do_differently": Question("What might you have done differently?"),
    "guidance_effect": Question(
        "What would the guidance have changed?", "You can read the guidance on this page. If nothing, say so."
    ),
    "next_time": Question("What will you do next time?"),
    "discussion": Question(
        "What did you learn from talking about it?", "If you did: with a colleague, your manager or in a group."
    ),
}
WORDS = tuple(QUESTIONS)
# Minutes. A suggestion: nothing happens when they are over.
SUGGESTED_MINUTES = 30
