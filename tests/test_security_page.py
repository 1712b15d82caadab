"""docs/security.md says what the code has, and names files that are there."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from accounts.password_rules import FEWEST_LEFT, WORDS

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
pytestmark = pytest.mark.sqlite


def test_what_it_names_is_there() -> None:
    named = re.findall(r"`((?:tests|deploy|safeguarding|docs)/[\w./-]+)`", PAGE)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_words_of_no_password_are_those_of_the_code() -> None:
    [listed] = re.findall(r"of the organisation's name, and ([^.]+)\.", PAGE)
    assert tuple(re.split(r",\s+|\s+and\s+", listed)) == WORDS
    assert f"{FEWEST_LEFT} letters must be" in PAGE


def test_sessions_last_as_it_says() -> None:
    minutes, hours = settings.IDLE_SECONDS // 60, settings.SESSION_COOKIE_AGE // 3600
    assert f"{minutes} minutes without use, {hours} hours in any case" in PAGE
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE


def test_the_proxy_holds_too_many_requests_as_it_says() -> None:
    rates = re.findall(r"zone=(\w+):10m rate=(\d+)r/s", NGINX)
    bursts = dict(re.findall(r"limit_req zone=(\w+) burst=(\d+) nodelay", NGINX))
    said = {(name, rate, bursts[name]) for name, rate in rates}
    [(session, first, address, second)] = re.findall(
        r"a session have (\d+)\s+requests a second after (\d+) at once, an address (\d+) after (\d+)", PAGE
    )
    assert said == {("session", session, first), ("address", address, second)}


def test_every_log_is_in_the_list() -> None:
    """One handler, to standard error: whoever adds another says where it is kept."""
    logs: Any = settings.LOGGING
    handlers = logs["handlers"]
    assert [handler["class"] for handler in handlers.values()] == ["logging.StreamHandler"]
    used = {name for logger in logs["loggers"].values() for name in logger["handlers"]}
    assert used <= set(handlers)
    assert "one handler, on standard error" in PAGE


@pytest.mark.parametrize("name", ["secret_key", "second_factor_key", "ledger_key", "witness_key"])
def test_every_key_is_in_the_list(name: str) -> None:
    assert f"`{name}`" in PAGE.partition("## 4.")[2].partition("## 5.")[0]
