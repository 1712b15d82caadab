"""Tamper with a copy of a chain in every way we know, and see that each is found. docs/ledger.md says by what."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from audit.checkpointing import MADE
from audit.drill_copy import copied, taken_back
from audit.forging import Forger
from audit.models import Checkpoint, LedgerEntry
from audit.record_drill import KINDS as RECORD_KINDS
from audit.record_drill import Tables, drill_records
from audit.tlog.checkpoints import Head, head_of
from audit.tlog.notes import parsed
from audit.verification import Broken, verify

FEWEST = 6


class Layer(Enum):
    """What finds it: each catches what the ones before it cannot."""

    RECORDS = "the records compared"
    CHAIN = "the chain"
    CHECKPOINT = "a checkpoint"
    OUTSIDE = "a checkpoint kept outside"


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to tamper; it returns the first entry it touched."""

    code: str
    words: str
    layer: Layer
    act: Callable[[Forger], int] = lambda _: 0
    applies: Callable[[Forger], bool] = lambda _: True


def _edit(column: str, value: str) -> Callable[[Forger], int]:
    return lambda forger: forger.edit(column, value)


RECORDS, CHAIN, CHECKPOINT, OUTSIDE = Layer
KINDS = (
    Kind("event_changed", "what an entry says was done is changed", CHAIN, _edit("event", "x")),
    Kind("actor_changed", "who did it is changed", CHAIN, _edit("actor_email", "other@example.test")),
    Kind("value_changed", "a value of an entry is changed", CHAIN, _edit("additional_data", '{"x": 1}')),
    Kind("deleted", "an entry is deleted", CHAIN, Forger.delete),
    Kind("inserted", "an entry is put between two", CHAIN, Forger.insert),
    Kind("swapped", "two entries change places", CHAIN, Forger.swap),
    Kind("blanked", "an entry is blanked without a disposal", CHAIN, Forger.blank),
    Kind("rewritten", "the chain is rewritten and hashed again", CHECKPOINT, Forger.rewrite),
    Kind("tail_cut", "the end is cut off, a checkpoint of it left", CHECKPOINT, Forger.cut),
    Kind("resigned", "it is rewritten and the checkpoint signed by another key", CHECKPOINT, Forger.sign_again),
    Kind("tile_changed", "a hash of the tree is changed", CHECKPOINT, Forger.change_tile, lambda it: it.has_tiles),
    Kind("old_backup", "the end is cut off with its checkpoints", OUTSIDE, Forger.restore),
    Kind("all_rewritten", "it is rewritten and every checkpoint removed", OUTSIDE, Forger.rewrite_all),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """How it went with one kind. `by` is the layer that found it."""

    kind: Kind
    by: Layer | None
    seq: int = 0
    tables: Tables | None = None

    @property
    def is_found(self) -> bool:
        return self.by == self.kind.layer


@dataclass(frozen=True, slots=True)
class Drill:
    entries: int
    false_alarm: str
    tried: tuple[Tried, ...]

    @property
    def found(self) -> int:
        return sum(attempt.is_found for attempt in self.tried)

    @property
    def passed(self) -> bool:
        return not self.false_alarm and self.found == len(self.tried)


class TooShort(RuntimeError):
    """There is no checkpoint of enough entries to tamper with."""


def drill(organisation: int, upto: int) -> Drill:
    """Try every kind on a copy of a chain up to an entry; the chain itself is only read. May raise TooShort."""
    with copied(organisation, upto):
        outside = [head_of(parsed(found.note)) for found in Checkpoint.objects.order_by("size")]
        forger = Forger(organisation, upto, max((head.size for head in outside), default=0))
        if forger.signed < FEWEST:
            raise TooShort
        alarm = _found(organisation, outside)
        tried = tuple(_try(kind, forger, outside) for kind in KINDS if kind.applies(forger))
    alarm_of_records, tables = drill_records(organisation)
    return Drill(upto, str(alarm or alarm_of_records), (*tried, *_of_records(tables)))


def _of_records(tables: Mapping[str, Tables]) -> Iterator[Tried]:
    """Nothing where nothing is recorded yet."""
    for code, words, _ in RECORD_KINDS:
        if found := tables.get(code):
            by = RECORDS if found.found == found.tried else None
            yield Tried(Kind(code, words, RECORDS), by, tables=found)


def _try(kind: Kind, forger: Forger, outside: list[Head]) -> Tried:
    with taken_back():
        first = kind.act(forger)
        broken = _found(forger.organisation, outside)
    by = _layer(broken)
    # The chain names the very entry; a checkpoint, the entries up to it.
    named = broken is not None and (by != Layer.CHAIN or broken.seq == first)
    return Tried(kind, by if named else None, broken.seq if broken else 0)


def _found(organisation: int, outside: list[Head]) -> Broken | None:
    """By what is in the database, and only if that finds nothing by what was kept outside."""
    return verify(organisation).broken or verify(organisation, outside={organisation: outside}).broken


def _layer(broken: Broken | None) -> Layer | None:
    if broken is None:
        return None
    if "kept outside" in broken.what:
        return Layer.OUTSIDE
    return Layer.CHECKPOINT if "checkpoint" in broken.what or "tile" in broken.what else Layer.CHAIN


def upto(organisation: int, most: int) -> int:
    """Where to end the copy: after the last checkpoint's own entry within so many entries, or the first there is."""
    made = LedgerEntry.objects.filter(organisation=organisation, event=MADE)
    within = made.filter(seq__lte=most).order_by("-seq").values_list("seq", flat=True).first()
    return within or made.order_by("seq").values_list("seq", flat=True).first() or 0
