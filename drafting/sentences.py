"""A text split into its sentences, which can then be chosen one by one."""

import re
import textwrap

# The end of a sentence: . ! or ?, also before a closing quotation mark, followed by space and no lower-case letter.
# A new line ends a sentence too.
NEXT = r"\s+(?=[^a-z])"
SENTENCE = re.compile(rf"(?<=[.!?]){NEXT}|(?<=[.!?][\"'\u201d\u2019)]){NEXT}|\s*\n\s*")


def sentences(text: str, most: int) -> list[str]:
    """The text split into sentences; one longer than an item may be is split between words."""
    parted: list[str] = []
    for sentence in filter(None, (part.strip() for part in SENTENCE.split(text))):
        if len(sentence) <= most:
            parted.append(sentence)
        else:
            parted += textwrap.wrap(sentence, most, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False)
    return parted
