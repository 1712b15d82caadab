"""Findings of the pages from what will be shared on, and of what happened after recording."""

from rules.finding_type import AFTER_RECORDING, BLOCKS, NOT_THEIRS, WARNS, FindingType

OF_SHARING: dict[str, FindingType] = {
    # what you will share
    "NO_ITEM": FindingType(BLOCKS, "information", "Choose at least one piece of information to share"),
    "RECIPIENT_WITHOUT": FindingType(
        BLOCKS, "information", "Choose what you will share with {recipient}, or enter why nothing"
    ),
    "INCLUDES_UNANSWERED": FindingType(
        BLOCKS,
        "information",
        "Tick whether what you share includes health, a crime, ethnicity, religion, sexuality or other special "
        "category information, or “None of these”",
    ),
    "INCLUDES_NONE_AND_MORE": FindingType(
        BLOCKS, "information", "You ticked “None of these” and something else: untick one of them"
    ),
    "INCLUDES_NOT_MARKED": FindingType(
        BLOCKS, "information", "You said that what you share includes “{kind}”: tick which information that is"
    ),
    "INCLUDES_DENIED": FindingType(
        BLOCKS,
        "information",
        "Something you share is marked “{kind}”, but you said that nothing you share includes it: change one of them",
    ),
    "ABOUT_MISSING": FindingType(WARNS, "information", "Tick who each piece of information is about"),
    "ABOUT_NOBODY": FindingType(BLOCKS, "information", "Choose who each sensitive piece of information is about"),
    "WITHHELD_WHY": FindingType(BLOCKS, "information", "Enter why each piece of information is not shared"),
    "WITHHELD_FROM_SOME": FindingType(
        WARNS, "information", "Enter why some people get a piece of information and others do not"
    ),
    "NOTHING_HELD": FindingType(
        WARNS, "information", "You chose to share part of it: add what you will not share, and why"
    ),
    "PROCEEDINGS": FindingType(
        BLOCKS,
        "information",
        "This comes from family court proceedings: enter the rule or the court's permission",
    ),
    "ORDER_OUTSIDE": FindingType(
        WARNS,
        "information",
        "Something you share is outside the dates the order covers: remove it, or enter another lawful basis for it",
    ),
    "SOURCE_GIVEN": FindingType(
        WARNS, "information", "This could identify who told you: check that the recipient needs it"
    ),
    "OFFENCE_DOUBT": FindingType(
        WARNS,
        "information",
        "If anything here says someone may have committed a crime, choose “Criminal offence or allegation” for it",
    ),
    # lawful basis
    "NO_L1": FindingType(BLOCKS, "legal_basis", "Choose a lawful basis"),
    "CONSENT_BASIS": FindingType(
        BLOCKS,
        "legal_basis",
        "This person has not consented, so “{provision}” cannot be your {layer}. Choose another: {suggestion}",
    ),
    "CONSENT_ENDED": FindingType(
        BLOCKS,
        "legal_basis",
        "This person's consent had ended, so you cannot rely on “{provision}”. Ask again, or choose another "
        "{layer}: {suggestion}",
    ),
    "CONSENT_NOT_COVERED": FindingType(
        BLOCKS,
        "legal_basis",
        "Nobody's consent covers this person's information, so you cannot rely on “{provision}” for it. Choose "
        "another {layer}: {suggestion}",
    ),
    "CONSENT_OTHER": FindingType(
        BLOCKS,
        "legal_basis",
        "This person consented to something else, so you cannot rely on “{provision}”. Choose another {layer}: "
        "{suggestion}",
    ),
    "CONSENT_ANYWAY": FindingType(
        BLOCKS,
        "legal_basis",
        "You would share even if they refused, so consent is not your lawful basis. Choose another: {suggestion}",
    ),
    "BASIS_FALLS": FindingType(
        BLOCKS,
        "legal_basis",
        "You cannot rely on “{provision}” when someone refuses. Choose another {layer}: {suggestion}",
    ),
    "TEST_OPEN": FindingType(
        BLOCKS, "legal_basis", "To rely on “{provision}” for someone who has not agreed, answer: {test}"
    ),
    "WHY_NO_MORE": FindingType(BLOCKS, "legal_basis", "Enter why this is proportionate: no more than is needed"),
    "WHY_NO_MORE_AGREED": FindingType(WARNS, "legal_basis", "Enter why this is proportionate: no more than is needed"),
    "RISK_IF_NOT": FindingType(BLOCKS, "legal_basis", "Enter what could happen if you do not share"),
    "RISK_IF_SHARED": FindingType(
        WARNS, "legal_basis", "Enter what could happen if you share, and how you will manage it"
    ),
    "CONSENT_WITH_RISK": FindingType(
        WARNS,
        "legal_basis",
        "Someone may come to harm. Would you share even if they refused? If so, consent is not your lawful "
        "basis: {suggestion}",
    ),
    "ANNEX1_MISSING": FindingType(
        BLOCKS, "legal_basis", "Choose the recognised legitimate interest, such as safeguarding"
    ),
    "PUBLIC_BODY_INTERESTS": FindingType(
        BLOCKS, "legal_basis", "A public body cannot use “{provision}” for its own work. Choose “Public task”"
    ),
    "SPECIAL_NO_PROVISION": FindingType(
        BLOCKS, "legal_basis", "You share health or other special category information: choose a condition for it"
    ),
    "OFFENCES_NO_PROVISION": FindingType(
        BLOCKS,
        "legal_basis",
        "You share information about a criminal offence: choose “Crimes and allegations of crime”",
    ),
    "POLICE_CONDITION": FindingType(
        BLOCKS,
        "legal_basis",
        "You share sensitive information for law enforcement: choose the condition for it in Schedule 8",
    ),
    "CONDITION_MISSING": FindingType(
        BLOCKS, "legal_basis", "“{provision}” needs one of the listed conditions as well: choose it"
    ),
    "P18_REASON": FindingType(
        BLOCKS, "legal_basis", "Choose why this person's information is used without their consent"
    ),
    "P18_TEXT": FindingType(
        BLOCKS, "legal_basis", "Enter in your own words why it is used without this person's consent"
    ),
    "P18_CAPABLE": FindingType(
        BLOCKS,
        "legal_basis",
        "This person is able to give consent and refused, so “not able to give consent” is not true of them. "
        "Choose another reason, or “A function the law gives you”",
    ),
    "P18_CAPABLE_DOUBT": FindingType(
        WARNS, "legal_basis", "This person seems able to give consent: check “not able to give consent”"
    ),
    "P18_AFTER_REFUSAL": FindingType(
        WARNS,
        "legal_basis",
        "This person was asked and refused: a refusal alone is not one of the three reasons",
    ),
    "P18_AGREED": FindingType(
        WARNS, "legal_basis", "This person agrees, and paragraph 18 is for sharing without consent: choose another"
    ),
    "P18_NOBODY": FindingType(
        WARNS,
        "legal_basis",
        "“Safeguarding” protects someone under 18 or an adult at risk: enter who that is, or choose another",
    ),
    "P19_CHILD": FindingType(
        BLOCKS, "legal_basis", "“An adult's money at risk” is only for someone aged 18 or over: choose another"
    ),
    "P19_NOT_HEALTH": FindingType(
        BLOCKS, "legal_basis", "“An adult's money at risk” is only for health information: choose another"
    ),
    "VITAL_CAPABLE": FindingType(
        BLOCKS,
        "legal_basis",
        "“Vital interests” is only for someone who is not able to give consent: enter why they are not, or choose "
        "another",
    ),
    "CONFIDENCE_NO_PROVISION": FindingType(
        BLOCKS, "legal_basis", "You share something told in confidence: choose why you may share it"
    ),
    "CONFIDENCE_DOUBT": FindingType(
        WARNS, "legal_basis", "You ticked “told in confidence” and chose “Not confidential”: check which it is"
    ),
    "POWER_MISSING": FindingType(WARNS, "legal_basis", "Choose the power or duty your organisation shares under"),
    "PROVISION_UNKNOWN": FindingType(
        BLOCKS, "legal_basis", "“{provision}” is not a legal provision on the list: choose another"
    ),
    "PROVISION_NOT_IN_FORCE": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” was not in force on the day you decided, or not confirmed to be: choose another",
    ),
    "PROVISION_NOT_YOURS": FindingType(
        WARNS, "legal_basis", "“{provision}” is a function of another kind of organisation: check it"
    ),
    "PROVISION_POLICE_ONLY": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” is only for police and other law enforcement bodies in their own work: choose another",
    ),
    "PROVISION_OUT_OF_SCOPE": FindingType(
        BLOCKS,
        "legal_basis",
        "Your organisation is not recorded as covered by “{provision}”: choose another, or ask your administrator",
    ),
    "RECIPIENT_OUT_OF_SCOPE": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” must cover both organisations, and no recipient is recorded as covered by it: choose another",
    ),
    "HELP_NOT_WANTED": FindingType(
        BLOCKS,
        "legal_basis",
        "“{provision}” is only for people who want it, and nobody has agreed to it: choose another",
    ),
    "POLICY_DOCUMENT": FindingType(
        WARNS,
        "legal_basis",
        "“{provision}” needs a policy document, and your organisation had not recorded one by then: ask your "
        "administrator",
        only_at_check=NOT_THEIRS,
    ),
    "DUTY_PROVISION_MISSING": FindingType(
        WARNS, "legal_basis", "You said that you must share this: choose the duty or the court order"
    ),
    # reasons not to share
    "NO_BASIS": FindingType(
        BLOCKS, "legal_basis", "Choose whether there is no lawful basis, or there is one but you decided not to share"
    ),
    "NO_BASIS_REASON": FindingType(
        BLOCKS, "legal_basis", "Enter why there is no lawful basis, or why you decided not to share"
    ),
    "NOT_SHARED_RISK_IF_SHARED": FindingType(BLOCKS, "legal_basis", "Enter what could happen if you shared"),
    "NOT_SHARED_RISK_IF_NOT": FindingType(BLOCKS, "legal_basis", "Enter what could happen if you do not share"),
    # what was sent or done instead, and who was told
    "INSTEAD": FindingType(BLOCKS, "sending", "Enter what is done instead to keep the child safe"),
    "LOOK_AGAIN": FindingType(BLOCKS, "sending", "Enter a date to review this decision"),
    "ASKER_NOT_INFORMED": FindingType(BLOCKS, "sending", "Enter what the person who asked was told"),
    "ASKER_NOT_INFORMED_PART": FindingType(
        WARNS, "sending", "Tell the person who asked why they get part of it, and record what you told them"
    ),
    "CANNOT_RECALL": FindingType(
        WARNS, "sending", "Enter what was already sent and cannot be recalled, and who was told"
    ),
    "NOT_INFORMED_YET": FindingType(WARNS, "sending", "Choose whether this person was informed, or will be"),
    "INFORMING_REASON": FindingType(BLOCKS, "sending", "Enter why this person is not informed, or not yet"),
    "INFORMING_END": FindingType(
        BLOCKS, "sending", "Enter a date to review this, or choose how it ends without informing them"
    ),
    "INFORMING_CLOSED_WITH": FindingType(BLOCKS, "sending", "Enter who agreed that this person is never told"),
    "INFORMING_HANDED_TO": FindingType(BLOCKS, "sending", "Enter who will inform this person instead"),
    "INFORMING_APPROVER": FindingType(WARNS, "sending", "Enter who agreed that this person is not informed"),
    "INFORMING_UNSAFE": FindingType(
        WARNS,
        "sending",
        "This person was informed in a way that may not be safe: get advice now and check on them",
    ),
    "INFORMED_WHEN": FindingType(
        WARNS, "sending", "Enter when this person was told: only a time shows that they knew first"
    ),
    "INFORMING_AGAIN": FindingType(WARNS, "sending", "Enter when you will try to tell this person again"),
    "INFORMING_PART": FindingType(WARNS, "sending", "Enter what this person was not told, and why"),
    "INFORMING_BY_WHOM": FindingType(WARNS, "sending", "Enter who will inform this person"),
    "INFORMING_BY_WHEN": FindingType(WARNS, "sending", "Enter by when they will inform this person"),
    # after recording
    "REFUSED_SINCE": FindingType(
        WARNS,
        "consent",
        "This person has refused consent since this was recorded: make a new decision on whether to continue",
        only_at_check=AFTER_RECORDING,
    ),
    "SENT_AFTER_WITHDRAWAL": FindingType(
        WARNS,
        "sending",
        "Something was sent after this person withdrew consent: find out why, and tell them",
        only_at_check=AFTER_RECORDING,
    ),
    "NOT_ESCALATED": FindingType(
        WARNS,
        "sending",
        "{recipient} did not accept it, or will take no further action: enter who you escalated it to",
        only_at_check=AFTER_RECORDING,
    ),
    "NOT_CORRECTED": FindingType(
        WARNS,
        "sending",
        "{recipient} got information that turned out to be wrong: tell them, and record who you told",
        only_at_check=AFTER_RECORDING,
    ),
    "OBJECTION_OPEN": FindingType(
        WARNS, "sending", "An objection has not been answered: record what you told them", only_at_check=AFTER_RECORDING
    ),
    "COMPLAINT_OPEN": FindingType(
        WARNS,
        "sending",
        "A complaint about this has not been answered: record the answer",
        only_at_check=AFTER_RECORDING,
    ),
    "GROUP_ENDED": FindingType(
        WARNS,
        "sending",
        "Something was sent after the last day of the group's sharing: make a new decision before you send more",
    ),
    "GROUP_OUTSIDE": FindingType(
        WARNS,
        "sending",
        "Something was sent to someone who is not in the group: record a decision about that",
        only_at_check=AFTER_RECORDING,
    ),
}
