"""Settings from the environment: what is accepted, and what a person is told otherwise."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from safeguarding import environment
from safeguarding.environment import MailAddress


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "A_SETTING"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_flag_on(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_SETTING", value)
    assert environment.flag("A_SETTING") is True


@pytest.mark.parametrize("value", ["", "0", "False", "no", "off"])
def test_flag_off(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_SETTING", value)
    assert environment.flag("A_SETTING") is False


def test_flag_left_out_is_off() -> None:
    assert environment.flag("A_SETTING") is False


def test_unclear_flag_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "maybe")
    with pytest.raises(ImproperlyConfigured, match=r"A_SETTING is 'maybe'\. Set it to 1 or 0, or leave it out\."):
        environment.flag("A_SETTING")


@pytest.mark.parametrize(("value", "number"), [("", 7), ("0", 0), (" 12 ", 12)])
def test_whole_number(monkeypatch: pytest.MonkeyPatch, value: str, number: int) -> None:
    monkeypatch.setenv("A_SETTING", value)
    assert environment.whole_number("A_SETTING", 7) == number


@pytest.mark.parametrize("value", ["-1", "one", "1.5", "1e3"])
def test_bad_number_is_refused_with_an_example(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_SETTING", value)
    with pytest.raises(ImproperlyConfigured, match=r"A_SETTING is .* Set it to a whole number, such as 7\."):
        environment.whole_number("A_SETTING", 7)


@pytest.mark.parametrize(("value", "parts"), [("", []), ("a", ["a"]), (" a , b ,, ", ["a", "b"])])
def test_words(monkeypatch: pytest.MonkeyPatch, value: str, parts: list[str]) -> None:
    monkeypatch.setenv("A_SETTING", value)
    assert environment.words("A_SETTING") == parts


def test_data_folder_is_closed_to_others(tmp_path: Path) -> None:
    folder = environment.data_folder(tmp_path / "var")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_data_folder_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x")
    assert environment.data_folder(tmp_path) == tmp_path
    assert (tmp_path / "kept").exists()


def test_data_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match=r"cannot be made .* Make it, and give it to the user"):
        environment.data_folder(tmp_path / "file" / "var")


def test_a_folder_outside_is_never_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A disk that is not there yet would be filled beside itself."""
    assert environment.folder("A_SETTING") is None
    monkeypatch.setenv("A_SETTING", str(tmp_path))
    assert environment.folder("A_SETTING") == tmp_path
    monkeypatch.setenv("A_SETTING", str(tmp_path / "not there"))
    with pytest.raises(ImproperlyConfigured, match="Make it first, or leave A_SETTING out"):
        environment.folder("A_SETTING")


@pytest.mark.parametrize("value", ["", "https://tsa.test/tsr", "http://127.0.0.1:8/"])
def test_a_web_address(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_SETTING", value)
    assert environment.web_address("A_SETTING") == value


@pytest.mark.parametrize("value", ["tsa.test", "file:///etc/passwd", "https://", "ftp://tsa.test/"])
def test_what_is_no_web_address_says_so(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_SETTING", value)
    with pytest.raises(ImproperlyConfigured, match="A_SETTING must be an address such as https://"):
        environment.web_address("A_SETTING")


def test_given_key_is_used_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 50)
    assert environment.secret_key(tmp_path) == "k" * 50
    assert list(tmp_path.iterdir()) == []


def test_short_given_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 49)
    with pytest.raises(ImproperlyConfigured, match="shorter than 50 characters"):
        environment.secret_key(tmp_path)


def test_made_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    key = environment.secret_key(tmp_path)
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert environment.secret_key(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_two_folders_have_two_keys(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert environment.secret_key(tmp_path / "one") != environment.secret_key(tmp_path / "two")


def test_many_first_starts_at_once_agree_on_one_whole_key(tmp_path: Path) -> None:
    together = Barrier(16)

    def start(_: int) -> str:
        together.wait()
        return environment.secret_key(tmp_path)

    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(start, range(16)))
    assert keys == {(tmp_path / "secret_key").read_text()}


def test_the_loser_of_the_race_takes_the_winners_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    link = os.link

    def other_process_was_faster(name: str, path: Path) -> None:
        path.write_text("w" * 60)
        link(name, path)

    monkeypatch.setattr(os, "link", other_process_was_faster)
    assert environment.secret_key(tmp_path) == "w" * 60
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("content", ["", "short", "\n" * 80])
def test_broken_key_file_is_refused_and_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret_key").write_text(content)
    with pytest.raises(ImproperlyConfigured, match=r"secret_key does not hold a key\. Delete it and start again\."):
        environment.secret_key(tmp_path)


def test_key_that_cannot_be_kept_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY, or let the site write to"):
        environment.secret_key(tmp_path / "missing")


def test_database_is_a_file_by_default(tmp_path: Path) -> None:
    config = environment.database(tmp_path)
    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == str(tmp_path / "db.sqlite3")


def test_sqlite_writers_wait_and_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    options = environment.database(tmp_path)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 20
    for pragma in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgres_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scheme: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://ada:p%40ss@db.test:5433/cases")
    config = environment.database(tmp_path)
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert [config[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        *("cases", "ada", "p@ss", "db.test", 5433)
    ]
    assert config["CONN_HEALTH_CHECKS"] is True
    assert config["OPTIONS"] == {"connect_timeout": 4, "options": "-c jit=off"}


def test_postgres_keeps_options_of_the_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(
        "DATABASE_URL",
        "postgres://ada@db.test/cases?sslmode=require&connect_timeout=2&options=-c%20statement_timeout=9s",
    )
    options = environment.database(tmp_path)["OPTIONS"]
    assert options == {"sslmode": "require", "connect_timeout": 2, "options": "-c statement_timeout=9s -c jit=off"}


@pytest.mark.parametrize(
    "address",
    [
        "mysql://ada:hunter2@db.test/cases",
        "db.sqlite3",
        "postgres://ada:hunter2@db.test:port/cases",
        "postgres://ada:hunter2[@db.test/cases",
        "postgres://ada:hunter2@db.test/",
        "postgres://ada:hunter2@db.test",
        "://",
    ],
)
def test_bad_address_is_refused_without_repeating_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be an address such as postgres://") as refused:
        environment.database(tmp_path)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", MailAddress()),
        ("smtps://mail.test", MailAddress("mail.test", 465, tls_at_once=True)),
        ("smtps://ada:p%40ss@mail.test:4650", MailAddress("mail.test", 4650, "ada", "p@ss", tls_at_once=True)),
        ("smtp://ada%40north.test:x@mail.test", MailAddress("mail.test", 587, "ada@north.test", "x", starttls=True)),
        ("smtp+plain://localhost", MailAddress("localhost", 25)),
        ("smtp+plain://127.0.0.1:2525", MailAddress("127.0.0.1", 2525)),
    ],
)
def test_mail_server(monkeypatch: pytest.MonkeyPatch, url: str, expected: MailAddress) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    assert environment.mail_server() == expected


@pytest.mark.parametrize(
    "url",
    ["mail.test", "imap://mail.test", "smtps://", "smtp://ada:hunter2@", "smtp://ada:hunter2@mail.test:port",
     "smtp://ada:hunter2[@mail.test", "smtp+plain://ada:hunter2@mail.test"],
)  # fmt: skip
def test_bad_mail_server_is_refused_without_repeating_its_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """A password travels to another machine by TLS only."""
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must be an address such as smtps://") as refused:
        environment.mail_server()
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(("value", "found"), [("", "plain"), ("json", "json"), (" JSON ", "json")])
def test_one_of(monkeypatch: pytest.MonkeyPatch, value: str, found: str) -> None:
    monkeypatch.setenv("A_SETTING", value)
    assert environment.one_of("A_SETTING", ("plain", "json")) == found


def test_none_of_them_is_refused_with_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "xml")
    with pytest.raises(
        ImproperlyConfigured, match=r"A_SETTING is 'xml'\. Set it to one of plain, json, or leave it out\."
    ):
        environment.one_of("A_SETTING", ("plain", "json"))
