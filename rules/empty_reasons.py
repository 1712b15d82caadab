"""Text that is not a reason: blank, or one of the phrases people type to get past a required field.

The recording checks do the same in SQL, so everything here must be possible there: remove the squashed characters,
lower the ASCII letters only, and compare with the list.
"""

import string

# Every character the comparison ignores: ASCII punctuation and control whitespace, then the spaces, zero-width
# marks, dashes, quotation marks, ellipses and bullets a word processor or a phone puts in their place.
SQUASHED_CHARACTERS = (
    string.punctuation
    + " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\xad\xb7"
    + "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    + "\u200b\u200c\u200d\u200e\u200f\u2010\u2011\u2012\u2013\u2014\u2015"
    + "\u2018\u2019\u201c\u201d\u2022\u2026\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)

# Squashed texts that are not a reason on their own.
NON_REASONS: tuple[str, ...] = (
    *("", "x", "xx", "xxx", "xxxx", "a", "asdf", "test", "testing", "blah", "0", "1", "123"),
    *("seenotes", "seenote", "seefile", "seeabove", "seebelow", "seerecord", "seerecords", "seecasenotes"),
    *("seeattached", "seecase", "seecpoms", "seereferral", "seeform", "seelog", "seechronology"),
    *("asabove", "asbelow", "asbefore", "aspernotes", "asper", "asdiscussed", "ditto", "sameasabove", "same"),
    *("refertonotes", "refertofile", "refertorecord", "refertorecords", "notes", "innotes", "innote", "infile"),
    *("casenotes", "onfile", "recordedelsewhere", "alreadyrecorded", "documentedelsewhere"),
    *("na", "nil", "none", "no", "nope", "nothing", "noreason", "noreasons", "noreasongiven", "noneknown", "null"),
    *("notapplicable", "notknown", "notsure", "unknown", "dontknow", "idontknow", "dk", "nk", "unsure"),
    *("tbc", "tbd", "tba", "todo", "later", "pending", "tobeconfirmed", "tobeadded", "tofollow", "willaddlater"),
    *("yes", "y", "n", "ok", "okay", "k", "fine", "done", "sure", "agreed", "approved"),
    *("refused", "objected", "declined", "saidno", "theysaidno", "noconsent", "consentrefused", "consent", "consented"),
    *("safeguarding", "safeguardingconcern", "safeguardingconcerns", "safeguardingreasons", "safeguardingissue"),
    *("childprotection", "cp", "welfare", "concern", "concerns", "risk", "atrisk", "riskofharm", "harm", "policy"),
    *("required", "necessary", "needed", "urgent", "appropriate", "proportionate", "publicinterest", "legal"),
    *("because", "reason", "reasons", "various", "variousreasons", "other", "obvious", "selfexplanatory"),
)

_SQUASH = str.maketrans(string.ascii_uppercase, string.ascii_lowercase, SQUASHED_CHARACTERS)
_NON_REASONS = frozenset(NON_REASONS)


def squashed(text: str) -> str:
    """The text as it is compared: without spaces and punctuation, ASCII letters in lower case."""
    return text.translate(_SQUASH)


def is_empty_reason(text: str) -> bool:
    """Whether this says nothing: blank, punctuation only, or a stock phrase such as "see notes"."""
    return squashed(text) in _NON_REASONS
