"""What powers and conditions need of the decision as a whole: its level, recipients, other powers and people."""

from collections.abc import Callable, Iterator, Mapping

from rules import codes
from rules.codes import Level, PersonRole, Sensitivity
from rules.findings import Finding, finding
from rules.law import MUST_DISCLOSE, RECIPIENTS, Provision
from rules.needs import Need
from rules.organisations import RecipientKind
from rules.people import given_items, is_adult, is_capable, told_in_confidence
from rules.relied_on import ReliedOn, own_powers

BINDING = frozenset({MUST_DISCLOSE, "arrangements"})
# A charity's objects are no function that the law confers on it.
NOT_CONFERRED = frozenset({"NON_STAT"})
NOT_GROWN_UP = frozenset({PersonRole.CHILD, PersonRole.UNBORN})


def emergency(relied: ReliedOn) -> Iterator[Finding]:
    """A disaster that can be named (UK GDPR Annex 1 paragraph 4; Civil Contingencies Act 2004 section 19)."""
    if not relied.answered():
        yield finding("NEEDS_EMERGENCY", provision=relied.name)


def danger(relied: ReliedOn) -> Iterator[Finding]:
    """Somebody's life is at stake (UK GDPR Articles 6(1)(d) and 9(2)(c); Schedule 8 paragraph 3)."""
    level = relied.facts.level
    if level and level not in codes.RISK_OF_HARM:
        yield finding("NEEDS_DANGER", provision=relied.name)


def duty(relied: ReliedOn) -> Iterator[Finding]:
    """A legal obligation is a duty: a power leaves it open (UK GDPR Article 6(1)(c))."""
    if not any(known.kind in BINDING for known in _own(relied)):
        yield finding("NEEDS_DUTY", provision=relied.name)


def function(relied: ReliedOn) -> Iterator[Finding]:
    """A function conferred on the organisation by an enactment or rule of law (Schedule 1 paragraph 6(2)(a)).

    Where no power at all was chosen, that is a finding of its own.
    """
    own = {row.code for row in own_powers(relied.facts, relied.law)}
    if own and own <= NOT_CONFERRED:
        yield finding("NEEDS_FUNCTION", provision=relied.name)


def function_named(relied: ReliedOn) -> Iterator[Finding]:
    """A power is implied from a function, which has a name (guidance on legal gateways)."""
    if not relied.answered():
        yield finding("NEEDS_FUNCTION_NAMED", provision=relied.name)


def another_power(relied: ReliedOn) -> Iterator[Finding]:
    """To have regard to something is no power to share."""
    if all(Need.ANOTHER_POWER in known.needs for known in _own(relied)):
        yield finding("NEEDS_ANOTHER_POWER", provision=relied.name)


def lifting_law(relied: ReliedOn) -> Iterator[Finding]:
    """A law or an order that applies in spite of confidence (common law: disclosure required or permitted by law)."""
    if not any(known.hides_choice or known.lifts_confidence for known in _own(relied)):
        yield finding("NEEDS_LAW", provision=relied.name)


def _own(relied: ReliedOn) -> tuple[Provision, ...]:
    known = (relied.law.any_provision(row.code) for row in own_powers(relied.facts, relied.law))
    return tuple(provision for provision in known if provision is not None)


def paired(relied: ReliedOn) -> Iterator[Finding]:
    """It says more about another provision, and says nothing without it."""
    if not relied.codes.intersection(relied.values):
        others = [known.short_name for code in relied.values if (known := relied.law.any_provision(code))]
        yield finding("NEEDS_PAIRED", provision=relied.name, others=" or ".join(f"“{name}”" for name in others))


def body(relied: ReliedOn) -> Iterator[Finding]:
    """Only for organisations with such an aim (UK GDPR Article 9(2)(d); Schedule 1 paragraph 31)."""
    sector = relied.facts.organisation.sector
    if sector and sector not in relied.values:
        yield finding("NEEDS_BODY", provision=relied.name)


def recipient(relied: ReliedOn) -> Iterator[Finding]:
    """It is for sharing with these. A recipient of no known kind may be one of them."""
    kinds = {given.kind for given in relied.recipients}
    if kinds and not kinds.intersection({"", *relied.values}):
        labels = [RecipientKind.label_of(kind) for kind in relied.values]
        yield finding("NEEDS_RECIPIENT", provision=relied.name, kinds=" or ".join(labels))


def recipients_function(relied: ReliedOn) -> Iterator[Finding]:
    """What the recipient does with it is done by somebody who gets it (Children Act 1989 section 47(1))."""
    if relied.provision.kind_for(relied.facts.organisation.sector) == RECIPIENTS:
        yield from recipient(relied)


def level(relied: ReliedOn) -> Iterator[Finding]:
    """It is for this level of concern (Children Act 1989 section 47(1)(b))."""
    if relied.facts.level and relied.facts.level not in relied.values:
        labels = [Level.label_of(code) for code in relied.values]
        yield finding("NEEDS_LEVEL", provision=relied.name, levels=" or ".join(f"“{label}”" for label in labels))


def child(relied: ReliedOn) -> Iterator[Finding]:
    """It is about children, so somebody here is one, or is under 18."""
    people = relied.facts.people
    if people and all(person.role not in NOT_GROWN_UP and is_adult(person) for person in people):
        yield finding("NEEDS_CHILD", provision=relied.name)


def adult(relied: ReliedOn) -> Iterator[Finding]:
    """It is about adults (Care Act 2014 section 42(1))."""
    people = relied.facts.people
    if people and not any(is_adult(person) for person in people):
        yield finding("NEEDS_ADULT", provision=relied.name)


def no_health(relied: ReliedOn) -> Iterator[Finding]:
    """It gives no power over what is known of a patient (Police, Crime, Sentencing and Courts Act 2022 section 16)."""
    others = [known for known in _own(relied) if known.code != relied.provision.code]
    health = any(Sensitivity.HEALTH in item.sensitivities for item in given_items(relied.facts))
    if health and not others:
        yield finding("NEEDS_NO_HEALTH", provision=relied.name)


def not_confidential(relied: ReliedOn) -> Iterator[Finding]:
    """V10: what was told in confidence is confidential (common law)."""
    in_confidence = any(Sensitivity.CONFIDENCE in item.sensitivities for item in given_items(relied.facts))
    lifted = {row.code for row in relied.facts.basis if _layer(relied, row.code) == relied.provision.layer}
    if in_confidence and lifted == {relied.provision.code}:
        yield finding("CONFIDENCE_DOUBT")


def _layer(relied: ReliedOn, code: str) -> str:
    known = relied.law.any_provision(code)
    return known.layer if known else ""


def no_capacity(relied: ReliedOn) -> Iterator[Finding]:
    """Best interests are decided for somebody who cannot decide (Mental Capacity Act 2005 sections 1(5) and 4)."""
    people = told_in_confidence(relied.facts)
    if people and all(is_capable(person) for person in people):
        yield finding("NEEDS_NO_CAPACITY", provision=relied.name)


OF_POWERS: Mapping[str, Callable[[ReliedOn], Iterator[Finding]]] = {
    Need.EMERGENCY: emergency,
    Need.DANGER: danger,
    Need.DUTY: duty,
    Need.FUNCTION: function,
    Need.FUNCTION_NAMED: function_named,
    Need.ANOTHER_POWER: another_power,
    Need.LIFTING_LAW: lifting_law,
    Need.PAIRED: paired,
    Need.BODY: body,
    Need.RECIPIENT: recipient,
    Need.RECIPIENTS_FUNCTION: recipients_function,
    Need.LEVEL: level,
    Need.CHILD: child,
    Need.ADULT: adult,
    Need.NO_HEALTH: no_health,
    Need.NOT_CONFIDENTIAL: not_confidential,
    Need.NO_CAPACITY: no_capacity,
}
