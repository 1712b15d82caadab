"""The pages on which what was done about an incident is recorded: the words of each, in the order of the list."""

from dataclasses import dataclass

from rules.incidents.codes import IncidentEventKind

Kind = IncidentEventKind


@dataclass(frozen=True)
class EventPage:
    slug: str
    kind: IncidentEventKind
    title: str
    text: str
    at: str = "When?"
    hint: str = ""
    by_officer: bool = False


EVENT_PAGES: tuple[EventPage, ...] = (
    EventPage(
        "safety", Kind.SAFETY, "Record how somebody was kept safe", "What was done to keep them safe?",
        hint="Such as a call to 999, to children's social care, or to them. If nobody is in danger, say how you know.",
    ),
    EventPage(
        "ask-back", Kind.RECALL_ASKED, "Record that you asked for it back",
        "Who did you ask, and what did you ask them to do?", "When did you ask?",
        "To delete it or send it back, not to read it and not to pass it on. Ask only in a way that is safe.",
    ),
    EventPage(
        "answer", Kind.RECALL_ANSWERED, "Record what they did with it", "What did they say?", "When did they answer?",
    ),
    EventPage(
        "manager", Kind.MANAGER_INFORMED, "Record that a line manager was told", "Who was told, and how?",
        "When were they told?",
    ),
    EventPage(
        "officer", Kind.OFFICER_INFORMED, "Record that the data protection officer was told", "Who was told, and how?",
        "When were they told?",
    ),
    EventPage(
        "risk", Kind.RISK_JUDGED, "Decide how high the risk is", "Why do you think so?", "When was this decided?",
        "Think of who has it now, what they could do with it, and who could be found or hurt.",
    ),
    EventPage(
        "regulator", Kind.REGULATOR_NOTIFIED, "Record the report to the Information Commissioner",
        "What did you report, and how?", "When did you report it?",
        "Give their reference, if you have one. You need not know everything yet: you can tell them more later.",
    ),
    EventPage(
        "no-report", Kind.REGULATOR_NOT_NOTIFIED, "Record why it is not reported",
        "Why is it not reported to the Information Commissioner?", "When was this decided?",
        "It need not be reported if nobody is likely to come to harm. Say why that is so.",
    ),
    EventPage(
        "people", Kind.PEOPLE_INFORMED, "Record that those it is about were told",
        "Who did you tell, what did you tell them, and how?", "When did you tell them?",
        "Use a way that is safe for them. Say what went wrong and what they can do.",
    ),
    EventPage(
        "people-not-told", Kind.PEOPLE_NOT_INFORMED, "Record why they are not told",
        "Who are you not telling, and why?", "When was this decided?",
        "Such as: telling them would put somebody at risk, or what you did means that no high risk is left.",
    ),
    EventPage("more", Kind.MORE_FOUND, "Record what you found out", "What did you find out?", "When?"),
    EventPage(
        "learned", Kind.LEARNED, "Record what was learned", "What was learned, and what will change?",
        "When was this agreed?",
    ),
    EventPage(
        "close", Kind.CLOSED, "Close this incident", "Why can it be closed?", "When was this decided?", by_officer=True
    ),
    EventPage(
        "open-again", Kind.REOPENED, "Open this incident again", "Why is it opened again?", "When was this decided?",
        by_officer=True,
    ),
)  # fmt: skip
PAGE_OF = {page.kind: page for page in EVENT_PAGES}
