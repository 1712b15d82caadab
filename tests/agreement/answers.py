"""Facts as the answers that somebody would give on the pages: the other way round of `facts_of`.

What is not known is left out; None empties a date that the page suggests.
"""

from collections.abc import Iterable
from typing import Any

from decisions.forms.consent_terms import PREFIXES
from drafting.pages.consent_person import ANSWERS as SPOKEN
from rules.codes import (
    DUTY_TRIGGERS,
    NOT_SHARED,
    RISK_OF_HARM,
    SHARED,
    WITHOUT_CONSENT_PROVISIONS,
    Competence,
    Consent,
    Layer,
    Level,
    Outcome,
    PersonRole,
    Sensitivity,
    Trigger,
)
from rules.duties import FGM, SHARE_DUTY
from rules.facts import BasisFacts, Facts, ItemFacts, PersonFacts
from rules.organisations import RecipientKind
from rules.people import is_adult, is_baby
from tests.agreement.answers_informing import known, sent, ticked
from tests.agreement.complete_law import CONSENT, EXPLICIT_CONSENT, OF_A_PERSON, is_sensitive, is_simple

Answers = dict[str, Any]
Story = dict[str, Answers]


def answers(facts: Facts, decider: str) -> Story:
    """By page. `decider` is the key of whoever a decision is passed to."""
    story = {
        "people": {"people": {person.ref: _of_the_decision(person)
                           for person in facts.people}},
        "concern": _concern(facts),
        "request": _asked(facts),
        "outcome": _outcome(facts, decider),
        "consent": _say(facts),
        "sending": sent(facts),
    }  # fmt: skip
    if facts.outcome in SHARED:
        return {
            **story,
            "information": {"item": [_item(facts, item) for item in facts.items]},
            "legal_basis": _basis(facts),
        }
    return {**story, "legal_basis": _why_not(facts)} if facts.outcome in NOT_SHARED else story


def _concern(facts: Facts) -> Answers:
    again = {"what_changed": facts.what_changed} if facts.follows else {}
    words = {"facts": facts.facts_text, "opinion": facts.opinion, "child_words": facts.child_words}
    plan = known(
        plan_reference=facts.plan.reference, plan_on=facts.plan.made_on, plan_in_line=facts.plan.in_line,
        plan_departure=facts.plan.departure,
    )  # fmt: skip
    return {**again, **words, "level": facts.level, **plan}


def _asked(facts: Facts) -> Answers:
    book = [recipient.organisation for recipient in facts.recipients if in_the_book(recipient)]
    others = [
        {"name": recipient.organisation, "kind": recipient.kind, "person_or_role": recipient.name}
        for recipient in facts.recipients
        if not in_the_book(recipient) and not recipient.is_asker
    ]
    to = ({"recipients": book} if book else {}) | ({"other": others} if others else {})
    return {"trigger": facts.trigger, **to, **_started(facts)}


def in_the_book(recipient: Any) -> bool:
    """Whoever is in the address book has a kind, and there is no name of a person."""
    return bool(recipient.kind) and not recipient.name


def _started(facts: Facts) -> Answers:
    asked, order = facts.request, facts.order
    if facts.trigger == Trigger.REQ:
        return known(
            asked_by_name=asked.by_name, asked_by_role=asked.by_role, asked_by_organisation=asked.organisation,
            asked_for=asked.what, asked_why=asked.why, identity_check=asked.identity_check,
            request_reference=asked.reference, reply_by=asked.reply_by, authorising_officer=asked.authorising_officer,
        ) | {"asked_by_police": ticked(_by_the_police(facts))}  # fmt: skip
    if facts.trigger == Trigger.COURT_ORDER:
        return known(
            court=order.court, order_made_on=order.made_on, order_scope=order.scope, order_from=order.covers_from,
            order_to=order.covers_to,
        )  # fmt: skip
    if facts.trigger == Trigger.MANDATORY:
        return {"duty_code": facts.duty, "duty": "She told me at break.", **_of_the_duty(facts)}
    return known(starts_on=facts.starts_on)


def _by_the_police(facts: Facts) -> bool:
    return any(recipient.is_asker and recipient.kind == RecipientKind.POLICE for recipient in facts.recipients)


def _of_the_duty(facts: Facts) -> Answers:
    if facts.duty == FGM:
        return known(how_discovered=facts.how_discovered, discovered_at=facts.discovered_at)
    return _conditions(facts) if facts.duty == SHARE_DUTY else {}


def _conditions(facts: Facts) -> Answers:
    duty = facts.share_duty
    return {"duty_holds": duty.holds, "duty_relevant": duty.relevant, "duty_helps": duty.helps}


def _outcome(facts: Facts, decider: str) -> Answers:
    more: Answers = {}
    if facts.outcome == Outcome.SHARED_WHOLE_FILE:
        more["whole_file_reason"] = facts.whole_file_reason
    if facts.passed_to:
        more["decider"] = decider
    if facts.standing_scope or facts.standing_until:
        more |= known(standing="on", standing_scope=facts.standing_scope, standing_until=facts.standing_until)
    return {
        "outcome": facts.outcome, "why_now": facts.why_now, "decided_at": facts.decided_at,
        "late_reason": facts.late_reason, **more,
    }  # fmt: skip


def _of_the_decision(person: PersonFacts) -> Answers:
    harm = {} if is_baby(person) else {"source_of_harm": ticked(person.alleged_source_of_harm)}
    return {"on": "on", **harm}


def _say(facts: Facts) -> Answers:
    story: Answers = {"consent": {person.ref: _says(facts, person) for person in facts.people}}
    if facts.trigger not in DUTY_TRIGGERS and facts.outcome in SHARED | NOT_SHARED:
        story["choices"] = {recipient.organisation: {"choice": recipient.choice} for recipient in facts.recipients}
    return {**story, "why_outweighs": facts.why_outweighs} if facts.outcome in SHARED else story


def _says(facts: Facts, person: PersonFacts) -> Answers:
    state, adult = person.consent_state, is_adult(person)
    spoken = SPOKEN.get(state, "")
    hears: Answers = {} if is_baby(person) else {"could_hear": person.could_hear}
    said: Answers = {"spoken": spoken, **hears, **_can_decide(person, adult=adult)}
    if adult and facts.level == Level.ADULT_AT_RISK:
        tests = person.at_risk
        said |= {"needs_support": tests.needs, "may_be_harmed": tests.harm, "cannot_protect": tests.unable}
    if spoken == "yes":
        said |= known(said=state, consent_how=person.consent_how, views=person.views)
        said |= {"consent_at": person.consent_at, **_yes(person)}
    if spoken == "no":
        said |= {
            "not_said": state, "not_asked_reason": person.not_asked_reason, "not_asked_text": person.not_asked_text,
            "not_asked_agreed_with": person.agreed_with,
        }  # fmt: skip
    if spoken == "cannot":
        said |= ({} if is_baby(person) else {"child_views": person.views}) | ({} if adult else {"cannot": state})
        said |= (
            {"best_interests": person.best_interests} if state == Consent.LACKS_CAPACITY and _is_born(person) else {}
        )
    return said


def _is_born(person: PersonFacts) -> bool:
    return person.role != PersonRole.UNBORN


def _yes(person: PersonFacts) -> Answers:
    if person.consent_state not in PREFIXES:
        return {}
    answered = known(
        agreed_to=list(person.agreed_to), covers=list(person.covers), limits=person.limits, until=person.until
    )
    return {f"{PREFIXES[person.consent_state]}{name}": value for name, value in answered.items()}


def _can_decide(person: PersonFacts, *, adult: bool) -> Answers:
    looked: Answers = {
        "competence_note": person.competence_note, "competence_by": person.competence_by,
        "competence_on": person.competence_on,
    }  # fmt: skip
    if adult:
        return looked if person.consent_state == Consent.LACKS_CAPACITY else {}
    if is_baby(person):
        return {}
    if person.competence in {"", Competence.NOT_ASSESSED}:
        return {"looked_at": "no" if person.competence else ""}
    return {"looked_at": "yes", "competence": person.competence, **looked}


def _item(facts: Facts, item: ItemFacts) -> Answers:
    family_court = Sensitivity.PROCEEDINGS in item.sensitivities
    dated = facts.trigger == Trigger.COURT_ORDER and (facts.order.covers_from or facts.order.covers_to)
    return {
        "text": item.text,
        "kind": item.kind,
        "sensitivities": list(item.sensitivities),
        "about": list(item.about),
        "not_disclosed_to": list(item.not_disclosed_to),
        "give_to": list(item.given_to),
        "why_withheld": next(iter(item.withheld_from.values()), ""),
        **({"proceedings_permission": item.proceedings_permission} if family_court else {}),
        **(known(dated_from=item.dated_from, dated_to=item.dated_to) if dated else {}),
    }


def _tests(rows: Iterable[BasisFacts]) -> Answers:
    """The answer that a row of the law asks for; those for use without consent have questions of their own."""
    return {
        f"answer_{row.code}": answer
        for row in rows
        for answer in row.answers.values()
        if row.code not in WITHOUT_CONSENT_PROVISIONS
    }


def _codes(rows: Iterable[BasisFacts], layer: str) -> list[str]:
    return [row.code for row in rows if row.layer == layer]


def _basis(facts: Facts) -> Answers:
    rows = [row for row in facts.basis if not row.person_ref]
    lets = {person.ref: _lets(facts, person) for person in facts.people if is_sensitive(facts, person)}
    risks = {} if is_simple(facts) else {"risk_if_shared": facts.risk_if_shared, "risk_if_not": facts.risk_if_not}
    asks_again = facts.level in RISK_OF_HARM and any(row.code in {CONSENT, EXPLICIT_CONSENT} for row in facts.basis)
    return {
        **({"sensitive": lets} if lets else {}),
        "l1": next(iter(_codes(rows, Layer.L1)), ""),
        "annex1": _codes(rows, Layer.ANNEX1),
        "l3": _codes(rows, Layer.L3),
        "l4": next(iter(_codes(rows, Layer.L4)), ""),
        **_tests(rows),
        **({"share_anyway": facts.share_anyway} if asks_again else {}),
        "why_no_more": facts.why_no_more,
        **risks,
    }


def _lets(facts: Facts, person: PersonFacts) -> Answers:
    rows = [row for row in facts.basis if row.person_ref == person.ref]
    named = {name: _codes(rows, layer) for name, layer in OF_A_PERSON.items()}
    if facts.organisation.kind != "LE":
        del named["schedule8"]
    return {**named, **_tests(rows), **_why_without(person, {row.code for row in rows})}


def _why_without(person: PersonFacts, chosen: set[str]) -> Answers:
    """One answer, asked under each condition for use without consent that is chosen."""
    said: Answers = {}
    for code in sorted(WITHOUT_CONSENT_PROVISIONS & chosen):
        why, what = ("p18_reason", "p18_text") if code == "S1_P18" else (f"reason_{code}", f"text_{code}")
        said |= {why: person.p18_reason, what: person.p18_text}
    return said


def _why_not(facts: Facts) -> Answers:
    why: Answers = {"risk_if_shared": facts.risk_if_shared, "risk_if_not": facts.risk_if_not}
    if facts.outcome == Outcome.NOT_SHARED:
        why |= {"no_basis": facts.no_basis, "no_basis_reason": facts.no_basis_reason}
    if facts.duty != SHARE_DUTY and any((facts.share_duty.holds, facts.share_duty.relevant, facts.share_duty.helps)):
        why |= _conditions(facts)
    return {**why, "detriment": facts.share_duty.detriment} if facts.share_duty.detriment else why
