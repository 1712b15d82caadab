"""What is in deploy/ names things that exist: commands, settings, paths, one proxy written twice."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"(?:manage\.py|deploy/manage(?: --owner)?) ([a-z]\w+)")
TIMED = DEPLOY / "timed"
RUN_THERE = sorted([*DEPLOY.glob("systemd/*.service"), *DEPLOY.glob("container/*.sh"), TIMED])
PAGES = [ROOT / "docs" / name for name in ("production.md", "upgrade.md", "restore.md", "troubleshooting.md")]


@pytest.mark.parametrize("path", [*RUN_THERE, *PAGES], ids=lambda path: path.name)
def test_each_command_exists(path: Path) -> None:
    named = set(COMMAND.findall(path.read_text(encoding="utf-8")))
    assert named <= set(get_commands())
    if path in PAGES or path.name in {"safeguarding-backup.service", "timed", "migrate.sh"}:
        assert named


@pytest.mark.parametrize("name", ["site.env", "owner.env", "container/compose.yaml"])
def test_each_setting_is_in_the_readme(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    settings = set(re.findall(r"^(?:# | {4})?([A-Z_]{4,})[=:]", text, re.MULTILINE))
    assert settings
    assert [setting for setting in sorted(settings) if f"`{setting}`" not in README] == []


def test_what_the_database_script_includes_is_there_for_the_container() -> None:
    included = re.findall(r"^\\ir (\S+)", (DEPLOY / "postgresql.sql").read_text(encoding="utf-8"), re.MULTILINE)
    compose = (DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8")
    assert included
    assert [name for name in included if f"../{name}:/{name}:ro" not in compose] == []
    # From standard input it would be looked for where the shell is.
    assert "-f deploy/postgresql.sql" in PAGES[0].read_text(encoding="utf-8")


def test_timer_of_the_containers_does_what_the_units_do() -> None:
    units = "".join(path.read_text(encoding="utf-8") for path in DEPLOY.glob("systemd/*.service"))
    timer = (DEPLOY / "container" / "timer.sh").read_text(encoding="utf-8")
    named = re.compile(r"deploy/timed (\w+)")
    assert set(named.findall(units)) == set(named.findall(timer)) == {"due", "nightly"}


def timed(folder: Path, word: str, **settings: str) -> tuple[int, list[str]]:
    """What deploy/timed runs, where the first command fails, and how it ends."""
    python = folder / "python"
    python.write_text('#!/bin/sh\necho "$2"\n[ "$2" != checkpoint ] && [ "$2" != clear_old ]\n')
    python.chmod(0o755)
    given = {"PATH": f"{folder}:{os.environ['PATH']}", **settings}
    done = subprocess.run([TIMED, word], env=given, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout.split()


def test_one_that_fails_keeps_no_other_from_being_done(tmp_path: Path) -> None:
    mail = {"EMAIL_URL": "smtps://mail.test", "REMINDERS": "1"}
    assert timed(tmp_path, "due", **mail) == (1, ["checkpoint", "mail_checkpoints", "send_reminders"])
    assert timed(tmp_path, "nightly") == (1, ["clear_old", "verify_ledger"])
    assert timed(tmp_path, "weekly") == (2, [])


def test_a_site_without_mail_does_not_fail_every_quarter_of_an_hour(tmp_path: Path) -> None:
    assert timed(tmp_path, "due")[1] == ["checkpoint"]
    assert timed(tmp_path, "due", EMAIL_URL="smtps://mail.test", REMINDERS="0")[1] == ["checkpoint", "mail_checkpoints"]


def test_each_unit_with_a_timer_has_both() -> None:
    units = {path.stem for path in DEPLOY.glob("systemd/*.service")} - {"safeguarding"}
    assert units == {path.stem for path in DEPLOY.glob("systemd/*.timer")}
    page = PAGES[0].read_text(encoding="utf-8")
    assert [unit for unit in sorted(units) if f"`{unit}`" not in page or f"{unit}.timer" not in page] == []


def test_the_containers_proxy_is_the_same() -> None:
    ours = (DEPLOY / "nginx.conf").read_text(encoding="utf-8").splitlines()[1:]
    theirs = (DEPLOY / "container" / "nginx.conf.template").read_text(encoding="utf-8").splitlines()[1:]
    # Between containers of one machine there is no certificate, and so none to know.
    ours = [line for line in ours if "proxy_ssl_" not in line]
    for there, here in (
        ("${HOST}", "decisions.example.org"),
        ("/etc/nginx/tls/decisions.pem", "/etc/ssl/certs/decisions.pem"),
        ("/etc/nginx/tls/decisions.key", "/etc/ssl/private/decisions.key"),
        ("http://site:8000", "https://127.0.0.1:8000"),
    ):
        theirs = [line.replace(there, here) for line in theirs]
    assert theirs == ours


def test_the_proxy_takes_what_the_site_takes() -> None:
    megabytes = int(re.findall(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))[0])
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= megabytes * 1_000_000 <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 2


def test_the_proxy_hands_over_whole_requests_and_keeps_them_in_memory() -> None:
    """Who sends a byte a second would keep one of the site's threads; what people type belongs in no file of nginx."""
    values = dict(re.findall(r"^ +(\w+) (\w+);", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"), re.MULTILINE))
    assert values["proxy_request_buffering"] == "on"
    assert values["client_body_buffer_size"] == values["client_max_body_size"]
