"""The law for one decision: what was suggested and chosen, what else could be chosen, and what could not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone

from accounts.models import User
from decisions.facts.decision import facts_of, law_of
from decisions.models import Decision, DecisionProvision
from decisions.presenters.labels import version_words
from decisions.presenters.people import person_names
from rules.codes import Layer
from rules.facts import Facts
from rules.law import Law, Provision
from rules.law_files import load
from rules.legal_options import LegalOption, WhyNot, options_for
from rules.suggestions import suggest, suggest_for_person
from ui.labels import Named, distinct
from ui.moments import moment

WHOLE = "the whole decision"
GONE = "It is no longer in the law tables"


@dataclass(frozen=True)
class OfferShown:
    name: str
    plain_english: str
    citation: str
    suggested: list[str] = field(default_factory=list)  # for whom
    chosen: list[str] = field(default_factory=list)
    why_not: str = ""
    in_force: str = ""  # tells two wordings of one provision apart

    @property
    def chosen_for(self) -> str:
        """The people it was chosen for. Empty when it was chosen for the whole decision."""
        return ", ".join(name for name in self.chosen if name != WHOLE)

    @property
    def suggested_for(self) -> str:
        return ", ".join(name for name in self.suggested if name != WHOLE)


@dataclass(frozen=True)
class LayerOffered:
    title: str
    key: str
    shown: list[OfferShown]  # suggested or chosen
    open: list[OfferShown]  # could be chosen as well
    closed: list[OfferShown]  # could not


@dataclass(frozen=True)
class LawOfDecision:
    day: str
    version: str
    sha256: str
    layers: list[LayerOffered]


def law_of_decision(decision: Decision, reader: User) -> LawOfDecision:
    """A draft by the law in use, a recorded decision by the law it was recorded under.

    Costs no query on a decision read with its parts and its organisation's notices.
    """
    facts, law = facts_of(decision), law_of(decision)
    lines = [*_offers(decision, facts, law), *_unknown(decision, law)]
    layers = [_layer(layer, [line for own, line in lines if own == layer]) for layer in Layer]
    return LawOfDecision(
        day_sentence(decision, reader),
        version_words(law.version),
        law.sha256,
        [layer for layer in layers if layer.shown or layer.open or layer.closed],
    )


def _layer(layer: Layer, lines: list[OfferShown]) -> LayerOffered:
    shown = [line for line in lines if line.chosen or line.suggested]
    others = _distinct([line for line in lines if line not in shown])
    closed = [line for line in others if line.why_not]
    still_open = [line for line in others if not line.why_not]
    return LayerOffered(layer.label, layer.value, _distinct(shown), still_open, closed)


def _distinct(lines: list[OfferShown]) -> list[OfferShown]:
    """Two wordings of one provision by when they are in force: without a day, either could count."""
    names = distinct({place: Named(line.name, (line.in_force,)) for place, line in enumerate(lines)})
    return [replace(line, name=names[place]) for place, line in enumerate(lines)]


def day_sentence(decision: Decision, reader: User) -> str:
    if decision.decided_at is None:
        return "The day of the decision is not entered yet. Once it is, the law of that day counts."
    start = "You decided on" if decision.author_id == reader.pk else "This was decided on"
    return f"{start} {moment(timezone.localdate(decision.decided_at))}, so the law of that day counts."


def _offers(decision: Decision, facts: Facts, law: Law) -> Iterator[tuple[str, OfferShown]]:
    people = person_names(decision)
    chosen = _chosen(decision.provisions.all(), people)
    suggested = _suggested(facts, law, {str(pk): name for pk, name in people.items()})
    options = [*options_for(facts, law), *_never_used(facts, law)]
    for offer in options:
        row = offer.provision
        open_ = offer.may_be_chosen
        yield row.layer, OfferShown(
            row.short_name, row.plain_english, row.citation,
            suggested=suggested.get(row.code, []) if open_ else [],
            chosen=chosen.get(row.code, []) if offer is _holder(row.code, options) else [],
            why_not=WhyNot.label_of(offer.why_not) if offer.why_not else "", in_force=_in_force(row),
        )  # fmt: skip


def _in_force(row: Provision) -> str:
    return f"until {moment(row.effective_to)}" if row.effective_to else f"from {moment(row.effective_from)}"


def _holder(code: str, options: list[LegalOption]) -> LegalOption:
    """Of several provisions with one code, the one that could be chosen, or else the latest."""
    same = [offer for offer in options if offer.provision.code == code]
    return next((offer for offer in same if offer.may_be_chosen), same[-1])


def _never_used(facts: Facts, law: Law) -> Iterator[LegalOption]:
    """Provisions retired from their first day or earlier, which the law no longer contains."""
    codes = {row.code for row in law.all_provisions}
    before: tuple[Provision, ...] = load(law.version).for_us(facts.commencements, facts.local_provisions).all_provisions
    for row in before:
        if row.code not in codes:
            yield LegalOption(row, WhyNot.ENDED)


def _chosen(rows: Iterable[DecisionProvision], people: Mapping[int, str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row.code, []).append(people[row.person_id] if row.person_id else WHOLE)
    return names


def _suggested(facts: Facts, law: Law, people: Mapping[str, str]) -> dict[str, list[str]]:
    """Conditions are suggested for each person, other provisions for the whole decision."""
    suggestion = suggest(facts, law)
    own = {
        *suggestion.l1,
        *suggestion.annex1,
        *suggestion.l3,
        *suggestion.recipient_functions,
        *suggestion.l4,
        *suggestion.l5,
    }
    names: dict[str, list[str]] = {code: [WHOLE] for code in own}
    for person in facts.people:
        offered = suggest_for_person(facts, person, suggestion)
        for code in (*offered.l2, *offered.schedule1, *offered.schedule8):
            names.setdefault(code, []).append(people[person.ref])
    return names


def _unknown(decision: Decision, law: Law) -> Iterator[tuple[str, OfferShown]]:
    """Provisions that were chosen and are no longer in the law tables, as the decision copied them."""
    people = person_names(decision)
    unknown = [row for row in decision.provisions.all() if not law.knows(row.code)]
    for code, names in _chosen(unknown, people).items():
        row = next(row for row in unknown if row.code == code)
        yield row.layer, OfferShown(
            str(row.details.get("short_name", code)), str(row.details.get("plain_english", "")),
            str(row.details.get("citation", "")), chosen=names, why_not=GONE,
        )  # fmt: skip
