"""Keeping it from somebody: what each condition of those rules is for."""

from dataclasses import replace
from typing import Any

from rules.facts import Facts, RecipientFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import with_informing, with_item, with_person, with_request
from tests.rules.condition_cases import fires, quiet
from tests.rules.openness_cases import ADVISED, source_informed, to_a_relative
from tests.rules.scenarios import s01, s02, s03


def said_to(name: str, organisation: str = "") -> Facts:
    """S03, where her account goes to somebody called this."""
    called = RecipientFacts(ref="R1", name=name, organisation=organisation)
    return replace(s03(), recipients=(called, s03().recipients[1]))


def asked_by(role: str) -> Facts:
    asker = RecipientFacts(ref="R1", name="A caller", is_asker=True)
    return with_request(replace(s03(), recipients=(asker, s03().recipients[1])), by_role=role)


def not_his_own(name: str) -> Facts:
    """S03, where what must be kept from him goes to the other recipient, and something else to one called this."""
    facts = with_item(said_to(name), "I1", given_to=("R2",), withheld_from={"R1": "It must not reach him."})
    given = replace(facts.items[0], ref="I9", not_disclosed_to=(), given_to=("R1",), withheld_from={})
    return replace(facts, items=(*facts.items, given))


def hearing(**changes: Any) -> Facts:
    """S01, where the partner could hear of it and nobody said a word about asking or telling him."""
    facts = with_person(s01(), "P3", could_hear="yes", consent_state="UNKNOWN", alleged_source_of_harm=False)
    facts = with_informing(facts, "P3", state="", reason="", review_on=None)
    return with_person(facts, "P3", **changes)


def unagreed(**changes: Any) -> Facts:
    """S01, where nobody agreed to keep it from the partner."""
    facts = with_informing(with_person(s01(), "P3", agreed_with=""), "P3", agreed_with="")
    return with_person(facts, "P3", **changes)


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
    quiet("REACHES_KEPT_FROM", not_his_own("Father"), "he gets something else, and not that"),
    fires("REACHES_KEPT_FROM", to_a_relative(people=("P3",)), "they go by their own name", words="Mr Dyer"),
    fires(
        "REACHES_KEPT_FROM",
        replace(s03(), recipients=(RecipientFacts(ref="R1", people=("P3",)), s03().recipients[1])),
        "nobody has said who they are",
        words="A recipient",
    ),
    quiet(
        "REACHES_KEPT_FROM",
        replace(with_request(asked_by("Health visitor"), by_role="Father"), recipients=said_to("A team").recipients),
        "he asked, and somebody else gets it",
    ),
    quiet(
        "REACHES_KEPT_FROM",
        with_item(said_to("Child and family team"), "I1", not_disclosed_to=("P1",)),
        "a child is not who a service is called after",
    ),
    quiet("MAY_PASS_IT_ON", to_a_relative(people=("P3",)), "it reaches him himself: that is another finding"),
    quiet("MAY_PASS_IT_ON", said_to("Front door"), "a team is nobody of the family"),
    fires(
        "MAY_PASS_IT_ON",
        with_person(to_a_relative(people=("P2",)), "P3", could_hear="unknown"),
        "not known counts as yes",
        person="P3",
    ),
    fires(
        "INFORMED_OF_NOT_DISCLOSED",
        with_informing(s03(), "P3", state="TOLD_BEFORE"),
        "told what was to be kept from him",
    ),
    fires("INFORMED_OF_NOT_DISCLOSED", with_informing(s03(), "P3", state="TOLD_AFTER"), "afterwards he knows as well"),
    quiet(
        "INFORMED_OF_NOT_DISCLOSED",
        with_informing(with_item(s03(), "I1", not_disclosed_to=()), "P3", state="TOLD_BEFORE"),
        "what is kept from him was given to nobody",
    ),
    quiet(
        "INFORMED_OF_NOT_DISCLOSED",
        replace(with_informing(s03(), "P3", state="TOLD_BEFORE"), outcome="DEFERRED"),
        "nothing is shared yet, so there is nothing to keep from him",
    ),
    fires("COULD_HEAR", with_person(s03(), "P3", could_hear="yes"), "never to be told, and he could find out"),
    fires(
        "COULD_HEAR",
        with_informing(with_person(more.s19(), "P3", could_hear="yes"), "P2", state=""),
        "nobody is told yet, and he must never be",
    ),
    fires("COULD_HEAR", with_person(more.s12(), "P2", could_hear="yes"), "the girl was told; her mother is told later"),
    fires("COULD_HEAR", hearing(alleged_source_of_harm=True), "a suspected source of harm whom nobody has spoken with"),
    fires(
        "COULD_HEAR",
        with_informing(hearing(), "P3", state="NOT_TELLING", review_on=None, closing="HANDED_OVER"),
        "he is never to be told, and nothing else is said of him",
    ),
    fires(
        "COULD_HEAR",
        with_item(hearing(), "I1", not_disclosed_to=("P3",)),
        "something must not be disclosed to him, and nothing else is said of him",
    ),
    quiet("COULD_HEAR", hearing(), "nothing is to be kept from him"),
    quiet(
        "COULD_HEAR",
        with_informing(
            with_informing(with_informing(hearing(alleged_source_of_harm=True), "P1", state=""), "P2", state=""),
            "P3",
            state="ATTEMPTED",
        ),
        "only he was contacted, so nobody else can tell him",
    ),
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
        unagreed(could_hear="unknown"),
        "not known is not no",
    ),
    quiet(
        "COULD_HEAR_OPEN",
        replace(unagreed(), advice=ADVISED),
        "advice was taken",
    ),
    quiet("COULD_HEAR_OPEN", unagreed(could_hear="no"), "he could not hear of it"),
    quiet(
        "COULD_HEAR_OPEN",
        with_informing(with_informing(unagreed(could_hear="unknown"), "P1", state=""), "P2", state=""),
        "nobody is told yet",
    ),
    fires(
        "SAFE_CONTACT_OPEN",
        with_person(with_informing(s03(), "P2", safe_contact=""), "P3", alleged_source_of_harm=False),
        "nobody is suspected, and danger is said",
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
