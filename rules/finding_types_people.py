"""Findings of the pages from the people to their views and consent."""

from rules.finding_type import BLOCKS, LATER_PAGE, NOTHING_TO_CHANGE, WARNS, FindingType

OF_PEOPLE: dict[str, FindingType] = {
    # people
    "NO_PERSON": FindingType(BLOCKS, "people", "Add at least one person this is about"),
    "IDENTIFIER_MISSING": FindingType(
        WARNS,
        "people",
        "Enter this child's NHS number, UPN or other number, or why none is used",
        only_at_check=LATER_PAGE,
    ),
    # your concern
    "NO_FACTS": FindingType(WARNS, "concern", "Write down what was seen or said", only_at_check=LATER_PAGE),
    "NO_LEVEL": FindingType(WARNS, "concern", "Choose the level of concern", only_at_check=LATER_PAGE),
    "WHAT_CHANGED": FindingType(WARNS, "concern", "Enter what has changed since the previous decision"),
    "PLAN_DEPARTURE": FindingType(
        WARNS, "concern", "Enter why this is not in line with the risk assessment or safety plan"
    ),
    "PLAN_WHICH": FindingType(WARNS, "concern", "Enter which risk assessment or safety plan you mean"),
    # who you are sharing with
    "REQUEST_WHO": FindingType(BLOCKS, "request", "Enter who asked: a name or a role"),
    "REQUEST_WHAT": FindingType(BLOCKS, "request", "Enter what they asked for"),
    "REQUEST_WHY": FindingType(WARNS, "request", "Ask what they need it for, and write it down"),
    "REQUEST_IDENTITY": FindingType(
        BLOCKS,
        "request",
        "Enter how you checked who they are, such as by calling back on a known number",
    ),
    "REQUEST_AUTHORITY": FindingType(
        WARNS,
        "request",
        "The police asked for this and not everybody consents: enter which officer authorised the request, or the "
        "reference of their written request",
        only_at_check=LATER_PAGE,
    ),
    "CONFIRMED_AND_GIVEN": FindingType(
        BLOCKS,
        "sending",
        "You recorded that you neither confirmed nor denied that you hold information, but the person who asked "
        "is given some: correct one of them",
    ),
    "ORDER_COURT": FindingType(
        BLOCKS, "request", "Enter which court made the order. A solicitor's letter is not an order"
    ),
    "ORDER_DATE": FindingType(BLOCKS, "request", "Enter the date the order was made"),
    "ORDER_SCOPE": FindingType(BLOCKS, "request", "Enter what the order covers"),
    "DUTY_NOT_NAMED": FindingType(BLOCKS, "request", "Enter the law that says you must report this"),
    "DUTY_NOT_DONE": FindingType(
        WARNS, "outcome", "The law or a court says you must share this: get advice today if you do not"
    ),
    "CHOICE_NOT_THEIRS": FindingType(
        WARNS,
        "consent",
        "This must be shared by law, so they have no choice: tell them so, and be open about everything else",
        only_at_check=LATER_PAGE,
    ),
    "EARLY_HELP_CHOICE": FindingType(
        WARNS,
        "consent",
        "Early help needs the family's agreement: ask them, or enter your level of concern and why",
        only_at_check=LATER_PAGE,
    ),
    "DETRIMENT": FindingType(BLOCKS, "legal_basis", "Enter why sharing would do the child more harm than not sharing"),
    "SHARE_DUTY_UNSAID": FindingType(
        WARNS,
        "legal_basis",
        "Answer whether you hold the information, whether it is relevant and whether it may help them",
    ),
    "SHARE_DUTY_NOT_MET": FindingType(
        BLOCKS,
        "request",
        "The duty to share is only for information you hold that is relevant and helps: choose another power or duty",
    ),
    "SHARE_DUTY_OPEN": FindingType(
        WARNS,
        "request",
        "Answer whether you hold the information, whether it is relevant and whether it helps them",
        only_at_check=LATER_PAGE,
    ),
    "SHARE_DUTY_TRIGGER": FindingType(
        WARNS,
        "request",
        "You chose the duty to share: choose “The law says I must report this” as how this started",
        only_at_check=LATER_PAGE,
    ),
    "FGM_HOW": FindingType(BLOCKS, "request", "Choose how you found out: she told you, or you saw signs"),
    "FGM_TRIGGER": FindingType(
        BLOCKS,
        "request",
        "You chose the duty to report FGM: choose “The law says I must report this” as how this started",
    ),
    "FGM_SUSPECTED": FindingType(
        BLOCKS,
        "request",
        "The duty to report is only for what she told you or signs you saw. Choose “I have a concern and am "
        "thinking of sharing” instead, and act as fast",
    ),
    "FGM_ADULT": FindingType(
        BLOCKS, "request", "The duty to report is about a girl under 18: choose another power or duty"
    ),
    "FGM_POLICE": FindingType(
        BLOCKS, "request", "This report goes to the police: add them to who you are sharing with"
    ),
    "FGM_PERSONAL": FindingType(
        WARNS,
        "outcome",
        "This duty is personal to you: report it to the police yourself, whoever makes the other decisions",
    ),
    "DISCOVERED_MISSING": FindingType(WARNS, "request", "Enter when you found out: the report is due from then"),
    "FGM_LATE": FindingType(
        WARNS, "outcome", "The report was due by the end of the next working day: add to your reasons why it was late"
    ),
    "FGM_MONTH": FindingType(WARNS, "sending", "The report was due within a month and is late: get legal advice now"),
    "TRANSFER_START": FindingType(
        WARNS,
        "request",
        "Enter when the child starts at the new school: the file is due from then",
        only_at_check=LATER_PAGE,
    ),
    "TRANSFER_SCHOOL": FindingType(
        WARNS,
        "request",
        "A file moves to the child's new school: add the school to who you are sharing with",
        only_at_check=LATER_PAGE,
    ),
    "NO_RECIPIENT": FindingType(BLOCKS, "request", "Add who you are sharing with"),
    # your decision and reasons
    "NO_OUTCOME": FindingType(BLOCKS, "outcome", "Choose what you have decided"),
    "WHY_NOW": FindingType(BLOCKS, "outcome", "Enter your reasons: why this decision, and why now, for this child"),
    "SENT_ALREADY": FindingType(
        BLOCKS,
        "outcome",
        "You recorded that something was sent. If it was, choose what you shared. If it was not, choose that first, "
        "then remove the sending on the page “What was sent and who was told”",
    ),
    "WHOLE_FILE_REASON": FindingType(BLOCKS, "outcome", "Enter why the whole file is needed and not part of it"),
    "DECIDED_MISSING": FindingType(BLOCKS, "outcome", "Enter when you decided"),
    "LATE_REASON": FindingType(BLOCKS, "outcome", "Enter why this is recorded more than 24 hours after you decided"),
    "COMPLETED_LATE": FindingType(
        BLOCKS, "outcome", "Enter why you are completing your urgent record after the date it was due"
    ),
    "PASSED_TO": FindingType(BLOCKS, "outcome", "Choose who will decide"),
    "STOPPED_WHAT": FindingType(
        BLOCKS,
        "outcome",
        "You can only stop sharing from an earlier decision: open that decision and choose “Stop sharing” there",
    ),
    "STANDING_SCOPE": FindingType(
        BLOCKS, "outcome", "Enter what the group may share with each other, and what it may not"
    ),
    "STANDING_LONG": FindingType(WARNS, "outcome", "This lets a group share for more than 6 months: review it sooner"),
    # views and consent
    "CONSENT_UNKNOWN": FindingType(
        BLOCKS, "consent", "Enter whether you spoke with this person and what they said, or why you did not"
    ),
    "CONSENT_UNKNOWN_NOT_SHARED": FindingType(
        WARNS, "consent", "Enter whether you spoke with this person", only_at_check=LATER_PAGE
    ),
    "NOT_ASKED_REASON": FindingType(BLOCKS, "consent", "Choose why it is not safe to ask this person"),
    "NOT_ASKED_TEXT": FindingType(BLOCKS, "consent", "Enter why consent was not asked for"),
    "NOT_ASKED_AGREED": FindingType(WARNS, "consent", "Enter who agreed that it is not safe to ask this person"),
    "NOT_REACHED": FindingType(BLOCKS, "consent", "Enter when and how you tried to contact this person"),
    "CAPACITY_NOTE": FindingType(
        BLOCKS, "consent", "Enter who assessed this person's capacity for this decision, when, and what they found"
    ),
    "BEST_INTERESTS": FindingType(
        WARNS, "consent", "Enter who was consulted about this person, and why this is in their best interests"
    ),
    "COMPETENCE_NOTE": FindingType(
        WARNS, "consent", "Enter who assessed whether this young person is Gillick competent, when, and what they found"
    ),
    "NOT_ABLE_TO_AGREE": FindingType(
        BLOCKS,
        "consent",
        "This person was assessed as not able to decide, so their consent does not count: choose “They cannot decide "
        "this”, and enter their views there",
    ),
    "SOURCE_SPEAKS": FindingType(
        WARNS,
        "consent",
        "This person is an alleged or suspected source of harm: do not rely on their consent for the child. Get advice",
        only_at_check=LATER_PAGE,
    ),
    "PRESUMED_ABLE": FindingType(
        WARNS, "consent", "From 16, a person is presumed to have capacity: enter what shows that they do not"
    ),
    "ADULT_TESTS": FindingType(
        WARNS,
        "consent",
        "Answer whether the adult at risk needs care, may be harmed, and cannot protect themselves because of it",
    ),
    "PARENTS_DISAGREE": FindingType(
        WARNS,
        "consent",
        "Two people with parental responsibility disagree: weigh both views, and tell both",
        only_at_check=NOTHING_TO_CHANGE,
    ),
    "CHILD_PARENT_DISAGREE": FindingType(
        WARNS,
        "consent",
        "This young person is competent to decide, and a parent disagrees: the young person's answer counts",
        only_at_check=NOTHING_TO_CHANGE,
    ),
    "COVERS_ABLE": FindingType(
        WARNS, "consent", "This consent is recorded for someone who can decide for themselves: ask them as well"
    ),
    "PARTIAL_WHAT": FindingType(WARNS, "consent", "Enter what this person consented to, and what they did not"),
    "CONSENT_TO_WHAT": FindingType(WARNS, "consent", "Enter what this person consented to", only_at_check=LATER_PAGE),
    "NOT_A_CHILD": FindingType(
        BLOCKS,
        "consent",
        "This person is an adult: enter their answer, why they were not asked, or that they lack capacity",
    ),
    "NOT_ANONYMOUS": FindingType(
        BLOCKS,
        "consent",
        "What you share identifies this person: it is about them or their child. Enter their answer, or why they "
        "were not asked",
    ),
    "CONSENT_WHEN": FindingType(
        WARNS,
        "consent",
        "Enter when this person consented: only a time shows that it was before you shared",
        only_at_check=LATER_PAGE,
    ),
    "VIEWS_MISSING": FindingType(WARNS, "consent", "Enter this person's views, in their own words"),
    "WHY_OUTWEIGHS": FindingType(
        BLOCKS,
        "consent",
        "Enter why sharing outweighs their views, or what their views would be if it were safe to ask",
        on_page=True,
    ),
    "CHOICE_NOT_HONOURED": FindingType(
        WARNS,
        "consent",
        "This person was offered a choice and refused, and it is shared: tell them so, and why",
        only_at_check=LATER_PAGE,
    ),
    "COMPETENCE_OPEN": FindingType(
        WARNS, "consent", "Choose whether this young person is Gillick competent to decide this"
    ),
    "LEVEL_AFTER_REFUSAL": FindingType(
        WARNS,
        "concern",
        "The level of concern went up after somebody refused, and nothing new was written. A refusal by itself is not "
        "a reason: enter what else was seen or said, or choose the level as it was",
    ),
    "WISH_ALONE": FindingType(
        WARNS,
        "consent",
        "A young person's wish is not enough alone when they may come to serious harm: get a second opinion, "
        "record who is with them tonight, and review within 24 hours",
    ),
}
