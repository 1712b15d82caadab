"""No log line has a word that somebody typed, whatever goes wrong with it."""

import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.db import DatabaseError, IntegrityError
from django.test import RequestFactory

from safeguarding import logs
from safeguarding.logs import JsonLines, RequestNumber, WithoutWords, log_what_nobody_catches

CANARY = "zq00017qz"


def _key() -> None:
    found: dict[str, str] = {}
    found[CANARY]


def _number() -> None:
    int(CANARY)


def _text() -> None:
    (CANARY.encode() + b"\xff").decode()


def _json() -> None:
    json.loads(f"{{{CANARY}")


def _while_handling() -> None:
    try:
        _number()
    except ValueError as error:
        raise RuntimeError(f"not {CANARY}") from error


def _noted() -> None:
    error = ValueError("nothing")
    error.add_note(CANARY)
    raise error


def _grouped() -> None:
    raise ExceptionGroup(CANARY, [ValueError(CANARY)])


FAULTS = (_key, _number, _text, _json, _while_handling, _noted, _grouped)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the site's own handler writes, for the time of a test."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging_of_site: Any = settings.LOGGING
    wanted = logging_of_site["formatters"]["plain"]
    assert wanted["()"] == "safeguarding.logs.WithoutWords"
    handler.setFormatter(WithoutWords(wanted["format"], style=wanted["style"]))
    handler.addFilter(RequestNumber())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def raised(fault: Callable[[], None]) -> Exception:
    with pytest.raises(Exception) as found:  # noqa: PT011 - each has its own
        fault()
    return found.value


@pytest.mark.parametrize("fault", FAULTS)
def test_a_view_that_fails_is_logged_by_kind_and_place(lines: io.StringIO, fault: Callable[[], None]) -> None:
    try:
        fault()
    except Exception as found:  # noqa: BLE001 - as Django does
        error = found
        response_for_exception(RequestFactory().get("/a/page/"), error)
    said = lines.getvalue()
    assert "Internal Server Error: /a/page/" in said
    assert type(error).__name__ in said
    assert f"{__file__}:" in said
    assert f"in {fault.__name__}" in said
    assert CANARY not in said


def test_a_formatter_before_leaves_nothing_for_this_one(lines: io.StringIO) -> None:
    first = logging.StreamHandler(io.StringIO())
    first.setFormatter(logging.Formatter())
    log = logging.getLogger("safeguarding.tried")
    log.addHandler(first)
    try:
        raised_error = raised(_number)
        log.error("It failed", exc_info=raised_error)
    finally:
        log.removeHandler(first)
    assert "It failed\n" in lines.getvalue()
    assert CANARY not in lines.getvalue()


def test_a_database_error_that_is_named_in_a_message_loses_its_words(lines: io.StringIO) -> None:
    cause = DatabaseError(f"DETAIL: Key (name)=({CANARY}) already exists.")
    error = IntegrityError(str(cause))
    error.__cause__ = cause
    logging.getLogger("safeguarding.tried").error("Not stored: %s", error)
    assert "Not stored: django.db.utils.IntegrityError" in lines.getvalue()
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize("hook", ["excepthook", "unraisablehook", "threading"])
def test_what_nobody_catches_is_logged_too(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], hook: str
) -> None:
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    log_what_nobody_catches()
    error = raised(_while_handling)
    if hook == "excepthook":
        sys.excepthook(type(error), error, error.__traceback__)
    elif hook == "threading":
        threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
    else:

        class Ended:
            exc_type, exc_value, exc_traceback = type(error), error, error.__traceback__

        sys.unraisablehook(Ended())  # type: ignore[arg-type]
    assert "Ended by an exception" in lines.getvalue()
    assert CANARY not in lines.getvalue() + "".join(capsys.readouterr())


def test_at_a_terminal_python_says_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    before = sys.excepthook
    log_what_nobody_catches()
    assert sys.excepthook is before


def test_nothing_is_emailed_and_every_handler_is_ours() -> None:
    names = ["", "django", "django.request", "django.server", "gunicorn.error", "gunicorn.access"]
    for name in names[:3] + names[4:]:
        for handler in logging.getLogger(name).handlers:
            if "pytest" not in type(handler).__module__:
                assert isinstance(handler.formatter, WithoutWords), (name, handler)
    assert not logging.getLogger("django.db.backends").isEnabledFor(logging.INFO)
    assert not settings.DEBUG
    assert logs.log.name == "safeguarding.logs"


def test_a_host_that_is_refused_is_cut_and_begins_no_line(lines: io.StringIO) -> None:
    sent = "evil.test\r\n2026-11-30 ERROR - site Forged\x1b[2J\u202e" + "x" * 5_000
    request = RequestFactory().get("/", headers={"host": sent})
    with pytest.raises(DisallowedHost) as refused:
        request.get_host()
    response_for_exception(request, refused.value)
    line, *place = lines.getvalue().splitlines()
    assert "Invalid HTTP_HOST header: 'evil.test" in line
    assert len(line) < 350
    assert "characters)" in line
    assert all(one.startswith(("  /", "django.core.exceptions.")) for one in place), place


@pytest.mark.parametrize("formatter", [WithoutWords(), JsonLines()])
def test_no_message_begins_a_line_or_turns_what_follows(formatter: WithoutWords) -> None:
    sent = "first\r\n2026-11-30 ERROR forged\x1b[2J\u2028\u202e \x85 é"
    record = logging.LogRecord("site", logging.ERROR, __file__, 1, "It was %s", (sent,), None)
    text = formatter.format(record)
    shown = json.loads(text)["message"] if isinstance(formatter, JsonLines) else text
    assert shown == "It was first\\r\\n2026-11-30 ERROR forged\\x1b[2J\\u2028\\u202e \\x85 é"
    assert "error" not in (json.loads(text) if isinstance(formatter, JsonLines) else {})


def test_a_line_of_json_has_the_same_words_and_no_more() -> None:
    error = raised(_while_handling)
    record = logging.LogRecord("site", logging.ERROR, __file__, 1, "It %s", ("failed",), (type(error), error, None))
    line = json.loads(JsonLines().format(record))
    assert (line["level"], line["logger"], line["message"], line["request"]) == ("ERROR", "site", "It failed", "-")
    assert line["error"][-1].startswith("builtins.ValueError")
    assert CANARY not in json.dumps(line)
