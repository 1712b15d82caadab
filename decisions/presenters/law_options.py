"""The law for one decision: what was suggested and chosen, what else was available, and why the rest was not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from decisions.facts.decision import facts_of, law_of
from decisions.models import Decision, DecisionProvision
from decisions.presenters.labels import version_words
from rules.codes import Layer
from rules.facts import Facts
from rules.law import Law, Provision
from rules.law_files import load
from rules.legal_options import LegalOption, WhyNot, options_for
from rules.suggestions import suggest, suggest_for_person
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

    @property
    def chosen_for(self) -> str:
        """The people it was chosen for. Empty where it is for the whole decision."""
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
    """A draft by the law as it is in use, a recorded one by the law it was recorded under. Costs no query of its own
    on a decision read with its parts and its organisation's notices."""
    facts, law = facts_of(decision), law_of(decision)
    lines = [*_offers(decision, facts, law), *_unknown(decision, law)]
    layers = [_layer(layer, [line for own, line in lines if own == layer]) for layer in Layer]
    return LawOfDecision(
        day_sentence(decision, reader),
        version_words(law.version),
        law.sha256,
        [one for one in layers if one.shown or one.open or one.closed],
    )


def _layer(layer: Layer, lines: list[OfferShown]) -> LayerOffered:
    shown = [one for one in lines if one.chosen or one.suggested]
    rest = [one for one in lines if one not in shown]
    closed = [one for one in rest if one.why_not]
    return LayerOffered(layer.label, layer.value, shown, [one for one in rest if not one.why_not], closed)


def day_sentence(decision: Decision, reader: User) -> str:
    if decision.decided_at is None:
        return "The day of the decision is not entered yet. Once it is, the law of that day counts."
    said = "You decided on" if decision.author_id == reader.pk else "This was decided on"
    return f"{said} {moment(timezone.localdate(decision.decided_at))}, so the law of that day counts."


def _offers(decision: Decision, facts: Facts, law: Law) -> Iterator[tuple[str, OfferShown]]:
    people = {person.pk: person.name for person in decision.people.all()}
    chosen = _chosen(decision.provisions.all(), people)
    suggested = _suggested(facts, law, {str(pk): name for pk, name in people.items()})
    found = [*options_for(facts, law), *_never_used(facts, law)]
    for offer in found:
        row = offer.provision
        open_ = offer.may_be_chosen
        yield row.layer, OfferShown(
            row.short_name, row.plain_english, row.citation,
            suggested=suggested.get(row.code, []) if open_ else [],
            chosen=chosen.get(row.code, []) if offer is _holder(row.code, found) else [],
            why_not=WhyNot.label_of(offer.why_not) if offer.why_not else "",
        )  # fmt: skip


def _holder(code: str, found: list[LegalOption]) -> LegalOption:
    """Of several provisions with one code, the one that could be chosen, or else the latest."""
    same = [offer for offer in found if offer.provision.code == code]
    return next((offer for offer in same if offer.may_be_chosen), same[-1])


def _never_used(facts: Facts, law: Law) -> Iterator[LegalOption]:
    """Provisions retired from their first day or earlier, which the law no longer contains."""
    kept = {row.code for row in law.all_provisions}
    before: tuple[Provision, ...] = load(law.version).for_us(facts.commencements, facts.local_provisions).all_provisions
    for row in before:
        if row.code not in kept:
            yield LegalOption(row, WhyNot.ENDED)


def _chosen(rows: Iterable[DecisionProvision], people: Mapping[int, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(people[row.person_id] if row.person_id else WHOLE)
    return found


def _suggested(facts: Facts, law: Law, people: Mapping[str, str]) -> dict[str, list[str]]:
    """As the lawful basis page suggests them: conditions for each person, the rest for the whole decision."""
    suggestion = suggest(facts, law)
    own = {
        *suggestion.l1,
        *suggestion.annex1,
        *suggestion.l3,
        *suggestion.recipient_functions,
        *suggestion.l4,
        *suggestion.l5,
    }
    found: dict[str, list[str]] = {code: [WHOLE] for code in own}
    for person in facts.people:
        offered = suggest_for_person(facts, person, suggestion)
        for code in (*offered.l2, *offered.schedule1, *offered.schedule8):
            found.setdefault(code, []).append(people[person.ref])
    return found


def _unknown(decision: Decision, law: Law) -> Iterator[tuple[str, OfferShown]]:
    """Chosen in the past and no longer in the law tables: shown as the decision kept it."""
    people = {person.pk: person.name for person in decision.people.all()}
    gone = [row for row in decision.provisions.all() if not law.knows(row.code)]
    for code, whom in _chosen(gone, people).items():
        kept = next(row for row in gone if row.code == code)
        yield kept.layer, OfferShown(
            str(kept.row.get("short_name", code)), str(kept.row.get("plain_english", "")),
            str(kept.row.get("citation", "")), chosen=whom, why_not=GONE,
        )  # fmt: skip
