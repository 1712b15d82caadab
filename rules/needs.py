"""What the text of a provision needs before it may be relied on: the names used beside each provision in the law."""

from collections.abc import Iterator

from rules.codes import Code


class Need(Code):
    """One thing that a provision needs. In the law it may name values as well: `recipient: police, health`."""

    REQUEST = "request", "a request, with who asked and what for"
    PURPOSE = "purpose", "a request that says what it is for"
    ORDER = "order", "an order, with its court, date and scope"
    COURT = "court", "a court, an order or court proceedings"
    PROCEEDINGS = "proceedings", "something from family court proceedings"
    EMERGENCY = "emergency", "an emergency, named"
    DANGER = "danger", "a level of concern at which somebody may come to serious harm"
    DUTY = "duty", "a duty, not only a power"
    FUNCTION = "function", "a function that the law confers on the organisation"
    FUNCTION_NAMED = "function_named", "the function, named"
    ANOTHER_POWER = "another_power", "another power or duty beside it"
    LIFTING_LAW = "lifting_law", "a law or an order that applies in spite of confidence"
    PAIRED = "paired", "to be chosen beside"
    BODY = "body", "an organisation of this sector"
    RECIPIENT = "recipient", "a recipient of this kind"
    RECIPIENTS_FUNCTION = "recipients_function", "where it is the recipient's function, a recipient of this kind"
    LEVEL = "level", "this level of concern"
    CHILD = "child", "a child, or an unborn baby"
    ADULT = "adult", "an adult"
    PROTECTED = "protected", "somebody under 18, or an adult at risk"
    NO_HEALTH = "no_health", "no health information, unless another power covers it"
    NOT_CONFIDENTIAL = "not_confidential", "nothing told in confidence"
    NO_CAPACITY = "no_capacity", "somebody who lacks capacity, or a child who is not competent"
    CARE_WITHOUT_OBJECTION = "care_without_objection", "direct care by health or social care, and no objection"
    DISCOVERED = "discovered", "that the girl told them, or that they saw signs"
    GIRL = "girl", "a girl under 18"
    TO_POLICE = "to_police", "the police among the recipients"
    SHARE_DUTY = "share_duty", "information that is held, relevant and helpful to the recipient"
    CONSENT = "consent", "consent of each person to this"
    WANTED = "wanted", "agreement to the help from the person, or from those named"
    MEMBERS_ONLY = "members_only", "that it stays inside, or consent of each person"
    INCAPABLE = "incapable", "a person who is not able to consent"
    OVER_18 = "over_18", "a person of 18 or over"
    HEALTH_ONLY = "health_only", "health information and nothing else"
    OFFENCES = "offences", "information about crime"
    WITHOUT_CONSENT = "without_consent", "for each person one of the three reasons without consent, explained"
    PREJUDICE = "prejudice", "for each person how asking would prejudice it"
    NOT_AGREED = "not_agreed", "a person who has not agreed"
    MADE_PUBLIC = "made_public", "where the person made it public"
    BALANCE = "balance", "the balance against the person's interests"


def parsed(need: str) -> tuple[str, tuple[str, ...]]:
    """A need as the law has it: its name, and the values after the colon."""
    name, _, values = need.partition(":")
    return name.strip(), tuple(value.strip() for value in values.split(",") if value.strip())


def unknown(needs: tuple[str, ...]) -> Iterator[str]:
    """Needs that no rule knows."""
    return (need for need in needs if parsed(need)[0] not in frozenset(Need))
