"""Findings about being open, keeping it from somebody, advice, and a child left at risk."""

from rules.finding_type import LATER_PAGE, WARNS, FindingType

NOT_ENOUGH = (
    "Being upset, a busy day or a policy is a concern to manage, not a reason. A reason is a risk of harm, "
    "a crime that is looked into, evidence that could go, or a delay that does harm"
)

OF_OPENNESS: dict[str, FindingType] = {
    # a concern about staff
    "LADO_NOT_INFORMED": FindingType(
        WARNS,
        "outcome",
        "Inform the local authority designated officer (LADO) within one working day, or enter why not",
        first=True,
    ),
    "LADO_LATE": FindingType(
        WARNS,
        "sending",
        "The local authority designated officer (LADO) is informed within one working day, and this is later: if you "
        "have not yet, call them now. Add to your reasons why it was late",
    ),
    # people
    "RESPONSIBILITY_LEFT_OUT": FindingType(
        WARNS,
        "people",
        "Somebody with parental responsibility is not on this record: {name}. Add them, or enter in your reasons why "
        "they are left out",
        first=True,
    ),
    "UNBORN_PAST_DUE": FindingType(
        WARNS,
        "people",
        "This baby was due before the day of the decision: find out whether the baby is born, and enter the date of "
        "birth",
        first=True,
        only_at_check=LATER_PAGE,
    ),
    # a child at risk of significant harm
    "REFUSAL_AS_REASON": FindingType(
        WARNS,
        "legal_basis",
        "You do not need consent to protect a child from significant harm, so a refusal is no reason to wait. "
        "Call children's social care today, or 999 if there is danger now",
        first=True,
    ),
    "WAITS_WITH_HARM": FindingType(
        WARNS,
        "sending",
        "A child may be at risk of significant harm and this waits too long: call children's social care today, or "
        "999 if there is danger now",
        first=True,
    ),
    "WAITS_LONG": FindingType(
        WARNS, "sending", "This is put off for more than 28 days: choose an earlier date, or enter why it can wait"
    ),
    "HARM_NO_ADVICE": FindingType(
        WARNS,
        "sending",
        "A child may be at risk of significant harm, nothing is shared and no advice is recorded: call children's "
        "social care or your safeguarding lead today, and record what they say",
        first=True,
    ),
    # advice
    "SOURCE_OPEN": FindingType(
        WARNS,
        "people",
        "You say that asking or telling somebody brings danger, and nobody is marked as an alleged or suspected "
        "source of harm: mark them, or add them to this record",
        only_at_check=LATER_PAGE,
    ),
    "SOURCE_INFORMED": FindingType(
        WARNS,
        "sending",
        "This person may have caused harm and was contacted with no advice recorded: call children's social care or "
        "the police now, and record what they say",
        first=True,
    ),
    "HOUSEHOLD_INFORMED": FindingType(
        WARNS,
        "consent",
        "This person may live with an alleged or suspected source of harm and was contacted with no advice recorded: "
        "call children's social care or the police now, and record what they say",
        first=True,
    ),
    "SOURCE_TALK_PLANNED": FindingType(
        WARNS,
        "consent",
        "You plan a talk with an alleged or suspected source of harm and no advice is recorded: before it, have a "
        "strategy discussion, or police or medical advice, and record it, or enter why it is not needed",
        first=True,
    ),
    "WHOLE_FILE_ADVICE": FindingType(
        WARNS, "sending", "Get advice before you share a whole file, and record who gave it"
    ),
    "OVERRULED_ADVICE": FindingType(
        WARNS,
        "sending",
        "Somebody refused and no significant harm is recorded: get advice before you share, and record who gave it",
    ),
    "ADVICE_WHAT": FindingType(WARNS, "sending", "Enter what the advice was"),
    # keeping it from somebody
    "REACHES_KEPT_FROM": FindingType(
        WARNS,
        "information",
        "Something you share must not reach this person, and {recipient} is or speaks for them: do not send it, and "
        "get advice now",
        first=True,
    ),
    "MAY_PASS_IT_ON": FindingType(
        WARNS,
        "information",
        "Something you share must not reach this person, and {recipient} may live with them or see them: agree how "
        "it is kept private before you send it",
        first=True,
    ),
    "INFORMED_OF_NOT_DISCLOSED": FindingType(
        WARNS,
        "sending",
        "Something you share must be kept from this person, and they were told: check what they know. If it was left "
        "out, choose “Informed in part” and enter what",
    ),
    "COULD_HEAR": FindingType(
        WARNS,
        "sending",
        "This person could find out through someone else: agree with children's social care or the police what others "
        "are told, and record that as advice",
    ),
    "COULD_HEAR_OPEN": FindingType(
        WARNS,
        "consent",
        "Answer whether this person could find out through someone else, now that others are told",
        only_at_check=LATER_PAGE,
    ),
    "INFORMING_WAY_UNSAFE": FindingType(
        WARNS,
        "sending",
        "This person was informed by a way that was recorded as not safe for them: check that they are safe",
    ),
    "SAFE_CONTACT_OPEN": FindingType(
        WARNS, "sending", "Somebody may be in danger: answer whether the way of reaching this person was safe"
    ),
    # being open
    "OPEN_NOT_NEEDED": FindingType(
        WARNS,
        "sending",
        "This person's information goes to somebody, so there is something to tell them: tell them, or enter why not",
    ),
    "WHO_WHAT_WHY": FindingType(
        WARNS, "sending", "Tell this person who gets what, and why. Then tick that they know it"
    ),
    "NO_CHOICE_SAID": FindingType(
        WARNS, "sending", "Tell this person that they have no choice about this. Then tick that they know it"
    ),
    "LATER_AGREED": FindingType(WARNS, "sending", "Enter who agreed that this person is told later"),
    "LATER_FAR": FindingType(
        WARNS, "sending", "Choose a date within 28 days of the decision to review whether this person can be told"
    ),
    "LATER_FAR_HARM": FindingType(
        WARNS,
        "sending",
        "A child may be at risk of significant harm: choose a date within 7 days to review whether this person can be "
        "told",
    ),
    # the law behind not telling somebody
    "EXEMPTION_DOUBT": FindingType(
        WARNS,
        "sending",
        "You chose “{law}”, which does not usually fit your reason for not telling this person: change one of them, or "
        "ask your data protection lead. {ask}",
    ),
    "EXEMPTION_CRIME": FindingType(
        WARNS,
        "sending",
        "The law you chose is only about crime, and nothing here says there may be one: tick “Criminal offence or "
        "allegation” for what is about it, or choose another law",
    ),
    "EXEMPTION_MISSING": FindingType(
        WARNS,
        "sending",
        "Choose which law lets you not tell this person. If none does, plan when to tell them",
    ),
    "EXEMPTION_LATER": FindingType(
        WARNS,
        "sending",
        "This person is not told for more than a month: choose which law lets you wait. If none does, choose an "
        "earlier date",
    ),
    "CONCERN_NOT_ASKED": FindingType(WARNS, "consent", NOT_ENOUGH),
    "CONCERN_NOT_INFORMED": FindingType(WARNS, "sending", NOT_ENOUGH),
}
