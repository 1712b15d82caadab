"""Labels of which no two read the same: where names are alike, the smallest difference is added. Pure."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Named:
    """A name and what else is known that could tell it apart, the most telling first. An empty text tells nothing."""

    name: str
    differences: tuple[str, ...] = ()

    def with_differences(self, chosen: Iterable[int]) -> str:
        known = [self.differences[index] for index in chosen if self.differences[index]]
        return f"{self.name} ({', '.join(known)})" if known else self.name


def distinct(named: Mapping[Key, Named]) -> dict[Key, str]:
    """A label for each key. A name that nobody else has stays as it is."""
    return distinct_names({key: entry.name for key, entry in named.items()}, lambda key: named[key].differences)


def distinct_names(names: Mapping[Key, str], differences: Callable[[Key], tuple[str, ...]]) -> dict[Key, str]:
    """The same, with what else is known of a name asked only where somebody has the same one."""
    labels = dict(names)
    groups = alike(labels)
    if not groups:
        return labels
    for keys in groups:
        apart = _apart([Named(names[key], differences(key)) for key in keys])
        labels |= zip(keys, apart, strict=True)
    while groups := alike(labels):
        for keys in groups:
            labels |= {key: f"{labels[key]} ({number} of {len(keys)})" for number, key in enumerate(keys, 1)}
    return labels


def numbered(texts: Sequence[str]) -> list[str]:
    """The same texts; those that read the same are counted: "Sent to the police (1 of 2)"."""
    return list(distinct_names(dict(enumerate(texts)), lambda _: ()).values())


def same_to_the_eye(text: str) -> str:
    """Equal for texts that differ in case, spaces or the way a letter is stored only."""
    one_way = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(one_way.casefold().split())


def alike(labels: Mapping[Key, str]) -> list[list[Key]]:
    """The keys whose labels read the same, together."""
    if len(labels) <= 1:
        return []
    seen = {key: same_to_the_eye(label) for key, label in labels.items()}
    counts = Counter(seen.values())
    if len(counts) == len(seen):
        return []
    groups: dict[str, list[Key]] = {}
    for key, text in seen.items():
        if counts[text] > 1:
            groups.setdefault(text, []).append(key)
    return list(groups.values())


def _apart(group: Sequence[Named]) -> list[str]:
    """With as few differences as tell them apart, or with all of them where even that does not.

    A bare name beside the same name with something more is only the last resort: it could be anybody.
    """
    every = range(min(len(entry.differences) for entry in group))
    choices = [chosen for count in every for chosen in combinations(every, count + 1)]
    ways = [[entry.with_differences(chosen) for entry in group] for chosen in choices]
    apart = [labels for labels in ways if len({same_to_the_eye(label) for label in labels}) == len(labels)]
    full = [labels for labels in apart if all(label != entry.name for label, entry in zip(labels, group, strict=True))]
    return next(iter([*full, *apart]), [entry.with_differences(every) for entry in group])
