"""Random facts of a decision with every answer that the form asks for, within what the form can say.

The same number gives the same facts. People and recipients are named by their names, so that the answers can be read.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from rules.codes import (
    DUTY_TRIGGERS,
    NEEDS_REVIEW_DATE,
    NOT_SHARED,
    REFUSALS,
    SHARED,
    EntryRoute,
    HowDiscovered,
    Layer,
    Level,
    NoBasis,
    Outcome,
    Trigger,
    YesNoUnknown,
)
from rules.duties import FGM, SHARE_DUTY, share_duty_binds
from rules.facts import (
    AdviceFacts,
    Facts,
    OrderFacts,
    OrganisationFacts,
    PlanFacts,
    RecipientFacts,
    RequestFacts,
    SendingFacts,
    ShareDutyFacts,
)
from rules.law_files import checked_provision
from rules.legal_options import available_provisions
from rules.organisations import OrganisationKind, RecipientKind, Sector
from tests.agreement.complete_items import items
from tests.agreement.complete_law import basis, law_for
from tests.agreement.complete_people import as_it_can_be, informed, people, said
from tests.agreement.drawing import (
    RECORDED,
    before,
    chance,
    day_near,
    line,
    moment_before,
    optional,
    reason,
    some,
)
from tests.agreement.drawing import said as words

BOOK = ("Ravensmere front door", "Ashcombe police", "Pellworth school", "Marlowe clinic", "Early help hub")
OTHERS = ("Tollard housing", "A private nursery")
ASKER = "Ferndale legal service"
LOCAL: Mapping[str, Any] = {
    "code": "LOCAL_PROTOCOL", "layer": "L3", "kind": "power", "short_name": "Our own protocol",
    "plain_english": "We agreed to share.", "citation": "The protocol of 2024", "who": "ANY",
    "tests": ["Is it within the protocol?"], "refused_ok": "if", "refused_test": "Is it within the protocol?",
    "jurisdiction": "E", "effective_from": date(2024, 1, 1), "confidence": "C", "source": "Signed",
    "checked_on": date(2026, 1, 5),
}  # fmt: skip
OUTCOMES = (
    *[Outcome.SHARED_ALL_NECESSARY] * 8, *[Outcome.SHARED_PART] * 6, *[Outcome.SHARED_WHOLE_FILE] * 2,
    *[Outcome.NOT_SHARED] * 5, *[Outcome.DEFERRED] * 2, Outcome.PASSED_UP,
)  # fmt: skip


@lru_cache(maxsize=1_000)
def complete(seed: int) -> Facts:
    rng = Random(seed)  # noqa: S311  (nothing secret hangs on it)
    facts = _concern(rng, _begun(rng))
    facts = _asked(rng, facts)
    facts = _outcome(rng, facts)
    facts = said(rng, replace(facts, people=people(rng, facts)))
    facts = _choices(rng, facts)
    facts = basis(rng, items(rng, facts)) if facts.outcome in SHARED else _why_not(rng, facts)
    return _level_at_refusal(as_it_can_be(_sent(rng, informed(rng, facts))))


def _level_at_refusal(facts: Facts) -> Facts:
    """The form keeps what the level of concern was when somebody said no."""
    refused = any(person.consent_state in REFUSALS for person in facts.people)
    return replace(facts, level_at_refusal=facts.level if refused else "")


def _begun(rng: Random) -> Facts:
    late = rng.choice((0, 0, 0, 2, 3, 40, 120, 300, 400))
    return Facts(
        entry_route=rng.choice((EntryRoute.DECIDING, EntryRoute.DECIDING, EntryRoute.ASKED)).value,
        organisation=OrganisationFacts(
            kind=rng.choice(("PUB", "PUB", "NON", "NON", OrganisationKind.LE.value)),
            sector=rng.choice(tuple(Sector)).value,
            in_scope_16la=chance(rng, 0.5),
            policy_document_on=date(2024, 5, 1) if chance(rng, 0.7) else None,
        ),
        decided_at=before(RECORDED, days=late, minutes=rng.randint(0, 240)),
        recorded_at=RECORDED,
        late_reason=optional(rng, 0.7 if late else 0.1),
        follows=chance(rng, 0.12),
        commencements={SHARE_DUTY: date(2026, 9, 30)} if chance(rng, 0.3) else {},
        local_provisions=(checked_provision(LOCAL),) if chance(rng, 0.2) else (),
        retired={"ART9_H": date(2026, 10, 1)} if chance(rng, 0.1) else {},
    )


def _concern(rng: Random, facts: Facts) -> Facts:
    texts: dict[str, Any] = {
        name: words(rng) if chance(rng, 0.7) else "" for name in ("facts_text", "opinion", "child_words")
    }
    if not any(texts.values()):
        texts["facts_text"] = reason(rng)
    changed = words(rng) if facts.follows else ""
    plan = _plan(rng) if chance(rng, 0.3) else PlanFacts()
    return replace(facts, **texts, level=rng.choice(tuple(Level)).value, what_changed=changed, plan=plan)


def _plan(rng: Random) -> PlanFacts:
    in_line = rng.choice(tuple(YesNoUnknown)).value
    departure = optional(rng, 0.7) if in_line == YesNoUnknown.NO else ""
    return PlanFacts(
        reference=optional(rng, 0.7), made_on=day_near(rng, RECORDED, -90, -1), in_line=in_line, departure=departure
    )


def _asked(rng: Random, facts: Facts) -> Facts:
    started = [Trigger.REQ, Trigger.COURT_ORDER, Trigger.MANDATORY]
    started += (
        [Trigger.REQ] * 3 if facts.entry_route == EntryRoute.ASKED else [Trigger.PRO] * 5 + [Trigger.KCSIE_TRANSFER]
    )
    trigger = rng.choice(started)
    facts = replace(facts, trigger=trigger.value)
    if trigger == Trigger.REQ:
        facts = replace(facts, request=_request(rng, facts))
    if trigger == Trigger.COURT_ORDER:
        facts = replace(facts, order=_order(rng, facts))
    if trigger == Trigger.MANDATORY:
        facts = _duty(rng, facts)
    if trigger == Trigger.KCSIE_TRANSFER and chance(rng, 0.8):
        facts = replace(facts, starts_on=day_near(rng, RECORDED, -30, 30))
    return replace(facts, recipients=_recipients(rng, facts))


def _request(rng: Random, facts: Facts) -> RequestFacts:
    return RequestFacts(
        by_name=rng.choice(("D. Farrow", "unknown")), by_role=rng.choice(("Solicitor", "")), organisation=ASKER,
        what=words(rng), why=optional(rng, 0.9), identity_check=optional(rng, 0.85), reference=optional(rng, 0.3),
        reply_by=day_near(rng, RECORDED, -3, 20) if chance(rng, 0.5) else None,
        authorising_officer=optional(rng, 0.2),
    )  # fmt: skip


def _order(rng: Random, facts: Facts) -> OrderFacts:
    assert facts.decided_at
    first = day_near(rng, facts.decided_at, -900, -300) if chance(rng, 0.5) else None
    last = day_near(rng, facts.decided_at, -290, 10) if chance(rng, 0.5) else None
    made = day_near(rng, facts.decided_at, -60, 1)
    return OrderFacts(court=line(rng), made_on=made, scope=words(rng), covers_from=first, covers_to=last)


def _duty(rng: Random, facts: Facts) -> Facts:
    """A duty that is offered before anybody says when they decided, and was in force on that day too."""
    law = law_for(facts)
    undated = replace(facts, decided_at=None)
    on_the_day = {row.code for row in available_provisions(Layer.L3, facts, law)}
    ours = [
        row.code for row in available_provisions(Layer.L3, undated, law) if row.hides_choice and row.code in on_the_day
    ]
    code = rng.choice([FGM, *(one for one in ours if one != "COURT_ORDER"), "OTHER"])
    facts = replace(facts, duty=code)
    if code == FGM:
        facts = replace(facts, how_discovered=rng.choice(tuple(HowDiscovered)).value)
    if code == FGM and facts.decided_at and chance(rng, 0.85):
        facts = replace(facts, discovered_at=before(facts.decided_at, days=rng.choice((-1, 0, 1, 4, 40))))
    if facts.discovered_at and facts.discovered_at > RECORDED:
        facts = replace(facts, discovered_at=RECORDED)
    if code == SHARE_DUTY:
        answers = (YesNoUnknown.YES,) if chance(rng, 0.6) else ("", *YesNoUnknown)
        drawn = {name: str(rng.choice(answers)) for name in ("holds", "relevant", "helps")}
        facts = replace(facts, share_duty=ShareDutyFacts(**drawn))
    return facts


def _recipients(rng: Random, facts: Facts) -> tuple[RecipientFacts, ...]:
    """From the address book, whoever asked, and others: who is in the book has a kind and no name of a person."""
    kinds = [kind.value for kind in RecipientKind]
    asked = facts.trigger == Trigger.REQ
    found = [
        RecipientFacts(ref=name, organisation=name, kind=rng.choice(kinds), in_scope_16la=chance(rng, 0.5))
        for name in some(rng, BOOK, 2, least=0 if asked else 1)
    ]
    if asked:
        who = ", ".join(filter(None, [facts.request.by_name, facts.request.by_role]))
        police = RecipientKind.POLICE.value if facts.request.authorising_officer or chance(rng, 0.2) else ""
        found.append(RecipientFacts(ref=ASKER, organisation=ASKER, name=who, kind=police, is_asker=True))
    found += [
        RecipientFacts(ref=name, organisation=name, name="Duty officer", kind=rng.choice(("", *kinds)))
        for name in some(rng, OTHERS, 3 - len(found))
        if chance(rng, 0.3)
    ]
    return tuple(found)


def _outcome(rng: Random, facts: Facts) -> Facts:
    outcome = Outcome.STOPPED if facts.follows and chance(rng, 0.4) else rng.choice(OUTCOMES)
    facts = replace(facts, outcome=outcome.value, why_now=reason(rng))
    if outcome == Outcome.SHARED_WHOLE_FILE:
        facts = replace(facts, whole_file_reason=words(rng))
    if outcome == Outcome.PASSED_UP:
        facts = replace(facts, passed_to="somebody")
    if outcome in SHARED and chance(rng, 0.15) and facts.decided_at:
        until = day_near(rng, facts.decided_at, 1, 250)
        facts = replace(facts, standing_scope=reason(rng), standing_until=until)
    return facts


def _choices(rng: Random, facts: Facts) -> Facts:
    """Whether each recipient is the family's choice: asked where there may be one."""
    if facts.trigger in DUTY_TRIGGERS or facts.outcome not in SHARED | NOT_SHARED:
        return facts
    answers = ("no", "no", "yes") if facts.outcome in SHARED else ("", "", "yes")
    return replace(
        facts, recipients=tuple(replace(recipient, choice=rng.choice(answers)) for recipient in facts.recipients)
    )


def _why_not(rng: Random, facts: Facts) -> Facts:
    if facts.outcome not in NOT_SHARED:
        return facts
    facts = replace(facts, risk_if_shared=words(rng), risk_if_not=words(rng))
    if facts.outcome == Outcome.NOT_SHARED:
        facts = replace(facts, no_basis=rng.choice(tuple(NoBasis)).value, no_basis_reason=reason(rng))
    return replace(facts, share_duty=_why_not_the_duty(rng, facts))


def _why_not_the_duty(rng: Random, facts: Facts) -> ShareDutyFacts:
    """Its conditions are asked here of everybody it binds, unless it is what the decision began with."""
    duty = facts.share_duty
    if not share_duty_binds(facts, law_for(facts)):
        return duty
    if facts.duty != SHARE_DUTY:
        answers = (YesNoUnknown.YES,) if chance(rng, 0.5) else tuple(YesNoUnknown)
        drawn = {name: str(rng.choice(answers)) for name in ("holds", "relevant", "helps")}
        duty = ShareDutyFacts(**drawn)
    met = {duty.holds, duty.relevant, duty.helps} == {YesNoUnknown.YES}
    volunteered = facts.duty != SHARE_DUTY and chance(rng, 0.2)
    return replace(duty, detriment=reason(rng)) if met or volunteered else duty


def _sent(rng: Random, facts: Facts) -> Facts:
    was_asked = facts.entry_route == EntryRoute.ASKED or facts.trigger == Trigger.REQ
    advice = tuple(
        AdviceFacts(who=line(rng), role=optional(rng), gist=reason(rng), at=_perhaps(rng, facts))
        for _ in range(rng.choice((0, 0, 1, 2)))
    )
    facts = replace(facts, advice=advice)
    if facts.outcome in SHARED:
        told_them = words(rng) if was_asked and chance(rng, 0.7) else ""
        return replace(facts, sendings=_sendings(rng, facts), request=replace(facts.request, reply=told_them))
    stops = facts.outcome == Outcome.STOPPED
    neither = was_asked and facts.outcome == Outcome.NOT_SHARED and chance(rng, 0.3)
    told_them = words(rng) if was_asked and not stops else ""
    assert facts.decided_at
    return replace(
        facts,
        request=replace(facts.request, reply=told_them, neither_confirmed=neither),
        instead=reason(rng),
        cannot_recall=words(rng) if stops else "",
        look_again_on=day_near(rng, facts.decided_at, -1, 90) if facts.outcome in NEEDS_REVIEW_DATE else None,
    )


def _perhaps(rng: Random, facts: Facts) -> Any:
    assert facts.decided_at
    return moment_before(rng, facts.decided_at) if chance(rng, 0.8) else None


def _sendings(rng: Random, facts: Facts) -> tuple[SendingFacts, ...]:
    assert facts.decided_at
    return tuple(
        SendingFacts(
            recipient_ref=rng.choice(facts.recipients).ref, at=moment_before(rng, facts.decided_at), how=line(rng),
            said=optional(rng, 0.3), receipt=optional(rng, 0.5),
        )
        for _ in range(rng.choice((0, 1, 1, 2)))
    )  # fmt: skip
