"""Which decisions are read again by somebody else: all that went against a refusal, and some of the rest, by risk.

Anybody can work the draw out again, with nothing but the list of decisions and a calculator for SHA-256:

1. The seed is made of the organisation and the first and last day (`seed_of`).
2. Each decision has a weight: 1, and more for each risk in `RISKS` that it has.
3. Its number is the first 12 figures of the SHA-256 of the seed, a space and its reference, read as hexadecimal, and
   divided by its weight.
4. The lowest numbers are in the sample (Ohlsson's sequential Poisson sampling). A decision of weight 4 is nearly four
   times as likely to be in it as one of weight 1.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from math import ceil

FIGURES = 12
# One in ten of the rest, and no fewer than three.
ONE_IN, FEWEST = 10, 3


class Risk(StrEnum):
    SIGNIFICANT_HARM = "significant_harm"
    NOT_SHARED = "not_shared"
    WITHOUT_AGREEMENT = "without_agreement"
    NOT_SENT = "not_sent"


@dataclass(frozen=True)
class Weighed:
    weight: int
    words: str


RISKS = {
    Risk.SIGNIFICANT_HARM: Weighed(3, "A child at risk of significant harm"),
    Risk.NOT_SHARED: Weighed(2, "Not shared, or not yet"),
    Risk.WITHOUT_AGREEMENT: Weighed(2, "Shared, and somebody had not agreed"),
    Risk.NOT_SENT: Weighed(2, "To be shared, and not yet sent"),
}


@dataclass(frozen=True)
class Candidate:
    """A decision that may be in the sample. `key` finds it again."""

    key: int
    reference: str
    risks: frozenset[Risk]

    @property
    def weight(self) -> int:
        return 1 + sum(RISKS[risk].weight for risk in self.risks)


@dataclass(frozen=True)
class Drawn:
    candidate: Candidate
    number: int


def seed_of(organisation: str, first: date, last: date) -> str:
    """Public: whoever knows the name of the organisation and the days knows the seed."""
    return sha256(f"{organisation} {first.isoformat()} {last.isoformat()}".encode()).hexdigest()


def number_of(seed: str, candidate: Candidate) -> int:
    """The whole part of the quotient: what comes after it never decides between two decisions in practice."""
    figures = sha256(f"{seed} {candidate.reference}".encode()).hexdigest()[:FIGURES]
    return int(figures, 16) // candidate.weight


def sample_size(rest: int) -> int:
    return min(rest, max(FEWEST, ceil(rest / ONE_IN)))


def sample(candidates: Iterable[Candidate], seed: str, size: int) -> list[Drawn]:
    """The lowest numbers first. The order in which the candidates come makes no difference."""
    drawn = (Drawn(candidate, number_of(seed, candidate)) for candidate in candidates)
    return heapq.nsmallest(size, drawn, key=lambda each: (each.number, each.candidate.reference))
