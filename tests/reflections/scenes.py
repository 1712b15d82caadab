"""Reflections for tests, past no action: as their author writes them."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from decisions.models import Decision
from reflections.actions import start_reflection
from reflections.models import Reflection
from reflections.questions import WORDS

EMPTY: Mapping[str, str] = dict.fromkeys(WORDS, "")


def words(**answers: str) -> dict[str, str]:
    return {**EMPTY, "what_happened": "I called the duty desk.", **answers}


def reflection(by: User, decision: Decision | None = None, **answers: str) -> Reflection:
    return start_reflection(decision=decision, words=words(**answers), submission_id=uuid4(), by=by, at=timezone.now())


def typed(**answers: Any) -> dict[str, Any]:
    """What the page sends."""
    return {**words(**answers), "version": answers.get("version", "0")}
