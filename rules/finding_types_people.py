"""What can be found on the pages up to "what they say"."""

from rules.finding_type import BLOCKS, WARNS, Kind

OF_PEOPLE: dict[str, Kind] = {
    # who
    "NO_PERSON": Kind(BLOCKS, "who", "Add at least one person this is about"),
    # what is worrying you
    "NO_FACTS": Kind(WARNS, "worry", "Write down what was seen or said"),
    "NO_LEVEL": Kind(WARNS, "worry", "Choose how worried you are"),
    "WHAT_CHANGED": Kind(WARNS, "worry", "Say what has changed since the decision before this one"),
    # asked by, going to
    "REQUEST_WHO": Kind(BLOCKS, "asked", "Say who asked: a name or a role"),
    "REQUEST_WHAT": Kind(BLOCKS, "asked", "Say what they asked for"),
    "REQUEST_WHY": Kind(WARNS, "asked", "Ask what they need it for, and write it down"),
    "REQUEST_IDENTITY": Kind(
        BLOCKS,
        "asked",
        "Say how you know it is them, for instance that you rang back on a known number",
    ),
    "CONFIRMED_AFTER_ALL": Kind(
        BLOCKS,
        "sent",
        "You ticked that you confirmed nothing to whoever asked, and they are given something: take one of them out",
    ),
    "ORDER_COURT": Kind(BLOCKS, "asked", "Say which court made the order. A solicitor's letter is not an order"),
    "ORDER_DATE": Kind(BLOCKS, "asked", "Enter the day the order was made"),
    "ORDER_SCOPE": Kind(BLOCKS, "asked", "Write down what the order covers"),
    "ORDER_AHEAD": Kind(BLOCKS, "asked", "The day the order was made must not be after the decision"),
    "DUTY_NOT_NAMED": Kind(BLOCKS, "asked", "Say which law makes you report this"),
    "DUTY_NOT_DONE": Kind(
        WARNS, "minded", "The law or a court says this must be shared: take advice today if you do not"
    ),
    "CHOICE_NOT_THEIRS": Kind(
        WARNS, "say", "This must be shared by law, so they have no choice: tell them so, and be open about the rest"
    ),
    "EARLY_HELP_CHOICE": Kind(
        WARNS, "say", "Early help is the family's choice: ask them, or say how worried you are and why"
    ),
    "DETRIMENT": Kind(BLOCKS, "basis", "Say why sharing would do the child more harm than not sharing"),
    "SHARE_DUTY_UNSAID": Kind(
        WARNS, "basis", "Say whether you hold what they would need, whether it matters and whether it may help them"
    ),
    "SHARE_DUTY_NOT_MET": Kind(
        BLOCKS, "asked", "The duty to share is only for what you hold, what matters and what helps: choose another way"
    ),
    "SHARE_DUTY_OPEN": Kind(WARNS, "asked", "Say whether you hold it, whether it matters and whether it helps them"),
    "SHARE_DUTY_TRIGGER": Kind(
        WARNS, "asked", "You chose the duty to share: say that it started with “The law says I must report this”"
    ),
    "FGM_HOW": Kind(BLOCKS, "asked", "Say how you came to know: she told you, or you saw signs"),
    "FGM_TRIGGER": Kind(
        BLOCKS, "asked", "You chose the duty to report FGM: say that it started with “The law says I must report this”"
    ),
    "FGM_SUSPECTED": Kind(
        BLOCKS,
        "asked",
        "The duty to report is only for what she told you or signs you saw. Choose “I am worried and thinking of "
        "sharing” instead, and act as fast",
    ),
    "FGM_ADULT": Kind(BLOCKS, "asked", "The duty to report is about a girl under 18: choose another way to share this"),
    "FGM_POLICE": Kind(BLOCKS, "asked", "This report goes to the police: add them to who gets it"),
    "FGM_PERSONAL": Kind(
        WARNS, "minded", "This duty is your own: report it to the police yourself, whoever else decides the rest"
    ),
    "DISCOVERED_MISSING": Kind(WARNS, "asked", "Enter when you found out: the report is due from then"),
    "DISCOVERED_AHEAD": Kind(BLOCKS, "asked", "When you found out must not be after the decision"),
    "FGM_LATE": Kind(
        WARNS, "minded", "The report was due by the end of the next working day: add to your reasons why it was later"
    ),
    "FGM_MONTH": Kind(WARNS, "sent", "The report was due within a month and came later: take legal advice now"),
    "TRANSFER_START": Kind(WARNS, "asked", "Enter when the child starts at the new school: the file is due from then"),
    "TRANSFER_SCHOOL": Kind(WARNS, "asked", "A file moves to the child's new school: add the school to who gets it"),
    "NO_RECIPIENT": Kind(BLOCKS, "asked", "Add who it goes to"),
    # minded to, and why
    "NO_OUTCOME": Kind(BLOCKS, "minded", "Choose what you have decided"),
    "WHY_NOW": Kind(BLOCKS, "minded", "Give your reasons: why this, and why now, for this child"),
    "SENT_ALREADY": Kind(
        BLOCKS,
        "minded",
        "You wrote down that something was sent. If it was, choose what you shared. If it was not, choose that for a "
        "moment and take the sending out on the page “Sent, and told”",
    ),
    "WHOLE_FILE_REASON": Kind(BLOCKS, "minded", "Say why the whole file is needed, not part of it"),
    "DECIDED_MISSING": Kind(BLOCKS, "minded", "Enter when you decided"),
    "DECIDED_AHEAD": Kind(BLOCKS, "minded", "When you decided cannot be in the future"),
    "LATE_REASON": Kind(BLOCKS, "minded", "Say why this is recorded more than 24 hours after you decided"),
    "REST_LATE": Kind(BLOCKS, "minded", "Say why the rest is only written now, after the day it was due"),
    "PASSED_TO": Kind(BLOCKS, "minded", "Choose who is to decide"),
    "STOPPED_WHAT": Kind(
        BLOCKS, "minded", "Stopping is said of an earlier decision: open that one and choose “Stop sharing” there"
    ),
    "STANDING_SCOPE": Kind(BLOCKS, "minded", "Say what the group may share with each other, and what not"),
    "STANDING_ENDED": Kind(BLOCKS, "minded", "The day the group's sharing ends must be after the decision"),
    "STANDING_LONG": Kind(
        WARNS, "minded", "This lets a group share for more than six months: look at it again sooner than that"
    ),
    # what they say
    "CONSENT_UNKNOWN": Kind(
        BLOCKS, "say", "Say whether you have spoken with this person and what they said, or why not"
    ),
    "CONSENT_UNKNOWN_NOT_SHARED": Kind(WARNS, "say", "Say whether you have spoken with this person, if you have"),
    "NOT_ASKED_REASON": Kind(BLOCKS, "say", "Choose why it is not safe to ask this person"),
    "NOT_ASKED_TEXT": Kind(BLOCKS, "say", "Say in your own words why this person was not asked"),
    "NOT_ASKED_AGREED": Kind(WARNS, "say", "Say who agreed that it is not safe to ask this person"),
    "NOT_REACHED": Kind(BLOCKS, "say", "Say when and how you tried to reach this person"),
    "CAPACITY_NOTE": Kind(
        BLOCKS, "say", "Say who looked at this person's capacity for this, when, and what they found"
    ),
    "BEST_INTERESTS": Kind(WARNS, "say", "Say who was asked about this person, and why this is best for them"),
    "COMPETENCE_NOTE": Kind(
        WARNS, "say", "Say who looked at whether this young person can decide, when, and what they found"
    ),
    "NOT_ABLE_TO_AGREE": Kind(
        BLOCKS,
        "say",
        "This person was not found able to decide, so a yes from them does not count: choose “They cannot decide "
        "this”, and write what they said there",
    ),
    "SOURCE_SPEAKS": Kind(
        WARNS, "say", "This person may be the source of harm: do not rely on their yes for the child. Take advice"
    ),
    "PRESUMED_ABLE": Kind(
        WARNS, "say", "From 16 a person is taken to be able to decide: say what shows that they are not"
    ),
    "ADULT_TESTS": Kind(
        WARNS,
        "say",
        "Say of the adult at risk whether they need care, may be harmed, and cannot protect themselves because of it",
    ),
    "PARENTS_DISAGREE": Kind(
        WARNS, "say", "Two people with parental responsibility disagree: weigh both, and say so to both"
    ),
    "CHILD_PARENT_DISAGREE": Kind(
        WARNS,
        "say",
        "This young person can decide, and a parent says otherwise: it is the young person's answer that counts",
    ),
    "COVERS_ABLE": Kind(
        WARNS, "say", "This yes is said to cover someone who can decide for themselves: ask them as well"
    ),
    "PARTIAL_WHAT": Kind(WARNS, "say", "Write down what this person said yes to, and what not"),
    "YES_TO_WHAT": Kind(WARNS, "say", "Say what this person said yes to"),
    "NOT_A_CHILD": Kind(
        BLOCKS,
        "say",
        "This person is an adult: say what they said, why they were not asked, or that they lack capacity",
    ),
    "NOT_ANONYMOUS": Kind(
        BLOCKS,
        "say",
        "What is given tells who this person is: it is about them or their child. Say what they said, or why not asked",
    ),
    "VIEWS_MISSING": Kind(WARNS, "say", "Write down what this person said, in their own words"),
    "WHY_OUTWEIGHS": Kind(
        BLOCKS, "say", "Say why sharing outweighs what they said, or would say if it were safe to ask"
    ),
    "CHOICE_NOT_HONOURED": Kind(
        WARNS, "say", "This person was offered a choice and said no, and it is shared: tell them so, and why"
    ),
    "COMPETENCE_OPEN": Kind(WARNS, "say", "Say whether this young person can decide this for themselves"),
    "WISH_ALONE": Kind(
        WARNS,
        "say",
        "A young person's wish is not enough alone when they may come to serious harm: get a second opinion, "
        "say who is with them tonight, and look again within 24 hours",
    ),
}
