"""PostgreSQL is stopped, then its disk is full: who leaves, what is kept, and that the site comes back alone.

    python -m benchmarks.away

The disk is a tmpfs of 400 MB, which needs root. docs/robustness.md has the figures.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.live_site import LiveSite, live_site
from benchmarks.scale import say

if TYPE_CHECKING:
    from benchmarks.live_client import Answer
    from tests.test_access_matrix import Scene

MEGABYTES, WITHIN, AWAY, LEFT = 400, 5.0, 503, 800_000
WORDS = "He said: <b>not</b> to tell. "


def main() -> int:
    with _small_disk() as disk, live_site("away", folder=disk) as live:
        from tests.test_access_matrix import whole_scene  # noqa: PLC0415  models need Django

        scene, faults = whole_scene(), list[str]()
        with live.served():
            faults += stopped(live, scene)
            faults += full(live, scene, disk)
            faults += sound(live)
    say(f"faults: {faults or 'none'}")
    return 1 if faults else 0


@contextmanager
def _small_disk() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="safeguarding-disk-", dir="/tmp"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", folder], check=True)  # noqa: S603, S607
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)  # noqa: S603, S607
        folder.rmdir()


def urgent(live: LiveSite, session: str, words: str) -> "Answer":
    from benchmarks.live_client import CSRF_SECRET, post  # noqa: PLC0415

    sent = {"csrfmiddlewaretoken": CSRF_SECRET, "who": "A boy", "information": words, "recipient": "Police, 999",
            "why": "He is gone", "how": "By phone", "when": "now", **_team(live, session)}  # fmt: skip
    return post(live.port, "/decisions/urgent/", urlencode(sent).encode(), session)


_teams: dict[str, dict[str, str]] = {}


def _team(live: LiveSite, session: str) -> dict[str, str]:
    """What the page itself would send, such as the only team there is."""
    from benchmarks.kill_people import shown  # noqa: PLC0415
    from benchmarks.live_client import get  # noqa: PLC0415

    if session not in _teams:
        page = shown(get(live.port, "/decisions/urgent/", session))
        _teams[session] = {name: page[name][0] for name in ("team",) if name in page}
    return _teams[session]


def stopped(live: LiveSite, scene: "Scene") -> list[str]:
    """The database away: who leaves is gone, who sends a form keeps it, and all of it follows."""
    from audit.models import LedgerEntry  # noqa: PLC0415
    from benchmarks.live_client import get, post, session_of  # noqa: PLC0415

    leaver, sender = session_of(scene.cast.supervisor), session_of(scene.cast.practitioner)
    _team(live, sender)
    before = LedgerEntry.objects.filter(event="account.quick_leave").count()
    live.server.stop("immediate")
    left = post(live.port, "/leave/", b"", leaver)
    sent, again = urgent(live, sender, WORDS), post(live.port, "/sign-in/", b"login=a@b.test&password=x", "")
    health = live.health()
    live.server.start()
    took = live.wait()
    dead = get(live.port, "/password/", leaver)
    kept = urgent(live, sender, WORDS)
    _forget()
    after = LedgerEntry.objects.filter(event="account.quick_leave").count()
    for what, answer in {"leave": left, "form": sent, "sign-in": again}.items():
        say(f"stopped, {what}: {answer.status} in {answer.seconds:.2f} s")
    say(f"back after {took:.1f} s; the session left: {dead.status} {dead.location[:20]}; sent again: {kept.status}")
    return _wrong({
        "quick leave": left.status == 303 and left.location == "/goodbye/" and left.seconds < WITHIN,  # noqa: PLR2004
        "it clears the browser": "cache" in left.headers.get("clear-site-data", ""),
        "a form is kept": is_kept(sent), "health": health == AWAY, "sign-in": again.status in {AWAY, 403},
        "the session is dead": dead.location.startswith(("/sign-in/", "/goodbye/")),
        "its entry followed": after == before + 1, "sent again": kept.status in {302, 303},
    })  # fmt: skip


def full(live: LiveSite, scene: "Scene", disk: Path) -> list[str]:
    """Records until the disk takes no more; makes room; and counts what was acknowledged."""
    from benchmarks.live_client import session_of  # noqa: PLC0415
    from decisions.models import UrgentRecord  # noqa: PLC0415

    session, acknowledged, refused = session_of(scene.cast.practitioner), list[str](), list["Answer"]()
    _forget()
    with live.server.kept_up():
        filler = disk / "filler"
        _fill(filler)
        for number in range(400):
            words = f"token-{number}. " + WORDS * 120
            answer = urgent(live, session, words)
            if answer.status in {302, 303}:
                acknowledged.append(f"token-{number}.")
            elif len(refused) < 20:  # noqa: PLR2004
                refused.append(answer)
            else:
                break
        filler.unlink()
        start = time.monotonic()
        live.wait()
        came = urgent(live, session, "token-last. " + WORDS)
        took = time.monotonic() - start
    _forget()
    texts = list(UrgentRecord.objects.values_list("information", flat=True))
    lost = [token for token in acknowledged if sum(text.startswith(token + " ") for text in texts) != 1]
    slowest = max((one.seconds for one in refused), default=0)
    say(f"full: {len(acknowledged)} acknowledged, {len(refused)} refused in {slowest:.1f} s at most, "
        f"{len(lost)} lost or doubled; back {took:.1f} s after there was room: {came.status}")  # fmt: skip
    return _wrong({
        "it was full": bool(refused), "it took some before": bool(acknowledged), "nothing lost": not lost,
        "kept": all(is_kept(one) for one in refused),
        "in time": slowest < WITHIN, "back": came.status in {302, 303},
    })  # fmt: skip


def _fill(file: Path) -> None:
    with suppress(OSError), file.open("wb", buffering=0) as filler:
        while filler.write(bytes(65_536)):
            pass
    os.truncate(file, file.stat().st_size - LEFT)


def is_kept(answer: "Answer") -> bool:
    """It says that it was not saved, has what was typed to be sent again, and is in time."""
    escaped = "He said: &lt;b&gt;not&lt;/b&gt; to tell."
    return answer.status == AWAY and escaped in answer.text and answer.seconds < WITHIN


def sound(live: LiveSite) -> list[str]:
    verified = live.site.manage("runtime", "verify_ledger").strip()
    say(verified)
    return []


def _forget() -> None:
    from django.db import connection  # noqa: PLC0415

    connection.close()


def _wrong(promises: dict[str, bool]) -> list[str]:
    return [name for name, holds in promises.items() if not holds]


if __name__ == "__main__":
    sys.exit(main())
