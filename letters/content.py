"""The content of a letter as data: what is kept, and what every output is made from."""

import re
from typing import Any

from decisions.presenters.decline_letter import DeclineLetter
from rules.explanation.facts import Explanation
from rules.explanation.versions import Layout

Content = dict[str, Any]
END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def of_explanation(explanation: Explanation, author: str) -> Content:
    """Without what was left out and why: that is for the letter's author alone."""
    by_line = explanation.layout == Layout.EASY
    return {
        "title": explanation.title,
        "author": author,
        "language": explanation.language,
        "layout": explanation.layout,
        "sections": [
            {
                "heading": section.heading,
                "blocks": [
                    block for each in section.blocks for block in _blocks(each.text, list(each.items), by_line=by_line)
                ],
            }
            for section in explanation.sections
        ],
    }


def _blocks(text: str, items: list[str], *, by_line: bool) -> list[dict[str, Any]]:
    if items:
        return [{"list": items}]
    lines = END_OF_SENTENCE.split(text) if by_line else [text]
    return [{"text": line} for line in lines if line.strip()]


def of_decline(letter: DeclineLetter, day: str, author: str) -> Content:
    head = [*letter.to, day]
    if letter.their_reference:
        head.append(f"Your reference: {letter.their_reference}")
    if letter.asked_on:
        head.append(f"You asked on {letter.asked_on}")
    reference = " Please give your reference." if letter.their_reference else ""
    body = [*letter.answer, *letter.ending, f"Contact: {letter.contact}.{reference}"]
    return {
        "title": "Your request for information",
        "author": author,
        "language": "en",
        "layout": str(Layout.STANDARD),
        "sections": [{"heading": "", "blocks": [{"text": text} for text in [*head, *body]]}],
    }
