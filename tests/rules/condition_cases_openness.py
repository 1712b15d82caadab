"""Being open, keeping it from somebody, advice and serious harm: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date

from rules.facts import Facts
from tests.rules import more_scenarios as more
from tests.rules.cases import with_informing, with_item, with_person
from tests.rules.condition_cases import fires, quiet
from tests.rules.openness_cases import (
    put_off,
    unshared,
)
from tests.rules.scenarios import early_help, s01, s02, s03, s18_second


def because(text: str) -> Facts:
    return unshared(no_basis_reason=text)


OF_OPENNESS = (
    fires("OPEN_NOT_NEEDED", with_informing(more.s07(), "P2", state="NOT_APPLICABLE"), "a patient who can decide"),
    fires("OPEN_NOT_NEEDED", with_informing(more.s04(), "P1", state="NOT_APPLICABLE"), "a girl found able to decide"),
    fires(
        "OPEN_NOT_NEEDED",
        with_informing(early_help(), "P2", state="NOT_APPLICABLE"),
        "a mother speaks for her small child",
        person="P2",
    ),
    quiet(
        "OPEN_NOT_NEEDED",
        replace(with_informing(s01(), "P2", state="NOT_APPLICABLE"), outcome="DEFERRED"),
        "not shared, so nothing of hers goes",
    ),
    fires("WHO_WHAT_WHY", with_informing(more.s11(), "P3", who_what_why=False), "each parent for themselves"),
    fires(
        "WHO_WHAT_WHY",
        with_informing(s18_second(), "P2", state="TOLD_AFTER", who_what_why=False),
        "afterwards is told as well",
    ),
    quiet(
        "WHO_WHAT_WHY",
        with_informing(s01(), "P2", state="PARTLY_TOLD", text="Not who", who_what_why=False),
        "in part says what was left out",
    ),
    quiet("WHO_WHAT_WHY", with_informing(s01(), "P1", who_what_why=False), "a small boy is told in his own words"),
    quiet("WHO_WHAT_WHY", with_informing(s02(), "P2", who_what_why=False), "nothing was shared"),
    quiet(
        "WHO_WHAT_WHY",
        with_item(with_informing(s01(), "P2", who_what_why=False), "I1", not_disclosed_to=("P2",)),
        "she must not know all of it",
    ),
    fires(
        "NO_CHOICE_SAID",
        with_informing(more.s06(), "P2", no_choice_explained=False),
        "an order leaves no choice, whatever the recipients say",
    ),
    fires(
        "NO_CHOICE_SAID",
        with_informing(s18_second(), "P2", no_choice_explained=False),
        "no recipient is one she could say no to",
    ),
    quiet(
        "NO_CHOICE_SAID",
        with_informing(
            replace(s01(), recipients=(replace(s01().recipients[0], choice=""),)), "P2", no_choice_explained=False
        ),
        "whether there was a choice is not said",
    ),
    quiet(
        "NO_CHOICE_SAID",
        with_person(with_informing(s01(), "P2", no_choice_explained=False), "P2", consent_state="AGREED_NOT_BASIS"),
        "whoever agrees is not overruled",
    ),
    fires("LATER_AGREED", with_informing(more.s04(), "P2", agreed_with="n/a"), "a stock phrase names nobody"),
    fires("LATER_AGREED", with_informing(more.s12(), "P2", agreed_with=""), "who agreed not to ask is another matter"),
    quiet("LATER_AGREED", with_informing(s01(), "P3", agreed_with="", approver="Head teacher"), "an approver counts"),
    fires(
        "LATER_FAR",
        with_informing(s03(), "P3", review_on=date(2026, 6, 9)),
        "not telling somebody is looked at again within reach too",
    ),
    fires("LATER_FAR", with_informing(s02(), "P2", state="DEFERRED", review_on=date(2026, 5, 1)), "not shared either"),
    quiet(
        "LATER_FAR",
        with_informing(s03(), "P3", review_on=date(2026, 12, 1), closing="HANDED_OVER"),
        "somebody else has taken it on",
    ),
    quiet(
        "LATER_FAR",
        with_informing(s03(), "P3", review_on=date(2026, 9, 1), entered_on=date(2026, 8, 20)),
        "put off again after recording: the days count from then",
    ),
    fires("LATER_FAR_HARM", with_informing(more.s12(), "P2", review_on=date(2026, 10, 13)), "eight days"),
    quiet(
        "LATER_FAR",
        with_informing(s01(), "P2", state="TOLD_AFTER", review_on=date(2026, 12, 1)),
        "she was told, with a date left over",
    ),
    quiet("LATER_FAR_HARM", with_informing(s03(), "P3", review_on=date(2026, 5, 25)), "never is not later"),
    quiet(
        "LATER_FAR_HARM",
        replace(with_informing(s01(), "P3", review_on=date(2026, 3, 20)), level="s17"),
        "below significant harm it may be later",
    ),
    fires(
        "CONCERN_NOT_ASKED",
        with_person(s01(), "P2", consent_state="NOT_SOUGHT_DELAY", not_asked_text="We are too busy this week."),
        "busy is no delay that does harm",
    ),
    quiet(
        "CONCERN_NOT_ASKED",
        with_person(s01(), "P2", not_asked_text="She would be cross."),
        "she was asked after all, so it is left over",
    ),
    fires("CONCERN_NOT_INFORMED", with_informing(s03(), "P3", text="He'd be furious"), "with a reason chosen too"),
)

OF_SERIOUS_HARM = (
    fires("REFUSAL_AS_REASON", because("Mother declined, so we cannot."), "declined"),
    fires("REFUSAL_AS_REASON", because("He said no and has PR."), "said no"),
    fires("REFUSAL_AS_REASON", because("We didn't get consent"), "consent not given"),
    fires("REFUSAL_AS_REASON", unshared(outcome="DEFERRED", why_now="She would not agree to it."), "put off for it"),
    fires(
        "REFUSAL_AS_REASON",
        replace(unshared(no_basis="none"), level="s17", entry_route="NOW"),
        "danger now, whatever the level",
    ),
    quiet("REFUSAL_AS_REASON", replace(because("She refused."), level="s17"), "help below harm is her choice"),
    quiet(
        "REFUSAL_AS_REASON",
        with_person(unshared(no_basis="none"), "P2", consent_state="NOT_CONTACTABLE", not_asked_text="Rang twice"),
        "nobody refused, so it is for another reason",
    ),
    quiet(
        "REFUSAL_AS_REASON",
        replace(s01(), no_basis="none", no_basis_reason="She refused."),
        "it is shared against her wish, and the words are left over",
    ),
    fires("WAITS_WITH_HARM", put_off("2026-08-06"), "three months"),
    fires("WAITS_WITH_HARM", replace(unshared(), look_again_on=date(2026, 6, 4)), "not shared, and 29 days"),
    fires(
        "WAITS_WITH_HARM", put_off("2026-05-20", level="none_or_early", entry_route="NOW"), "danger now, and two weeks"
    ),
    fires("WAITS_WITH_HARM", put_off("2026-05-20", outcome="PASSED_UP", passed_to="7"), "a manager has two weeks"),
    quiet("WAITS_WITH_HARM", put_off("2026-08-06", level="s17"), "no significant harm"),
    quiet("WAITS_WITH_HARM", put_off("2026-08-06", decided_at=None), "no day of the decision yet"),
    quiet("WAITS_WITH_HARM", replace(unshared(), look_again_on=date(2026, 6, 3)), "not shared, and 28 days"),
    quiet(
        "WAITS_WITH_HARM",
        replace(s01(), look_again_on=date(2026, 8, 6)),
        "shared, so nothing waits and the date is left over",
    ),
    quiet("WAITS_LONG", replace(unshared(level="s17"), look_again_on=date(2026, 8, 6)), "decided, and looked at again"),
    quiet("WAITS_LONG", put_off("2026-08-06"), "the louder finding says it"),
)
