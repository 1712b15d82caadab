"""Settings from the environment; every error says how to correct it."""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from accounts.sign_on import configured
from accounts.sign_on.configured import Provider

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}
KEY_LENGTH = 50
CONNECT_SECONDS = 4
BAD_DATABASE = (
    "DATABASE_URL must be an address such as postgres://user:password@localhost:5432/safeguarding "
    "or sqlite:////srv/safeguarding/db.sqlite3. Write special characters of a password as %XX."
)
MAIL_PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
BAD_MAIL = (
    "EMAIL_URL must be an address such as smtps://user:password@mail.example.org:465, smtp:// for STARTTLS, or "
    "smtp+plain://localhost:25 for a server on this machine. Write special characters of a password as %XX."
)


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


def text(name: str) -> str:
    return os.environ.get(name, "").strip()


def one_of(name: str, options: tuple[str, ...]) -> str:
    """One of these, in any case; the first when it is left out."""
    value = text(name) or options[0]
    found = next((option for option in options if option.lower() == value.lower()), None)
    if found is None:
        raise ImproperlyConfigured(f"{name} is '{value}'. Set it to one of {', '.join(options)}, or leave it out.")
    return found


def path(name: str, default: Path) -> Path:
    return Path(text(name)) if text(name) else default


def folder(name: str) -> Path | None:
    """A folder that somebody made: one made by mistake would be on the wrong disk."""
    found = Path(text(name)) if text(name) else None
    if found and not found.is_dir():
        raise ImproperlyConfigured(f"{name} is '{found}', which is no folder. Make it first, or leave {name} out.")
    return found


def web_address(name: str) -> str:
    value = text(name)
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
        raise ImproperlyConfigured(f"{name} must be an address such as https://tsa.example.org/tsr, or left out.")
    return value


@dataclass(frozen=True)
class MailAddress:
    """Where emails are handed in; no host when there is none."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls_at_once: bool = False
    starttls: bool = False


def mail_server() -> MailAddress:
    """EMAIL_URL: `smtps` speaks TLS from the first, `smtp` by STARTTLS, `smtp+plain` never, for this machine only."""
    url = text("EMAIL_URL")
    if not url:
        return MailAddress()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or MAIL_PORTS[parts.scheme]
    except (ValueError, KeyError):  # never the URL itself, because it contains a password
        raise ImproperlyConfigured(BAD_MAIL) from None
    if not host or (parts.scheme == "smtp+plain" and host not in THIS_MACHINE):
        raise ImproperlyConfigured(BAD_MAIL)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailAddress(host, port, user, password, parts.scheme == "smtps", parts.scheme == "smtp")


def sign_on() -> tuple[Provider, ...]:
    """SIGN_ON and what belongs to each of its names: docs/sign-on.md."""
    try:
        return configured.read(os.environ)
    except configured.Mistake as mistake:
        raise ImproperlyConfigured(str(mistake)) from None


def data_folder(path: Path) -> Path:
    """The folder for everything that is not code, closed to other users of the machine."""
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {path} cannot be made ({error.strerror}). Make it, and give it to the user the site runs as."
        ) from error
    return path


def secret_key(var: Path) -> str:
    """SECRET_KEY, or a key generated once and stored in var/secret_key (mode 600)."""
    return _keys_of("SECRET_KEY", [os.environ.get("SECRET_KEY", "")], var / "secret_key")[0]


def second_factor_keys(var: Path) -> list[str]:
    """SECOND_FACTOR_KEYS, newest first, or the lines of var/second_factor_key, which is made as the secret key is."""
    return _keys_of("SECOND_FACTOR_KEYS", words("SECOND_FACTOR_KEYS"), var / "second_factor_key")


def _keys_of(name: str, given: list[str], path: Path) -> list[str]:
    if any(given):
        if any(len(key) < KEY_LENGTH for key in given):
            raise ImproperlyConfigured(f"{name} is shorter than 50 characters. Make a longer one, or leave it out.")
        return given
    try:
        if not path.exists():
            make_key(path)
        keys = path.read_text().split()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be made or read ({error.strerror}). Set {name}, or let the site write to {path.parent}."
        ) from error
    if not keys or any(len(key) < KEY_LENGTH for key in keys):
        raise ImproperlyConfigured(f"{path} does not hold a key. Delete it and start again.")
    return keys


def make_key(path: Path) -> None:
    """Write a new key. Two processes may start at once: the first to link its whole file wins, and both read that."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # mkstemp makes it mode 600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def database(var: Path) -> dict[str, Any]:
    """DATABASE_URL (postgres or sqlite), or SQLite in var/db.sqlite3.

    SQLite is opened so that a killed process loses nothing and concurrent writers wait: docs/adr/0003-two-engines.md.
    """
    url = os.environ.get("DATABASE_URL", "").strip() or f"sqlite:///{var / 'db.sqlite3'}"
    try:
        if urlsplit(url).scheme not in {"postgres", "postgresql", "sqlite"}:
            raise ImproperlyConfigured(BAD_DATABASE)
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError:  # never the URL itself, because it contains a password
        raise ImproperlyConfigured(BAD_DATABASE) from None
    if not config["NAME"]:
        raise ImproperlyConfigured(BAD_DATABASE)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            # As many as the pages have: the driver's own 128 are forgotten before they are asked again.
            "cached_statements": 1000,
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    else:
        # Each page asks short questions; compiling one for speed takes longer than any of them.
        options = config.setdefault("OPTIONS", {})
        # People wait for an answer, also when the server does not say that it is away.
        options.setdefault("connect_timeout", CONNECT_SECONDS)
        options["options"] = f"{options.get('options', '')} -c jit=off".strip()
    return config
