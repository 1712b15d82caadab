"""What can be found on the pages from "give and hold back" on, and since it was recorded."""

from rules.finding_type import BLOCKS, WARNS, FindingType

OF_SHARING: dict[str, FindingType] = {
    # give and hold back
    "NO_ITEM": FindingType(BLOCKS, "information", "Tick at least one thing to give"),
    "RECIPIENT_WITHOUT": FindingType(BLOCKS, "information", "Say what {recipient} gets, or why they get nothing"),
    "ABOUT_NOBODY": FindingType(BLOCKS, "information", "Say whose information each sensitive thing is"),
    "HELD_WHY": FindingType(BLOCKS, "information", "Say why each thing is held back"),
    "HELD_FROM_SOME": FindingType(WARNS, "information", "Say why some get a thing and others do not"),
    "NOTHING_HELD": FindingType(WARNS, "information", "You chose to share part: add what is held back, and why"),
    "PROCEEDINGS": FindingType(
        BLOCKS,
        "information",
        "This comes from family court: name the rule or the court's permission",
    ),
    "ORDER_OUTSIDE": FindingType(
        WARNS, "information", "Something given lies outside the days the order covers: take it out, or say what else lets you"
    ),
    "SOURCE_GIVEN": FindingType(WARNS, "information", "This could show who told you: check that they must know it"),
    "OFFENCE_DOUBT": FindingType(
        WARNS,
        "information",
        "If anything here says someone may have committed a crime, tick “a crime” beside it",
    ),
    # what lets you
    "NO_L1": FindingType(BLOCKS, "legal_basis", "Choose what lets you share"),
    "CONSENT_BASIS": FindingType(
        BLOCKS,
        "legal_basis",
        "This person has not agreed, so “{row}” cannot be what lets you share. Choose another: {suggestion}",
    ),
    "CONSENT_ENDED": FindingType(
        BLOCKS,
        "legal_basis",
        "This person's yes had ended, so “{row}” does not stand. Ask again, or choose another: {suggestion}",
    ),
    "CONSENT_NOT_COVERED": FindingType(
        BLOCKS,
        "legal_basis",
        "Nobody's yes covers this person's information, so “{row}” does not stand for it. Choose another: {suggestion}",
    ),
    "CONSENT_OTHER": FindingType(
        BLOCKS, "legal_basis", "This person said yes to something else, so “{row}” does not stand. Choose another: {suggestion}"
    ),
    "CONSENT_ANYWAY": FindingType(
        BLOCKS,
        "legal_basis",
        "You would share even if they said no, so consent is not what lets you. Choose another: {suggestion}",
    ),
    "BASIS_FALLS": FindingType(BLOCKS, "legal_basis", "“{row}” cannot be used when someone says no. Choose another: {suggestion}"),
    "TEST_OPEN": FindingType(BLOCKS, "legal_basis", "To use “{row}” for someone who has not agreed, answer: {test}"),
    "WHY_NO_MORE": FindingType(BLOCKS, "legal_basis", "Say why this is no more than is needed"),
    "WHY_NO_MORE_AGREED": FindingType(WARNS, "legal_basis", "Say why this is no more than is needed"),
    "RISK_IF_NOT": FindingType(BLOCKS, "legal_basis", "Say what could happen if you do not share"),
    "RISK_IF_SHARED": FindingType(WARNS, "legal_basis", "Say what could happen if you share, and how you will manage it"),
    "CONSENT_WITH_RISK": FindingType(
        WARNS,
        "legal_basis",
        "Someone may come to harm. Would you share even if they said no? If so, consent is not what lets you: {suggestion}",
    ),
    "ANNEX1_MISSING": FindingType(BLOCKS, "legal_basis", "Choose which recognised interest it is, safeguarding for one"),
    "PUBLIC_BODY_INTERESTS": FindingType(
        BLOCKS, "legal_basis", "A public body cannot use “{row}” for its own work. Choose “Public task”"
    ),
    "SPECIAL_NO_ROW": FindingType(
        BLOCKS, "legal_basis", "Health or other sensitive information is given: choose what lets you use it"
    ),
    "OFFENCES_NO_ROW": FindingType(
        BLOCKS, "legal_basis", "Information about a crime is given: choose “Crimes and allegations of crime”"
    ),
    "POLICE_CONDITION": FindingType(
        BLOCKS, "legal_basis", "Sensitive information is used in police work: choose the condition for it in Schedule 8"
    ),
    "CONDITION_MISSING": FindingType(BLOCKS, "legal_basis", "“{row}” needs one of the listed conditions as well: choose it"),
    "P18_REASON": FindingType(BLOCKS, "legal_basis", "Choose why this person's information is used without their consent"),
    "P18_TEXT": FindingType(BLOCKS, "legal_basis", "Say in your own words why it is used without this person's consent"),
    "P18_CAPABLE": FindingType(
        BLOCKS,
        "legal_basis",
        "This person is able to give consent and said no, so “not able to give consent” is not true of them. "
        "Choose another reason, or “A function the law gives you”",
    ),
    "P18_CAPABLE_DOUBT": FindingType(
        WARNS, "legal_basis", "This person seems able to give consent: check “not able to give consent”"
    ),
    "P18_AFTER_REFUSAL": FindingType(
        WARNS,
        "legal_basis",
        "This person was asked and said no: a refusal alone is not one of the three reasons",
    ),
    "P18_AGREED": FindingType(
        WARNS, "legal_basis", "This person agrees, and paragraph 18 is for sharing without consent: choose another"
    ),
    "P18_NOBODY": FindingType(
        WARNS,
        "legal_basis",
        "“Safeguarding” protects somebody under 18 or an adult at risk: say who that is, or choose another",
    ),
    "P19_CHILD": FindingType(BLOCKS, "legal_basis", "“Economic wellbeing” is only for somebody of 18 or over: choose another"),
    "P19_NOT_HEALTH": FindingType(BLOCKS, "legal_basis", "“Economic wellbeing” is only for health information: choose another"),
    "VITAL_CAPABLE": FindingType(
        BLOCKS,
        "legal_basis",
        "“Vital interests” is only for someone who is not able to say yes or no: choose another",
    ),
    "CONFIDENCE_NO_ROW": FindingType(BLOCKS, "legal_basis", "Something told in confidence is given: choose what lifts that"),
    "CONFIDENCE_DOUBT": FindingType(
        WARNS, "legal_basis", "You ticked “told in confidence” and chose “Not confidential”: check which it is"
    ),
    "POWER_MISSING": FindingType(WARNS, "legal_basis", "Choose the power or duty your organisation shares under"),
    "ROW_UNKNOWN": FindingType(BLOCKS, "legal_basis", "“{row}” is not a row of this law: choose another"),
    "ROW_NOT_IN_FORCE": FindingType(
        BLOCKS,
        "legal_basis",
        "“{row}” was not in force on the day you decided, or not confirmed to be: choose another",
    ),
    "ROW_NOT_YOURS": FindingType(WARNS, "legal_basis", "“{row}” is the job of another kind of organisation: check it"),
    "ROW_POLICE_ONLY": FindingType(
        BLOCKS, "legal_basis", "“{row}” is only for the police and the like in their own work: choose another"
    ),
    "ROW_OUT_OF_SCOPE": FindingType(
        BLOCKS, "legal_basis", "Your organisation is not entered as within “{row}”: choose another, or ask your administrator"
    ),
    "RECIPIENT_OUT_OF_SCOPE": FindingType(
        BLOCKS, "legal_basis", "“{row}” binds both ends, and nobody who gets this is entered as within it: choose another"
    ),
    "HELP_NOT_WANTED": FindingType(
        BLOCKS, "legal_basis", "“{row}” is only for those who want it, and nobody has said yes to it: choose another"
    ),
    "POLICY_DOCUMENT": FindingType(
        WARNS,
        "legal_basis",
        "“{row}” needs a policy document, and your organisation had not entered one by then: ask your administrator",
    ),
    "DUTY_ROW_MISSING": FindingType(WARNS, "legal_basis", "You said that you must share this: choose the duty or the order"),
    # why not
    "NO_BASIS": FindingType(BLOCKS, "legal_basis", "Choose whether nothing lets you share, or you could share and decided not to"),
    "NO_BASIS_REASON": FindingType(BLOCKS, "legal_basis", "Say why nothing lets you share, or why you decided not to"),
    "NOT_SHARED_RISK_IF_SHARED": FindingType(BLOCKS, "legal_basis", "Say what could happen if you shared"),
    "NOT_SHARED_RISK_IF_NOT": FindingType(BLOCKS, "legal_basis", "Say what could happen if you do not share"),
    # sent or instead, and told
    "INSTEAD": FindingType(BLOCKS, "sending", "Say what is done instead to keep the child safe"),
    "LOOK_AGAIN": FindingType(BLOCKS, "sending", "Choose a day to look at this again"),
    "LOOK_AGAIN_EARLY": FindingType(BLOCKS, "sending", "The day to look again must not be before the decision"),
    "ASKER_NOT_TOLD": FindingType(BLOCKS, "sending", "Say what the person who asked was told"),
    "ASKER_NOT_TOLD_PART": FindingType(WARNS, "sending", "Tell the person who asked why they get part of it, and write it down"),
    "CANNOT_RECALL": FindingType(WARNS, "sending", "Say what was sent already and cannot be called back, and who was told"),
    "NOT_INFORMED_YET": FindingType(WARNS, "sending", "Say whether this person was told, or will be"),
    "INFORMING_REASON": FindingType(BLOCKS, "sending", "Say why this person is not told, or not yet"),
    "INFORMING_END": FindingType(BLOCKS, "sending", "Choose a day to look at this again, or how it ends without telling them"),
    "INFORMING_CLOSED_WITH": FindingType(WARNS, "sending", "Name who agreed that you will not tell, or who takes it on"),
    "INFORMING_APPROVER": FindingType(WARNS, "sending", "Say who agreed that this person is not told"),
    "INFORMING_UNSAFE": FindingType(
        WARNS,
        "sending",
        "This person was told in a way that may not be safe: take advice now and check on them",
    ),
    "INFORMING_PART": FindingType(WARNS, "sending", "Say what this person was not told, and why"),
    "INFORMING_BY_WHOM": FindingType(WARNS, "sending", "Say who will tell this person, and by when"),
    # since it was recorded
    "SAID_NO_SINCE": FindingType(
        WARNS, "consent", "This person has said no since this was recorded: decide anew whether to go on"
    ),
    "SENT_AFTER_NO": FindingType(
        WARNS, "sending", "Something was sent after this person took their agreement back: find out why, and tell them"
    ),
    "NOT_TAKEN_UP": FindingType(
        WARNS, "sending", "{recipient} would not take it, or will do nothing more: say who you took it up with"
    ),
    "GROUP_ENDED": FindingType(
        WARNS, "sending", "Something was sent after the last day of the group's sharing: decide anew before the next"
    ),
    "GROUP_OUTSIDE": FindingType(
        WARNS, "sending", "Something went to somebody who is not in the group: record a decision about that"
    ),
}
