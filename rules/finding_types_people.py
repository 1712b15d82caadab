"""What can be found on the pages up to "what they say"."""

from rules.finding_type import BLOCKS, WARNS, FindingType

OF_PEOPLE: dict[str, FindingType] = {
    # who
    "NO_PERSON": FindingType(BLOCKS, "people", "Add at least one person this is about"),
    # what is worrying you
    "NO_FACTS": FindingType(WARNS, "concern", "Write down what was seen or said"),
    "NO_LEVEL": FindingType(WARNS, "concern", "Choose how worried you are"),
    "WHAT_CHANGED": FindingType(WARNS, "concern", "Say what has changed since the decision before this one"),
    # asked by, going to
    "REQUEST_WHO": FindingType(BLOCKS, "request", "Say who asked: a name or a role"),
    "REQUEST_WHAT": FindingType(BLOCKS, "request", "Say what they asked for"),
    "REQUEST_WHY": FindingType(WARNS, "request", "Ask what they need it for, and write it down"),
    "REQUEST_IDENTITY": FindingType(
        BLOCKS,
        "request",
        "Say how you know it is them, for instance that you rang back on a known number",
    ),
    "CONFIRMED_AFTER_ALL": FindingType(
        BLOCKS,
        "sending",
        "You ticked that you confirmed nothing to whoever asked, and they are given something: take one of them out",
    ),
    "ORDER_COURT": FindingType(BLOCKS, "request", "Say which court made the order. A solicitor's letter is not an order"),
    "ORDER_DATE": FindingType(BLOCKS, "request", "Enter the day the order was made"),
    "ORDER_SCOPE": FindingType(BLOCKS, "request", "Write down what the order covers"),
    "ORDER_AHEAD": FindingType(BLOCKS, "request", "The day the order was made must not be after the decision"),
    "DUTY_NOT_NAMED": FindingType(BLOCKS, "request", "Say which law makes you report this"),
    "DUTY_NOT_DONE": FindingType(
        WARNS, "outcome", "The law or a court says this must be shared: take advice today if you do not"
    ),
    "CHOICE_NOT_THEIRS": FindingType(
        WARNS, "consent", "This must be shared by law, so they have no choice: tell them so, and be open about the rest"
    ),
    "EARLY_HELP_CHOICE": FindingType(
        WARNS, "consent", "Early help is the family's choice: ask them, or say how worried you are and why"
    ),
    "DETRIMENT": FindingType(BLOCKS, "legal_basis", "Say why sharing would do the child more harm than not sharing"),
    "SHARE_DUTY_UNSAID": FindingType(
        WARNS, "legal_basis", "Say whether you hold what they would need, whether it matters and whether it may help them"
    ),
    "SHARE_DUTY_NOT_MET": FindingType(
        BLOCKS, "request", "The duty to share is only for what you hold, what matters and what helps: choose another way"
    ),
    "SHARE_DUTY_OPEN": FindingType(WARNS, "request", "Say whether you hold it, whether it matters and whether it helps them"),
    "SHARE_DUTY_TRIGGER": FindingType(
        WARNS, "request", "You chose the duty to share: say that it started with “The law says I must report this”"
    ),
    "FGM_HOW": FindingType(BLOCKS, "request", "Say how you came to know: she told you, or you saw signs"),
    "FGM_TRIGGER": FindingType(
        BLOCKS, "request", "You chose the duty to report FGM: say that it started with “The law says I must report this”"
    ),
    "FGM_SUSPECTED": FindingType(
        BLOCKS,
        "request",
        "The duty to report is only for what she told you or signs you saw. Choose “I am worried and thinking of "
        "sharing” instead, and act as fast",
    ),
    "FGM_ADULT": FindingType(BLOCKS, "request", "The duty to report is about a girl under 18: choose another way to share this"),
    "FGM_POLICE": FindingType(BLOCKS, "request", "This report goes to the police: add them to who gets it"),
    "FGM_PERSONAL": FindingType(
        WARNS, "outcome", "This duty is your own: report it to the police yourself, whoever else decides the rest"
    ),
    "DISCOVERED_MISSING": FindingType(WARNS, "request", "Enter when you found out: the report is due from then"),
    "DISCOVERED_AHEAD": FindingType(BLOCKS, "request", "When you found out must not be after the decision"),
    "FGM_LATE": FindingType(
        WARNS, "outcome", "The report was due by the end of the next working day: add to your reasons why it was later"
    ),
    "FGM_MONTH": FindingType(WARNS, "sending", "The report was due within a month and came later: take legal advice now"),
    "TRANSFER_START": FindingType(WARNS, "request", "Enter when the child starts at the new school: the file is due from then"),
    "TRANSFER_SCHOOL": FindingType(WARNS, "request", "A file moves to the child's new school: add the school to who gets it"),
    "NO_RECIPIENT": FindingType(BLOCKS, "request", "Add who it goes to"),
    # minded to, and why
    "NO_OUTCOME": FindingType(BLOCKS, "outcome", "Choose what you have decided"),
    "WHY_NOW": FindingType(BLOCKS, "outcome", "Give your reasons: why this, and why now, for this child"),
    "SENT_ALREADY": FindingType(
        BLOCKS,
        "outcome",
        "You wrote down that something was sent. If it was, choose what you shared. If it was not, choose that for a "
        "moment and take the sending out on the page “Sent, and told”",
    ),
    "WHOLE_FILE_REASON": FindingType(BLOCKS, "outcome", "Say why the whole file is needed, not part of it"),
    "DECIDED_MISSING": FindingType(BLOCKS, "outcome", "Enter when you decided"),
    "DECIDED_AHEAD": FindingType(BLOCKS, "outcome", "When you decided cannot be in the future"),
    "LATE_REASON": FindingType(BLOCKS, "outcome", "Say why this is recorded more than 24 hours after you decided"),
    "REST_LATE": FindingType(BLOCKS, "outcome", "Say why the rest is only written now, after the day it was due"),
    "PASSED_TO": FindingType(BLOCKS, "outcome", "Choose who is to decide"),
    "STOPPED_WHAT": FindingType(
        BLOCKS, "outcome", "Stopping is said of an earlier decision: open that one and choose “Stop sharing” there"
    ),
    "STANDING_SCOPE": FindingType(BLOCKS, "outcome", "Say what the group may share with each other, and what not"),
    "STANDING_ENDED": FindingType(BLOCKS, "outcome", "The day the group's sharing ends must be after the decision"),
    "STANDING_LONG": FindingType(
        WARNS, "outcome", "This lets a group share for more than six months: look at it again sooner than that"
    ),
    # what they say
    "CONSENT_UNKNOWN": FindingType(
        BLOCKS, "consent", "Say whether you have spoken with this person and what they said, or why not"
    ),
    "CONSENT_UNKNOWN_NOT_SHARED": FindingType(WARNS, "consent", "Say whether you have spoken with this person, if you have"),
    "NOT_ASKED_REASON": FindingType(BLOCKS, "consent", "Choose why it is not safe to ask this person"),
    "NOT_ASKED_TEXT": FindingType(BLOCKS, "consent", "Say in your own words why this person was not asked"),
    "NOT_ASKED_AGREED": FindingType(WARNS, "consent", "Say who agreed that it is not safe to ask this person"),
    "NOT_REACHED": FindingType(BLOCKS, "consent", "Say when and how you tried to reach this person"),
    "CAPACITY_NOTE": FindingType(
        BLOCKS, "consent", "Say who looked at this person's capacity for this, when, and what they found"
    ),
    "BEST_INTERESTS": FindingType(WARNS, "consent", "Say who was asked about this person, and why this is best for them"),
    "COMPETENCE_NOTE": FindingType(
        WARNS, "consent", "Say who looked at whether this young person can decide, when, and what they found"
    ),
    "NOT_ABLE_TO_AGREE": FindingType(
        BLOCKS,
        "consent",
        "This person was not found able to decide, so a yes from them does not count: choose “They cannot decide "
        "this”, and write what they said there",
    ),
    "SOURCE_SPEAKS": FindingType(
        WARNS, "consent", "This person may be the source of harm: do not rely on their yes for the child. Take advice"
    ),
    "PRESUMED_ABLE": FindingType(
        WARNS, "consent", "From 16 a person is taken to be able to decide: say what shows that they are not"
    ),
    "ADULT_TESTS": FindingType(
        WARNS,
        "consent",
        "Say of the adult at risk whether they need care, may be harmed, and cannot protect themselves because of it",
    ),
    "PARENTS_DISAGREE": FindingType(
        WARNS, "consent", "Two people with parental responsibility disagree: weigh both, and say so to both"
    ),
    "CHILD_PARENT_DISAGREE": FindingType(
        WARNS,
        "consent",
        "This young person can decide, and a parent says otherwise: it is the young person's answer that counts",
    ),
    "COVERS_ABLE": FindingType(
        WARNS, "consent", "This yes is said to cover someone who can decide for themselves: ask them as well"
    ),
    "PARTIAL_WHAT": FindingType(WARNS, "consent", "Write down what this person said yes to, and what not"),
    "YES_TO_WHAT": FindingType(WARNS, "consent", "Say what this person said yes to"),
    "NOT_A_CHILD": FindingType(
        BLOCKS,
        "consent",
        "This person is an adult: say what they said, why they were not asked, or that they lack capacity",
    ),
    "NOT_ANONYMOUS": FindingType(
        BLOCKS,
        "consent",
        "What is given tells who this person is: it is about them or their child. Say what they said, or why not asked",
    ),
    "VIEWS_MISSING": FindingType(WARNS, "consent", "Write down what this person said, in their own words"),
    "WHY_OUTWEIGHS": FindingType(
        BLOCKS, "consent", "Say why sharing outweighs what they said, or would say if it were safe to ask"
    ),
    "CHOICE_NOT_HONOURED": FindingType(
        WARNS, "consent", "This person was offered a choice and said no, and it is shared: tell them so, and why"
    ),
    "COMPETENCE_OPEN": FindingType(WARNS, "consent", "Say whether this young person can decide this for themselves"),
    "WISH_ALONE": FindingType(
        WARNS,
        "consent",
        "A young person's wish is not enough alone when they may come to serious harm: get a second opinion, "
        "say who is with them tonight, and look again within 24 hours",
    ),
}
