"""What can be found on the pages from "give and hold back" on, and since it was recorded."""

from rules.finding_type import BLOCKS, WARNS, Kind

OF_SHARING: dict[str, Kind] = {
    # give and hold back
    "NO_ITEM": Kind(BLOCKS, "give", "Tick at least one thing to give"),
    "RECIPIENT_WITHOUT": Kind(BLOCKS, "give", "Say what {recipient} gets, or why they get nothing"),
    "ABOUT_NOBODY": Kind(BLOCKS, "give", "Say whose information each sensitive thing is"),
    "HELD_WHY": Kind(BLOCKS, "give", "Say why each thing is held back"),
    "HELD_FROM_SOME": Kind(WARNS, "give", "Say why some get a thing and others do not"),
    "NOTHING_HELD": Kind(WARNS, "give", "You chose to share part: add what is held back, and why"),
    "PROCEEDINGS": Kind(
        BLOCKS,
        "give",
        "This comes from family court: name the rule or the court's permission",
    ),
    "ORDER_OUTSIDE": Kind(
        WARNS, "give", "Something given lies outside the days the order covers: take it out, or say what else lets you"
    ),
    "SOURCE_GIVEN": Kind(WARNS, "give", "This could show who told you: check that they must know it"),
    "OFFENCE_DOUBT": Kind(
        WARNS,
        "give",
        "If anything here says someone may have committed a crime, tick “a crime” beside it",
    ),
    # what lets you
    "NO_L1": Kind(BLOCKS, "basis", "Choose what lets you share"),
    "CONSENT_BASIS": Kind(
        BLOCKS,
        "basis",
        "This person has not agreed, so “{row}” cannot be what lets you share. Choose another: {bundle}",
    ),
    "CONSENT_ENDED": Kind(
        BLOCKS,
        "basis",
        "This person's yes had ended, so “{row}” does not stand. Ask again, or choose another: {bundle}",
    ),
    "CONSENT_NOT_COVERED": Kind(
        BLOCKS,
        "basis",
        "Nobody's yes covers this person's information, so “{row}” does not stand for it. Choose another: {bundle}",
    ),
    "CONSENT_OTHER": Kind(
        BLOCKS, "basis", "This person said yes to something else, so “{row}” does not stand. Choose another: {bundle}"
    ),
    "CONSENT_ANYWAY": Kind(
        BLOCKS,
        "basis",
        "You would share even if they said no, so consent is not what lets you. Choose another: {bundle}",
    ),
    "BASIS_FALLS": Kind(BLOCKS, "basis", "“{row}” cannot be used when someone says no. Choose another: {bundle}"),
    "TEST_OPEN": Kind(BLOCKS, "basis", "To use “{row}” for someone who has not agreed, answer: {test}"),
    "WHY_NO_MORE": Kind(BLOCKS, "basis", "Say why this is no more than is needed"),
    "WHY_NO_MORE_AGREED": Kind(WARNS, "basis", "Say why this is no more than is needed"),
    "RISK_IF_NOT": Kind(BLOCKS, "basis", "Say what could happen if you do not share"),
    "RISK_IF_SHARED": Kind(WARNS, "basis", "Say what could happen if you share, and how you will manage it"),
    "CONSENT_WITH_RISK": Kind(
        WARNS,
        "basis",
        "Someone may come to harm. Would you share even if they said no? If so, consent is not what lets you: {bundle}",
    ),
    "ANNEX1_MISSING": Kind(BLOCKS, "basis", "Choose which recognised interest it is, safeguarding for one"),
    "PUBLIC_BODY_INTERESTS": Kind(
        BLOCKS, "basis", "A public body cannot use “{row}” for its own work. Choose “Public task”"
    ),
    "SPECIAL_NO_ROW": Kind(
        BLOCKS, "basis", "Health or other sensitive information is given: choose what lets you use it"
    ),
    "OFFENCES_NO_ROW": Kind(
        BLOCKS, "basis", "Information about a crime is given: choose “Crimes and allegations of crime”"
    ),
    "POLICE_CONDITION": Kind(
        BLOCKS, "basis", "Sensitive information is used in police work: choose the condition for it in Schedule 8"
    ),
    "CONDITION_MISSING": Kind(BLOCKS, "basis", "“{row}” needs one of the listed conditions as well: choose it"),
    "P18_REASON": Kind(BLOCKS, "basis", "Choose why this person's information is used without their consent"),
    "P18_TEXT": Kind(BLOCKS, "basis", "Say in your own words why it is used without this person's consent"),
    "P18_CAPABLE": Kind(
        BLOCKS,
        "basis",
        "This person is able to give consent and said no, so “not able to give consent” is not true of them. "
        "Choose another reason, or “A function the law gives you”",
    ),
    "P18_CAPABLE_DOUBT": Kind(
        WARNS, "basis", "This person seems able to give consent: check “not able to give consent”"
    ),
    "P18_AFTER_REFUSAL": Kind(
        WARNS,
        "basis",
        "This person was asked and said no: a refusal alone is not one of the three reasons",
    ),
    "P18_AGREED": Kind(
        WARNS, "basis", "This person agrees, and paragraph 18 is for sharing without consent: choose another"
    ),
    "P18_NOBODY": Kind(
        WARNS,
        "basis",
        "“Safeguarding” protects somebody under 18 or an adult at risk: say who that is, or choose another",
    ),
    "P19_CHILD": Kind(BLOCKS, "basis", "“Economic wellbeing” is only for somebody of 18 or over: choose another"),
    "P19_NOT_HEALTH": Kind(BLOCKS, "basis", "“Economic wellbeing” is only for health information: choose another"),
    "VITAL_CAPABLE": Kind(
        BLOCKS,
        "basis",
        "“Vital interests” is only for someone who is not able to say yes or no: choose another",
    ),
    "CONFIDENCE_NO_ROW": Kind(BLOCKS, "basis", "Something told in confidence is given: choose what lifts that"),
    "CONFIDENCE_DOUBT": Kind(
        WARNS, "basis", "You ticked “told in confidence” and chose “Not confidential”: check which it is"
    ),
    "POWER_MISSING": Kind(WARNS, "basis", "Choose the power or duty your organisation shares under"),
    "ROW_UNKNOWN": Kind(BLOCKS, "basis", "“{row}” is not a row of this law: choose another"),
    "ROW_NOT_IN_FORCE": Kind(
        BLOCKS,
        "basis",
        "“{row}” was not in force on the day you decided, or not confirmed to be: choose another",
    ),
    "ROW_NOT_YOURS": Kind(WARNS, "basis", "“{row}” is the job of another kind of organisation: check it"),
    "ROW_POLICE_ONLY": Kind(
        BLOCKS, "basis", "“{row}” is only for the police and the like in their own work: choose another"
    ),
    "ROW_OUT_OF_SCOPE": Kind(
        BLOCKS, "basis", "Your organisation is not entered as within “{row}”: choose another, or ask your administrator"
    ),
    "RECIPIENT_OUT_OF_SCOPE": Kind(
        BLOCKS, "basis", "“{row}” binds both ends, and nobody who gets this is entered as within it: choose another"
    ),
    "HELP_NOT_WANTED": Kind(
        BLOCKS, "basis", "“{row}” is only for those who want it, and nobody has said yes to it: choose another"
    ),
    "POLICY_DOCUMENT": Kind(
        WARNS,
        "basis",
        "“{row}” needs a policy document, and your organisation had not entered one by then: ask your administrator",
    ),
    "DUTY_ROW_MISSING": Kind(WARNS, "basis", "You said that you must share this: choose the duty or the order"),
    # why not
    "NO_BASIS": Kind(BLOCKS, "basis", "Choose whether nothing lets you share, or you could share and decided not to"),
    "NO_BASIS_REASON": Kind(BLOCKS, "basis", "Say why nothing lets you share, or why you decided not to"),
    "NOT_SHARED_RISK_IF_SHARED": Kind(BLOCKS, "basis", "Say what could happen if you shared"),
    "NOT_SHARED_RISK_IF_NOT": Kind(BLOCKS, "basis", "Say what could happen if you do not share"),
    # sent or instead, and told
    "INSTEAD": Kind(BLOCKS, "sent", "Say what is done instead to keep the child safe"),
    "LOOK_AGAIN": Kind(BLOCKS, "sent", "Choose a day to look at this again"),
    "LOOK_AGAIN_EARLY": Kind(BLOCKS, "sent", "The day to look again must not be before the decision"),
    "ASKER_NOT_TOLD": Kind(BLOCKS, "sent", "Say what the person who asked was told"),
    "ASKER_NOT_TOLD_PART": Kind(WARNS, "sent", "Tell the person who asked why they get part of it, and write it down"),
    "CANNOT_RECALL": Kind(WARNS, "sent", "Say what was sent already and cannot be called back, and who was told"),
    "NOT_TOLD_YET": Kind(WARNS, "sent", "Say whether this person was told, or will be"),
    "TELLING_REASON": Kind(BLOCKS, "sent", "Say why this person is not told, or not yet"),
    "TELLING_END": Kind(BLOCKS, "sent", "Choose a day to look at this again, or how it ends without telling them"),
    "TELLING_CLOSED_WITH": Kind(WARNS, "sent", "Name who agreed that you will not tell, or who takes it on"),
    "TELLING_APPROVER": Kind(WARNS, "sent", "Say who agreed that this person is not told"),
    "TELLING_UNSAFE": Kind(
        WARNS,
        "sent",
        "This person was told in a way that may not be safe: take advice now and check on them",
    ),
    "TELLING_PART": Kind(WARNS, "sent", "Say what this person was not told, and why"),
    "TELLING_BY_WHOM": Kind(WARNS, "sent", "Say who will tell this person, and by when"),
    # since it was recorded
    "SAID_NO_SINCE": Kind(
        WARNS, "say", "This person has said no since this was recorded: decide anew whether to go on"
    ),
    "SENT_AFTER_NO": Kind(
        WARNS, "sent", "Something was sent after this person took their agreement back: find out why, and tell them"
    ),
    "NOT_TAKEN_UP": Kind(
        WARNS, "sent", "{recipient} would not take it, or will do nothing more: say who you took it up with"
    ),
    "GROUP_ENDED": Kind(
        WARNS, "sent", "Something was sent after the last day of the group's sharing: decide anew before the next"
    ),
    "GROUP_OUTSIDE": Kind(
        WARNS, "sent", "Something went to somebody who is not in the group: record a decision about that"
    ),
}
