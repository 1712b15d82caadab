"""Being open, keeping it from somebody, advice and serious harm: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date

from rules.facts import Facts, RecipientFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import with_informing, with_item, with_person, with_request
from tests.rules.condition_cases import fires, quiet
from tests.rules.openness_cases import (
    ADVISED,
    put_off,
    source_informed,
    to_a_relative,
    unshared,
)
from tests.rules.scenarios import early_help, s01, s02, s03, s18_second


def said_to(name: str, organisation: str = "") -> Facts:
    """S03, where her account goes to somebody called this."""
    called = RecipientFacts(ref="R1", name=name, organisation=organisation)
    return replace(s03(), recipients=(called, s03().recipients[1]))


def asked_by(role: str) -> Facts:
    asker = RecipientFacts(ref="R1", name="A caller", is_asker=True)
    return with_request(replace(s03(), recipients=(asker, s03().recipients[1])), by_role=role)


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

OF_NOT_DISCLOSED = (
    fires("REACHES_KEPT_FROM", said_to("Father"), "it goes to himself", person="P3"),
    fires("REACHES_KEPT_FROM", said_to("The father's solicitor", "Bell & Co"), "who acts for him", words="Bell & Co"),
    fires("REACHES_KEPT_FROM", asked_by("Father"), "he asked for it"),
    quiet("REACHES_KEPT_FROM", asked_by("Health visitor"), "somebody else asked"),
    quiet(
        "REACHES_KEPT_FROM",
        replace(s03(), recipients=(RecipientFacts(ref="R1", name="Father and baby unit", kind="health"),)),
        "an agency with the word in its name",
    ),
    quiet("REACHES_KEPT_FROM", said_to("Stepfatherhood project"), "another word with the same letters"),
    quiet(
        "REACHES_KEPT_FROM",
        replace(said_to("Father"), people=(*s03().people, replace(s03().people[2], ref="P9"))),
        "there are two fathers, and it is not said which",
    ),
    quiet(
        "REACHES_KEPT_FROM",
        with_item(said_to("Father"), "I1", given_to=(), withheld_from={"R1": "He"}),
        "he gets nothing",
    ),
    quiet("REACHES_KEPT_FROM", replace(said_to("Father"), outcome="DEFERRED"), "nothing is shared"),
    quiet("MAY_PASS_IT_ON", to_a_relative(people=("P3",)), "it reaches him himself: that is another finding"),
    quiet("MAY_PASS_IT_ON", said_to("Front door"), "a team is nobody of the family"),
    fires(
        "MAY_PASS_IT_ON",
        with_person(to_a_relative(people=("P2",)), "P3", could_hear="unknown"),
        "not known counts as yes",
        person="P3",
    ),
    fires(
        "TOLD_WHAT_IS_KEPT", with_informing(s03(), "P3", state="TOLD_BEFORE"), "told of what was to be kept from him"
    ),
    fires("TOLD_WHAT_IS_KEPT", with_informing(s03(), "P3", state="TOLD_AFTER"), "afterwards he knows as well"),
    quiet(
        "TOLD_WHAT_IS_KEPT",
        with_informing(with_item(s03(), "I1", not_disclosed_to=()), "P3", state="TOLD_BEFORE"),
        "what is kept from him was given to nobody",
    ),
    fires("COULD_HEAR", with_person(s03(), "P3", could_hear="yes"), "never to be told, and he could find out"),
    fires(
        "COULD_HEAR",
        with_informing(with_person(more.s19(), "P3", could_hear="yes"), "P2", state=""),
        "nobody is told yet, and he must never be",
    ),
    fires("COULD_HEAR", with_person(more.s12(), "P2", could_hear="yes"), "the girl was told; her mother is told later"),
    quiet(
        "COULD_HEAR",
        with_person(source_informed(), "P3", could_hear="yes"),
        "he knows already",
    ),
    quiet("COULD_HEAR", replace(with_person(s01(), "P3", could_hear="yes"), advice=ADVISED), "social care said how"),
    quiet("COULD_HEAR", with_person(s01(), "P2", could_hear="yes"), "nothing is to be kept from her"),
    quiet(
        "COULD_HEAR",
        with_informing(with_informing(with_person(s01(), "P3", could_hear="yes"), "P1", state=""), "P2", state=""),
        "nobody is told yet, and he will be",
    ),
    fires(
        "COULD_HEAR_OPEN",
        with_person(
            with_informing(with_person(s01(), "P3", agreed_with=""), "P3", agreed_with=""), "P3", could_hear="unknown"
        ),
        "not known is not no",
    ),
    quiet(
        "COULD_HEAR_OPEN",
        replace(with_informing(with_person(s01(), "P3", agreed_with=""), "P3", agreed_with=""), advice=ADVISED),
        "advice was taken",
    ),
    fires("SAFE_CONTACT_OPEN", with_informing(s01(), "P2", safe_contact=""), "somebody here may have caused harm"),
    quiet("SAFE_CONTACT_OPEN", with_informing(s02(), "P2", state="TOLD_AFTER"), "no danger is said"),
    quiet("SAFE_CONTACT_OPEN", with_informing(s03(), "P1", safe_contact=""), "nobody told the baby"),
    fires(
        "SAFE_CONTACT_OPEN",
        with_informing(s03(), "P1", state="ATTEMPTED"),
        "an attempt can be seen too",
    ),
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
    quiet("REFUSAL_AS_REASON", s01(), "it is shared against her wish"),
    fires("WAITS_WITH_HARM", put_off("2026-08-06"), "three months"),
    fires("WAITS_WITH_HARM", replace(unshared(), look_again_on=date(2026, 6, 4)), "not shared, and 29 days"),
    fires(
        "WAITS_WITH_HARM", put_off("2026-05-20", level="none_or_early", entry_route="NOW"), "danger now, and two weeks"
    ),
    fires("WAITS_WITH_HARM", put_off("2026-05-20", outcome="PASSED_UP", passed_to="7"), "a manager has two weeks"),
    quiet("WAITS_WITH_HARM", put_off("2026-08-06", level="s17"), "no significant harm"),
    quiet("WAITS_WITH_HARM", put_off("2026-08-06", decided_at=None), "no day of the decision yet"),
    quiet("WAITS_LONG", replace(unshared(level="s17"), look_again_on=date(2026, 8, 6)), "decided, and looked at again"),
    quiet("WAITS_LONG", put_off("2026-08-06"), "the louder finding says it"),
)
