"""The law as data: provisions, the dates between which they are in force, and who they are for (ADR 0010)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

MUST_DISCLOSE = "must_disclose"
RECIPIENTS = "function_of_recipient"
KINDS = frozenset(
    {
        "basis",
        "confidence",
        MUST_DISCLOSE,
        "arrangements",
        "power",
        "needs_agreement",
        "limits",
        RECIPIENTS,
    }
)
WHO = frozenset({"ANY", "PUB", "NON", "LE"})
REFUSED_OK = frozenset({"yes", "no", "if", "na"})
CONFIDENCE = frozenset({"C", "P", "K", "N"})


@dataclass(frozen=True, kw_only=True)
class Provision:
    """One provision that a decision may rely on, as it was between two dates."""

    code: str
    layer: str
    kind: str
    short_name: str
    plain_english: str
    citation: str
    who: str
    tests: tuple[str, ...]
    refused_ok: str
    jurisdiction: str
    effective_from: date
    confidence: str
    source: str
    checked_on: date  # when somebody last read the source, or looked for one
    effective_to: date | None = None
    refused_test: str = ""
    needs_policy_document: bool = False
    policy_document_unless: tuple[str, ...] = ()  # kinds of recipient for whom no policy document is needed
    replaced_by: str = ""
    scope: str = ""  # "16la": only for organisations in scope of that section
    function_of: tuple[str, ...] = ()  # sectors whose own function it is; empty: every sector
    not_sectors: tuple[str, ...] = ()  # sectors that may not use it at all
    on: bool = True
    needs: tuple[str, ...] = ()  # what its text needs of the facts: `rules.needs`
    usual_levels: tuple[str, ...] = ()  # levels of concern at which it is suggested; empty: all
    enacted_on: date | None = None  # where its start is not confirmed: it cannot have started before
    lifts_confidence: bool = False  # it applies in spite of a duty of confidence

    def in_force(self, on_date: date) -> bool:
        return (
            self.on and self.effective_from <= on_date and (self.effective_to is None or on_date <= self.effective_to)
        )

    def open_to(self, kind: str, sector: str = "") -> bool:
        """Whether this kind of organisation may use it; police outside their own purposes count as a public body."""
        return (self.who in {"ANY", kind} or (self.who == "PUB" and kind == "LE")) and sector not in self.not_sectors

    def until(self, day: date) -> "Provision":
        """The same provision, no longer used from the given day."""
        last = day - timedelta(days=1)
        return self if self.effective_to is not None and self.effective_to <= last else replace(self, effective_to=last)

    def kind_for(self, sector: str) -> str:
        """Its kind for an organisation of this sector: another sector's function is the recipient's."""
        return RECIPIENTS if sector and self.function_of and sector not in self.function_of else self.kind

    @property
    def hides_choice(self) -> bool:
        """Only a duty to disclose leaves the family no choice; a duty to have arrangements does not."""
        return self.kind == MUST_DISCLOSE


@dataclass(frozen=True, kw_only=True)
class Combination:
    """A suggested combination of provisions and whom it fits; an empty tuple fits all."""

    code: str
    name: str
    why: str
    triggers: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    situation: str = ""
    l1: tuple[str, ...] = ()
    annex1: tuple[str, ...] = ()
    l2: tuple[str, ...] = ()
    schedule1: tuple[str, ...] = ()
    schedule8: tuple[str, ...] = ()
    l3: tuple[str, ...] = ()
    recipient_functions: tuple[str, ...] = ()
    l4: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        sensitive = self.l2 + self.schedule1 + self.schedule8
        return self.l1 + self.annex1 + sensitive + self.l3 + self.recipient_functions + self.l4


@dataclass(frozen=True, kw_only=True)
class Law:
    """One version of the law; `sha256` is the hash of its file, kept with each decision."""

    version: str
    sha256: str
    all_provisions: tuple[Provision, ...]
    combinations: tuple[Combination, ...]
    known: frozenset[str] = field(default=frozenset())

    def knows(self, code: str) -> bool:
        return code in self.known

    def is_recipients(self, provision: Provision, sector: str) -> bool:
        """Whether it describes what the recipient does with it, as section 47 does for a school's referral."""
        return provision.kind_for(sector) == RECIPIENTS and any(
            provision.code in combination.recipient_functions for combination in self.combinations
        )

    def provision(self, code: str, on_date: date) -> Provision | None:
        """The provision in force on that day, or None."""
        return next((provision for provision in self._by_code.get(code, ()) if provision.in_force(on_date)), None)

    def any_provision(self, code: str) -> Provision | None:
        """The latest provision with that code, in force or not, to name it in a message."""
        return next(reversed(self._by_code.get(code, ())), None)

    @cached_property
    def _by_code(self) -> dict[str, list[Provision]]:
        found: dict[str, list[Provision]] = {}
        for provision in self.all_provisions:
            found.setdefault(provision.code, []).append(provision)
        return found

    def for_us(
        self, commencements: Mapping[str, date], local_provisions: Iterable[Provision] = (),
        retired: Mapping[str, date] | None = None,
    ) -> "Law":  # fmt: skip
        """The law as one organisation uses it: with its commencements and local provisions, without retired ones.

        A provision in force before it is retired keeps its dates until then. Applying it twice changes nothing.
        """
        local_provisions = tuple(local_provisions)
        if not (commencements or local_provisions or retired):
            return self
        provisions = [_begun(provision, commencements) for provision in self.all_provisions]
        provisions += [provision for provision in local_provisions if provision.code not in self.known]
        retired_on = retired or {}
        in_use = [
            provision.until(retired_on[provision.code]) if provision.code in retired_on else provision
            for provision in provisions
        ]
        in_use = [
            provision
            for provision in in_use
            if provision.effective_to is None or provision.effective_from <= provision.effective_to
        ]
        codes = self.known | {provision.code for provision in provisions}
        return replace(self, all_provisions=tuple(in_use), known=codes)


def _begun(provision: Provision, commencements: Mapping[str, date]) -> Provision:
    if provision.on or provision.code not in commencements:
        return provision
    if provision.enacted_on and commencements[provision.code] < provision.enacted_on:
        return provision
    return replace(provision, on=True, effective_from=commencements[provision.code])
