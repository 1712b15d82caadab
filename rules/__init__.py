"""The rules of a sound decision: pure Python, without Django, a database or a clock (ADR 0009)."""
