"""Makes docs/pictures from the demonstration: a database and a server of its own, filled, looked at, thrown away.

.venv/bin/python docs/pictures.py
"""
# ruff: noqa: INP001, S603  (a script beside the papers; it starts our own server)

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
# For the length of this script, on this machine, for invented people.
PASSWORD = "lantern-orchard-37"  # noqa: S105
DESK, PHONE = (900, 640), (375, 700)
LARGEST, LARGEST_TOGETHER = 120_000, 800_000
PATIENCE = 60


def fill() -> dict[str, str]:
    """Seeds the demonstration, adds a draft about half way, and says where what is pictured stands."""
    import django  # noqa: PLC0415  (after the environment is set)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from decisions.models import Decision  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed_demo")
    by = User.objects.get(email="practitioner@demo.test")
    words, draft = (
        half_way(by, name, timezone.now(), to) for name, to in (("Penrose", "consent"), ("Ashdown", "information"))
    )
    shared = Decision.objects.recorded().filter(organisation=by.organisation, reviews=None, outcome="SHARED_PART")[0]
    return {"words": str(words.public_id), "draft": str(draft.public_id), "recorded": str(shared.public_id)}


def half_way(by: "User", name: str, at: datetime, to: str) -> "Decision":  # type: ignore[name-defined]  # noqa: F821  (known once Django is)
    """S01 for another family, up to that page."""
    from drafting.actions import save_page, start  # noqa: PLC0415
    from drafting.draft import load  # noqa: PLC0415
    from drafting.steps import step_on_path  # noqa: PLC0415
    from safeguarding.demo import stories  # noqa: PLC0415
    from safeguarding.demo.filling import filled_page  # noqa: PLC0415
    from safeguarding.demo.organisations import SeededOrganisation  # noqa: PLC0415
    from safeguarding.demo.records import family_of  # noqa: PLC0415

    team = by.memberships.get().team
    made = SeededOrganisation(by, by, team, (by,), public=True)
    family = family_of(made, name, stories.BRUISE_PEOPLE, at - timedelta(hours=1))
    decision = start(entry_route="DECIDING", team=team, family=family, by=by, at=at)
    story, draft = stories.refused_and_shared(at), load(decision, by)
    keys = ["people", "concern", "request", "outcome", "consent", "information"]
    for key in keys[: keys.index(to) + 1]:
        step = step_on_path(draft, key)
        if step is None:
            raise SystemExit(f"{key} is not one of the steps any more")
        page = step.page(draft, filled_page(draft, key, story[key]))
        if not page.is_valid():
            raise SystemExit(f"{key}: {[form.errors for form in page.forms if form.errors]}")
        draft = save_page(page=page, version=draft.version(step.page.key), by=by, at=at)
    return draft.decision


@contextmanager
def served() -> "Iterator[str]":
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "safeguarding.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4",
               "--worker-class", "gthread", "--no-control-socket", "--log-level", "warning"]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        site = f"http://127.0.0.1:{port}"
        until = time.monotonic() + PATIENCE
        while not answers(f"{site}/health/"):
            if time.monotonic() > until or server.poll() is not None:
                raise SystemExit("The demonstration did not start; the lines above say why.")
            time.sleep(0.2)
        yield site
    finally:
        server.terminate()
        server.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310  (our own)
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False


def signed_in(browser: "Browser", site: str, login: str, size: tuple[int, int]) -> "Page":
    width, height = size
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Email address").fill(f"{login}@demo.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Home", level=1).wait_for()
    return page


def take(page: "Page", name: str, path: str, *, height: int = DESK[1], begin: str = "h1", tick: str = "") -> None:
    """What stands on the screen from there on, with that box ticked."""
    width = page.viewport_size["width"] if page.viewport_size else DESK[0]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path)
    if tick:
        page.locator(tick).check()
    if begin:
        page.locator(begin).first.evaluate("one => one.scrollIntoView()")
    page.screenshot(path=PICTURES / f"{name}.png")


def main() -> None:
    sys.path.insert(0, str(ROOT))
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "safeguarding.settings", "DEMO": "1", "DEMO_PASSWORD": PASSWORD,
            "DATABASE_URL": f"sqlite:///{folder}/pictures.sqlite3",
        }  # fmt: skip
        where = fill()
        with served() as site:
            photograph(site, where)
    sizes = {path.name: path.stat().st_size for path in sorted(PICTURES.glob("*.png"))}
    print("\n".join(f"{size // 1000:4} kB  {name}" for name, size in sizes.items()))  # noqa: T201
    if max(sizes.values()) > LARGEST or sum(sizes.values()) > LARGEST_TOGETHER:
        raise SystemExit("A picture is too large: show less of the page.")


def photograph(site: str, where: dict[str, str]) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.browser.conftest import FLAGS, executable  # noqa: PLC0415

    words, draft, recorded = (f"{site}/decisions/{where[one]}" for one in ("words", "draft", "recorded"))
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=executable(), args=[*sandbox, *FLAGS, "--disable-lcd-text"]
        )
        worker = signed_in(browser, site, "practitioner", DESK)
        take(worker, "home", f"{site}/", begin="")
        take(worker, "start", f"{site}/decisions/start/", height=800)
        take(worker, "information", f"{words}/draft/information/", height=800, begin="main form")
        take(worker, "lawful-basis", f"{draft}/draft/legal_basis/")
        take(worker, "decision", f"{recorded}/", begin=".app-caption")
        take(worker, "log", f"{site}/decisions/")
        supervisor = signed_in(browser, site, "supervisor", DESK)
        take(supervisor, "review", f"{site}/reviews/{where['recorded']}/", begin=".app-caption")
        take(supervisor, "figures", f"{site}/reports/", begin=".app-panel:has(.app-panel__chart)")
        take(
            signed_in(browser, site, "practitioner", PHONE),
            "urgent-on-a-phone",
            f"{site}/decisions/urgent/?entry_route=TOLD",
            height=PHONE[1],
        )
        browser.close()


if __name__ == "__main__":
    main()
