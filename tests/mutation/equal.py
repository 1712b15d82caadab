"""Conditions whose loss changes no answer: `name of the mutant # why`, one to a line."""

from pathlib import Path

FILE = Path(__file__).with_name("equal.txt")


def equal() -> dict[str, str]:
    """The name of each such mutant, and why its loss changes nothing."""
    lines = (line.partition(" # ") for line in FILE.read_text().splitlines() if line.strip())
    return {name.strip(): why.strip() for name, _, why in lines}
