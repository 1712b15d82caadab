"""Codes for contact with a person after a decision was recorded."""

from rules.codes import Code


class ReadBack(Code):
    """What a person said when their recorded views were read back to them."""

    CONFIRMED = "CONFIRMED", "They said that it is right"
    CORRECTED = "CORRECTED", "They corrected it"


class ContactHad(Code):
    """Whether a planned contact took place."""

    HAD = "HAD", "It took place"
    NOT_HAD = "NOT_HAD", "It did not take place"
