"""Codes for contact with a person: how they were reached, and what was done after a decision was recorded."""

from rules.codes import Code


class ReadBack(Code):
    """What a person said when their recorded views were read back to them."""

    CONFIRMED = "CONFIRMED", "They said that it is right"
    CORRECTED = "CORRECTED", "They corrected it"


class ContactHad(Code):
    """Whether a planned contact took place."""

    HAD = "HAD", "It took place"
    NOT_HAD = "NOT_HAD", "It did not take place"


class WayKnown(Code):
    """What was recorded about a way of reaching somebody when they were told by it."""

    YES = "yes", "Recorded as safe"
    NO = "no", "Recorded as not safe for them"
    UNKNOWN = "unknown", "Recorded, and not known to be safe"
    STALE = "stale", "Recorded as safe, more than 90 days before"
