"""A provision that a decision relies on, with what its needs are tested against."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.agreement import agreed
from rules.basis import applies, layer_of, provision_on_day
from rules.codes import Layer, Trigger
from rules.empty_reasons import is_empty_reason
from rules.facts import BasisFacts, Facts, PersonFacts, RecipientFacts
from rules.law import RECIPIENTS, Law, Provision
from rules.people import carried_by, concerned, given_to
from rules.suggestions import duty_code

OF_A_PERSON = frozenset({Layer.L2, Layer.SCHEDULE1, Layer.SCHEDULE8})
NO_POWER = frozenset({"limits", RECIPIENTS})


@dataclass(frozen=True, kw_only=True)
class ReliedOn:
    """`rows` is empty where it was not chosen but is how the decision started: an order, or a named duty."""

    facts: Facts
    law: Law
    provision: Provision
    rows: tuple[BasisFacts, ...] = ()
    values: tuple[str, ...] = ()  # those named beside the need that is tested

    @property
    def name(self) -> str:
        return self.provision.short_name

    @property
    def people(self) -> tuple[PersonFacts, ...]:
        """Whose information relies on it."""
        if self.provision.layer in OF_A_PERSON:
            return carried_by(self.facts, frozenset({self.provision.code}))
        return tuple(person for person in concerned(self.facts) if any(applies(row, person) for row in self.rows))

    @property
    def recipients(self) -> tuple[RecipientFacts, ...]:
        return given_to(self.facts)

    @property
    def codes(self) -> frozenset[str]:
        """Every provision chosen, for whomever."""
        return frozenset(row.code for row in self.facts.basis)

    def agreed(self, person: PersonFacts) -> bool:
        return agreed(self.facts, person)

    def answered(self, person: PersonFacts | None = None) -> bool:
        """Whether its question has an answer: for this person, or at all."""
        rows = [row for row in self.rows if person is None or applies(row, person)]
        return any(not is_empty_reason(answer) for row in rows for answer in row.answers.values())


def relied_on(facts: Facts, law: Law) -> Iterator[ReliedOn]:
    """Each provision chosen, and the order or duty that the decision started with, once each."""
    rows: dict[str, list[BasisFacts]] = {code: [] for code in started_with(facts)}
    for row in facts.basis:
        rows.setdefault(row.code, []).append(row)
    for code, chosen in rows.items():
        known = provision_on_day(BasisFacts(code=code), facts, law)
        if known is not None:
            yield ReliedOn(facts=facts, law=law, provision=known, rows=tuple(chosen))


def started_with(facts: Facts) -> tuple[str, ...]:
    if facts.trigger == Trigger.COURT_ORDER:
        return ("COURT_ORDER",)
    return (duty_code(facts),) if facts.trigger == Trigger.MANDATORY else ()


def is_recipients(provision: BasisFacts, facts: Facts, law: Law) -> bool:
    """Whether the provision describes what the recipient does with it (section 47: a school refers)."""
    known = law.any_provision(provision.code)
    return provision.kind == RECIPIENTS or (known is not None and law.is_recipients(known, facts.organisation.sector))


def own_powers(facts: Facts, law: Law) -> tuple[BasisFacts, ...]:
    """The powers and duties chosen that are the organisation's own. What limits sharing is none."""
    return tuple(
        row
        for row in facts.basis
        if layer_of(row, law) == Layer.L3
        and not is_recipients(row, facts, law)
        and ((known := law.any_provision(row.code)) is None or known.kind not in NO_POWER)
    )
