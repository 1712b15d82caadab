"""Findings where a provision was chosen whose needs the facts do not meet (`rules/needs.py`)."""

from rules.finding_type import BLOCKS, LATER_PAGE, WARNS, FindingType

OF_NEEDS: dict[str, FindingType] = {
    "NEEDS_REQUEST": FindingType(
        BLOCKS,
        "request",
        "“{provision}” answers a request by {asker}: enter who asked and what they asked for, under that duty or under "
        "“Someone has asked for information”",
    ),
    "NEEDS_PURPOSE": FindingType(
        BLOCKS, "request", "“{provision}” needs a request that says which public task it is for: ask, and enter it"
    ),
    "NEEDS_ORDER": FindingType(
        BLOCKS,
        "request",
        "You chose “{provision}”: choose “A court or tribunal has ordered it” as how this started, and enter the "
        "court, the date and what it covers",
    ),
    "NEEDS_COURT": FindingType(
        WARNS, "legal_basis", "“{provision}” is for a court or a legal claim, and none is recorded: check it"
    ),
    "NEEDS_PROCEEDINGS": FindingType(
        WARNS,
        "information",
        "You chose “{provision}”: choose “From family court proceedings” for what comes from them, or remove it",
        only_at_check=LATER_PAGE,
    ),
    "NEEDS_EMERGENCY": FindingType(
        BLOCKS, "legal_basis", "“{provision}” is for a disaster, such as a flood: enter which, or choose another"
    ),
    "NEEDS_DANGER": FindingType(
        WARNS, "legal_basis", "“{provision}” is for a danger to life, and your level of concern is lower: check both"
    ),
    "NEEDS_DUTY": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” needs a law that says you must: choose that duty, or choose another lawful basis",
    ),
    "NEEDS_FUNCTION": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” needs a function that the law gives your organisation: choose it, or choose another condition",
    ),
    "NEEDS_FUNCTION_NAMED": FindingType(
        WARNS, "legal_basis", "To rely on “{provision}”, enter which function of your organisation it is part of"
    ),
    "NEEDS_ANOTHER_POWER": FindingType(
        WARNS, "legal_basis", "“{provision}” is no power to share by itself: choose the power or duty it supports"
    ),
    "NEEDS_LAW": FindingType(
        WARNS,
        "legal_basis",
        "“{provision}” needs a law or an order that overrides confidence, and you chose none: choose it, or another "
        "reason",
    ),
    "NEEDS_PAIRED": FindingType(
        WARNS, "legal_basis", "“{provision}” goes with {others}: choose that too, or remove it"
    ),
    "NEEDS_BODY": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” is only for a body with a political, philosophical, religious or trade union aim: choose "
        "another",
    ),
    "NEEDS_RECIPIENT": FindingType(
        WARNS, "legal_basis", "“{provision}” is for sharing with: {kinds}. None of them is to receive it: check it"
    ),
    "NEEDS_LEVEL": FindingType(
        WARNS, "legal_basis", "“{provision}” is for {levels}, and your level of concern is another: check both"
    ),
    "NEEDS_CHILD": FindingType(
        WARNS, "legal_basis", "“{provision}” is about children, and nobody here is one: choose another"
    ),
    "NEEDS_ADULT": FindingType(
        WARNS, "legal_basis", "“{provision}” is about adults, and nobody here is one: choose another"
    ),
    "NEEDS_NO_HEALTH": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” does not cover health information: choose another power for it, or do not share it",
    ),
    "NEEDS_NO_CAPACITY": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” is for someone who cannot decide for themselves: enter with their views that they lack "
        "capacity, or choose another",
    ),
    "NEEDS_CARE": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” is for direct care, between health and social care: choose another reason to share something "
        "confidential",
    ),
    "NEEDS_NO_OBJECTION": FindingType(
        BLOCKS,
        "legal_basis",
        "This person objects, so “{provision}” cannot be your reason to share something confidential: choose another",
    ),
    "NEEDS_MEMBERS": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” lets nothing go outside your organisation without this person's consent: choose another",
    ),
    "NEEDS_PREJUDICE": FindingType(
        BLOCKS, "legal_basis", "To rely on “{provision}”, enter how asking this person first would prejudice it"
    ),
    "NEEDS_NOT_AGREED": FindingType(
        WARNS, "legal_basis", "“{provision}” is for sharing without consent, and this person agrees: choose another"
    ),
    "NEEDS_OFFENCES": FindingType(
        WARNS,
        "legal_basis",
        "“{provision}” is only for information about crime, and none here is about this person: check it",
    ),
    "NEEDS_PUBLIC": FindingType(
        WARNS, "legal_basis", "To rely on “{provision}”, enter where this person made it public themselves"
    ),
    "NEEDS_BALANCE": FindingType(
        WARNS, "legal_basis", "To rely on “{provision}”, enter why it outweighs the interests of the people it is about"
    ),
}

# Where among the facts each is about.
PATHS_OF_NEEDS: dict[str, str] = {
    "NEEDS_REQUEST": "request.by_name",
    "NEEDS_PURPOSE": "request.why",
    "NEEDS_ORDER": "order.court",
    "NEEDS_COURT": "order.court",
    "NEEDS_PROCEEDINGS": "items[].sensitivities",
    "NEEDS_EMERGENCY": "basis[].answers",
    "NEEDS_DANGER": "level",
    "NEEDS_DUTY": "basis",
    "NEEDS_FUNCTION": "basis",
    "NEEDS_FUNCTION_NAMED": "basis[].answers",
    "NEEDS_ANOTHER_POWER": "basis",
    "NEEDS_LAW": "basis",
    "NEEDS_PAIRED": "basis",
    "NEEDS_BODY": "organisation.sector",
    "NEEDS_RECIPIENT": "recipients[].kind",
    "NEEDS_LEVEL": "level",
    "NEEDS_CHILD": "people[].role",
    "NEEDS_ADULT": "people[].role",
    "NEEDS_NO_HEALTH": "items[].sensitivities",
    "NEEDS_NO_CAPACITY": "people[].competence",
    "NEEDS_CARE": "recipients[].kind",
    "NEEDS_NO_OBJECTION": "people[].consent_state",
    "NEEDS_MEMBERS": "people[].consent_state",
    "NEEDS_PREJUDICE": "basis[].answers",
    "NEEDS_NOT_AGREED": "people[].consent_state",
    "NEEDS_OFFENCES": "items[].sensitivities",
    "NEEDS_PUBLIC": "basis[].answers",
    "NEEDS_BALANCE": "basis[].answers",
}
