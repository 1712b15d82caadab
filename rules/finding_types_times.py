"""Findings about times that contradict each other; `times.py` says which."""

from dataclasses import replace

from rules.finding_type import BLOCKS, WARNS, FindingType

_TYPES: dict[str, FindingType] = {
    # what cannot be so
    "DECIDED_AHEAD": FindingType(BLOCKS, "outcome", "The time you decided must be in the past"),
    "URGENT_AHEAD": FindingType(BLOCKS, "outcome", "The time of the urgent record must be in the past"),
    "CONSENT_AHEAD": FindingType(BLOCKS, "consent", "The time you spoke with this person must be in the past"),
    "COMPETENCE_AHEAD": FindingType(BLOCKS, "consent", "The date of the assessment must be today or in the past"),
    "ADVICE_AHEAD": FindingType(BLOCKS, "sending", "The time of the advice must be in the past"),
    "ASKED_AHEAD": FindingType(BLOCKS, "request", "The date they asked must be today or in the past"),
    "ORDER_AHEAD": FindingType(
        BLOCKS, "request", "The date of the order must be on or before the date of the decision"
    ),
    "DISCOVERED_AHEAD": FindingType(
        BLOCKS, "request", "The time you found out must be before the time of the decision"
    ),
    "ORDER_PERIOD": FindingType(
        BLOCKS, "request", "The last day that the order covers must be on or after the first day"
    ),
    "ITEM_PERIOD": FindingType(
        BLOCKS, "information", "The last day that a piece of information is about must be on or after the first day"
    ),
    "CONSENT_UNTIL": FindingType(
        BLOCKS, "consent", "This person's consent ends before it was given: correct one of the dates"
    ),
    "REVIEW_DATE_EARLY": FindingType(BLOCKS, "sending", "The review date must be on or after the date of the decision"),
    "INFORMING_REVIEW_EARLY": FindingType(
        BLOCKS, "sending", "The date to review whether this person is told must be on or after the date of the decision"
    ),
    "STANDING_ENDED": FindingType(BLOCKS, "outcome", "The date the group's sharing ends must be after the decision"),
    "INFORMED_BEFORE_LATE": FindingType(
        BLOCKS,
        "sending",
        "You chose “Informed before sharing” and the time is after it was sent: correct one of them",
    ),
    "INFORMED_AFTER_EARLY": FindingType(
        BLOCKS,
        "sending",
        "You chose “Informed afterwards” and the time is before it was sent or decided: correct one of them",
    ),
    "RECEIVED_EARLY": FindingType(
        BLOCKS, "sending", "{recipient} received it before it was sent: correct one of the times"
    ),
    "NOTIFIED_EARLY": FindingType(
        BLOCKS, "sending", "{recipient} was told that it was wrong before anybody found out: correct one of the times"
    ),
    "ANSWERED_EARLY": FindingType(
        BLOCKS, "sending", "The complaint was answered before it was received: correct one of the times"
    ),
    # what is odd, and may be so
    "DISCLOSED_EARLY": FindingType(
        WARNS, "concern", "You were told of this before the day on which it happened: check both dates"
    ),
    "HAPPENED_AFTER": FindingType(WARNS, "concern", "This happened after the decision: check both dates"),
    "RESPONSE_EARLY": FindingType(
        WARNS, "sending", "{recipient} responded before it was sent to them: check both times"
    ),
    "KNOWN_WRONG": FindingType(
        WARNS,
        "sending",
        "It was known to be wrong before it was sent to {recipient}: check both times. If they are right, tell them "
        "now, and your data protection officer",
    ),
    "COMPLAINT_EARLY": FindingType(
        WARNS, "sending", "This complaint came before the decision: check both times. If they are right, weigh it now"
    ),
    "SENT_BEFORE_DECIDED": FindingType(
        WARNS,
        "sending",
        "It was sent to {recipient} before the time you decided: check both times. If they are right, add to your "
        "reasons why it was sent first",
    ),
    "INFORMED_BEFORE_DECIDED": FindingType(
        WARNS, "sending", "This person was told before the time you decided: check both times"
    ),
    "CONSENT_AFTER_SENDING": FindingType(
        WARNS,
        "consent",
        "This person's consent came after it was sent, so it did not allow that: check both times, or choose another "
        "lawful basis",
    ),
    "ADVICE_AFTER": FindingType(
        WARNS, "sending", "Some advice came after the decision: check its time, or add what it changed to its summary"
    ),
    "ASKED_AFTER": FindingType(WARNS, "request", "They asked after you decided: check both dates"),
    "REPLY_LATE": FindingType(
        WARNS, "request", "The reply was due before you decided: tell them why it is late, or check both dates"
    ),
    "REPLY_BEFORE_ASKED": FindingType(WARNS, "request", "The reply was due before they asked: check both dates"),
    "ORDER_LATE": FindingType(
        WARNS, "request", "The court wanted this before you decided: get legal advice today, or check both dates"
    ),
    "ORDER_DUE_EARLY": FindingType(
        WARNS, "request", "The court wanted this before it made the order: check both dates"
    ),
    "COMPETENCE_AFTER": FindingType(WARNS, "consent", "This person was assessed after the decision: check both dates"),
    "PLAN_AFTER": FindingType(WARNS, "concern", "The plan was made after the decision: check both dates"),
    "URGENT_BEFORE_DECIDED": FindingType(
        WARNS, "outcome", "Your urgent record was made before the time you decided: check the time"
    ),
    "REVIEW_PASSED": FindingType(
        WARNS, "sending", "The review date has passed already: review the decision now, or enter a later date"
    ),
    "INFORMING_REVIEW_PASSED": FindingType(
        WARNS,
        "sending",
        "The date to review whether this person is told has passed already: review it now, or enter a later date",
    ),
    "REFUSED_BEFORE_DECIDED": FindingType(
        WARNS,
        "consent",
        "This person had refused before the decision, and it was added later: make a new decision that weighs it",
    ),
}

# Both times are known by then, so it is said on the page where the second is typed.
OF_TIMES = {code: replace(finding_type, on_page=True) for code, finding_type in _TYPES.items()}

# Where among the facts each is about, apart from those that rest on guidance or an order.
PATHS_OF_TIMES: dict[str, str] = {
    "URGENT_AHEAD": "urgent_recorded_at",
    "CONSENT_AHEAD": "people[].consent_at",
    "COMPETENCE_AHEAD": "people[].competence_on",
    "COMPETENCE_AFTER": "people[].competence_on",
    "ADVICE_AHEAD": "advice[].at",
    "ADVICE_AFTER": "advice[].at",
    "ASKED_AHEAD": "request.asked_at",
    "ASKED_AFTER": "request.asked_at",
    "REPLY_LATE": "request.reply_by",
    "REPLY_BEFORE_ASKED": "request.reply_by",
    "ORDER_PERIOD": "order.covers_to",
    "ORDER_LATE": "order.due_on",
    "ORDER_DUE_EARLY": "order.due_on",
    "ITEM_PERIOD": "items[].dated_to",
    "CONSENT_UNTIL": "people[].until",
    "CONSENT_AFTER_SENDING": "people[].consent_at",
    "INFORMED_BEFORE_LATE": "people[].informing.at",
    "INFORMED_AFTER_EARLY": "people[].informing.at",
    "INFORMED_BEFORE_DECIDED": "people[].informing.at",
    "INFORMING_REVIEW_EARLY": "people[].informing.review_on",
    "INFORMING_REVIEW_PASSED": "people[].informing.review_on",
    "PLAN_AFTER": "plan.made_on",
    "REVIEW_PASSED": "look_again_on",
    "SENT_BEFORE_DECIDED": "sendings[].at",
    "URGENT_BEFORE_DECIDED": "decided_at",
    "REFUSED_BEFORE_DECIDED": "follow_up.consent",
    "RECEIVED_EARLY": "sendings[].received_at",
    "NOTIFIED_EARLY": "follow_up.corrections",
    "KNOWN_WRONG": "follow_up.corrections",
    "ANSWERED_EARLY": "follow_up.complaints",
    "COMPLAINT_EARLY": "follow_up.complaints",
    "RESPONSE_EARLY": "follow_up.responses",
    "DISCLOSED_EARLY": "disclosed_at",
    "HAPPENED_AFTER": "happened",
}
