"""Reads settings from the environment; every error says how to mend it."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def flag(name: str) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is '{value}'. Set it to 1 or 0, or leave it out.")


def whole_number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is '{value}'. Set it to a whole number, such as {default}.")
    return int(value)


def words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def secret_key(var: Path) -> str:
    """SECRET_KEY, or a key made once and kept in var/secret_key (mode 600)."""
    given = os.environ.get("SECRET_KEY", "")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters. Make a longer one, or leave it out.")
        return given
    path = var / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text().strip()
        if len(key) < 50:
            raise ImproperlyConfigured(f"{path} does not hold a key. Delete it and start again.") from None
        return key
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key


def database(var: Path) -> dict[str, Any]:
    """DATABASE_URL (postgres or sqlite), or SQLite in var/db.sqlite3.

    SQLite is opened so that a killed process loses nothing and two writers
    wait for each other: docs/adr/0003-two-engines.md.
    """
    url = os.environ.get("DATABASE_URL", "").strip() or f"sqlite:///{var / 'db.sqlite3'}"
    if urlsplit(url).scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must start with postgres:// or sqlite:///, "
            "such as postgres://user:password@localhost:5432/safeguarding."
        )
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["CONN_MAX_AGE"] = 0
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    return config
