"""How many people and recipients one decision takes. Every item is asked about for each recipient and each person.

A decision about more is made in parts: nothing that is true has to be left out.
"""

from typing import Any

MOST_RECIPIENTS = 30
MOST_PEOPLE = 30


def check_count(form: Any, name: str, count: int, most: int, plural: str) -> None:
    """Refuse what would make pages of thousands of questions, and say what to do instead."""
    if count > most:
        form.add_error(
            name, f"One decision can have up to {most} {plural}, and this has {count}. Make another for the others"
        )
