"""Provisions that nobody suggested, by what they are about, so that one is found without reading them all. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ui.options import Option

# Fewer than this are read as quickly as searched.
MANY = 8
OTHERS = "Others"
# How the legal name of a provision begins, by what it is about.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "Children and families": ("Children Act", "Working Together"),
    "Schools": ("Education Act", "School Attendance", "Keeping Children Safe"),
    "Health and care": ("Care Act", "National Health Service Act", "Health and Social Care Act", "Mental Capacity Act"),
    "Crime and the police": (
        "Common law: the power of the police", "Counter-Terrorism", "Crime and", "Criminal Justice Act",
        "Domestic Abuse Act", "Female Genital Mutilation Act", "Modern Slavery Act", "Operation Encompass", "Police",
    ),
    "Courts": ("The order itself", "Family Procedure Rules"),
    "Councils, housing and charities": (
        "Digital Economy Act", "Governing document", "Housing Act", "Implied from the function", "Local Government Act",
        "Localism Act",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class ProvisionGroup:
    """`title` is empty where there are too few for groups."""

    title: str
    options: list[Option]


def topic_of(citation: str) -> str:
    return next((topic for topic, starts in TOPICS.items() if citation.startswith(starts)), OTHERS)


def in_groups(options: Iterable[Option], topics: Mapping[str, str]) -> list[ProvisionGroup]:
    """In the order of the topics, the others last."""
    listed = list(options)
    if len(listed) < MANY:
        return [ProvisionGroup("", listed)] if listed else []
    by_topic: dict[str, list[Option]] = {topic: [] for topic in (*TOPICS, OTHERS)}
    for option in listed:
        by_topic[topics.get(option.value, OTHERS)].append(option)
    groups = [ProvisionGroup(topic, found) for topic, found in by_topic.items() if found]
    return groups if len(groups) > 1 else [ProvisionGroup("", listed)]
