"""A bundle that is taken slowly."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from administration import evidence_actions as actions
from administration.evidence_wanted import Wanted
from audit.evidence import making
from audit.signing import fingerprint
from tests.administration.evidence_scenes import asked_for
from tests.audit.evidence_files import result_of
from tests.audit.test_concurrency import in_threads
from tests.cast import make_cast


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_it_slowly_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paused among the entries, on either engine: everybody else still writes, and what they write is not in it."""
    monkeypatch.setattr(making, "PART", 1)
    cast = make_cast()
    client = Client()
    client.force_login(cast.officer)
    answer = client.post(reverse("administration:evidence_take", args=[asked_for(cast).public_id]))
    assert isinstance(answer, StreamingHttpResponse)
    sent = iter(answer)
    head = [next(sent) for _ in range(8)]
    assert any(b"entries-" in chunk for chunk in head)

    def write(number: int) -> None:
        actions.ask_evidence(
            wanted=Wanted(cast.organisation.pk, "log"), reason=f"Meanwhile {number}", their_reference="",
            why_addresses="", submission_id=uuid4(), by=cast.officer, at=timezone.now(),
        )  # fmt: skip

    assert not connection.in_atomic_block
    assert in_threads(2, write) == []
    evidence = b"".join([*head, *sent])
    assert b"Meanwhile" not in evidence
    assert b"ledger.export_started" in evidence, "it was entered before the log was signed, in a block of its own"
    assert result_of(evidence, fingerprint())[0] == 0
