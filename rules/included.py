"""What a decision says once that the shared information includes, and whether its items agree."""

from collections.abc import Iterator

from rules.codes import Code
from rules.facts import Facts
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import given_items, is_shared


class Includes(Code):
    """What a decision says that the information it shares includes. Its kinds have the codes of Sensitivity."""

    HEALTH = "health", "Health"
    OFFENCES = "offences", "Criminal offence or allegation"
    ETHNICITY = "ethnicity", "Ethnicity"
    RELIGION = "religion", "Religion or belief"
    SEX_LIFE = "sex_life", "Sexuality or sex life"
    SPECIAL = "special", "Politics, trade union, genetic or biometric information"
    NONE = "none", "None of these"


# What may be included, without "None of these". The codes are those of Sensitivity.
INCLUDED_KINDS = tuple(kind for kind in Includes if kind != Includes.NONE)


def included(facts: Facts, _law: Law) -> Iterator[Finding]:
    """It is answered before anything is shared: the conditions of UK GDPR Articles 9 and 10 depend on it."""
    given = given_items(facts)
    if not is_shared(facts) or not given:
        return
    answer = frozenset(facts.includes)
    if not answer:
        yield finding("INCLUDES_UNANSWERED")
        return
    if Includes.NONE in answer and len(answer) > 1:
        yield finding("INCLUDES_NONE_AND_MORE")
    marked = {kind for item in given for kind in item.sensitivities}
    for kind in INCLUDED_KINDS:
        if kind in answer - marked:
            yield finding("INCLUDES_NOT_MARKED", kind=kind.label)
        if kind in marked - answer:
            yield finding("INCLUDES_DENIED", kind=kind.label)


RULES = (included,)
