"""The content of a copy: what was given, and nothing that shows what was not. No number, no count, no gap."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from letters.content import Content
from rights.entries import Entry
from rights.models import ItemDecision, RightsRequest
from rights.preparing import Prepared
from rules.explanation.phrases import ENGLISH
from rules.rights.codes import Asker
from rules.rights.phrases import speaker
from rules.rights.suggest import ItemChoice
from ui.moments import moment
from wording.approved import approved_texts

Block = dict[str, object]


def copy_content(
    request: RightsRequest, records: Iterable[Prepared], *, contact: str, layout: str, day: date
) -> Content:
    """A record of which nothing is given is not named."""
    say = speaker(approved_texts(request.organisation_id)[ENGLISH])
    own = request.asker == Asker.SELF
    name = request.person.name if own else request.asked_by_name
    head = [say("date", day=moment(day)), say("greeting", name=name)]
    head.append(say("intro") if own else say("intro.other", name=request.person.name))
    sections = [_section("", [_text(words) for words in head])]
    for record in records:
        blocks = [block for entry, row in record.given for block in _blocks(entry, row)]
        if blocks:
            decided = timezone.localtime(record.decision.decided_at) if record.decision.decided_at else None
            heading = say("heading.record", day=moment(decided.date() if decided else None))
            sections.append(_section(heading, blocks))
    sections.append(_section(say("heading.rights"), [_text(say(each)) for each in ("rights", "rights.wrong")]))
    complain = [_text(say(each)) for each in ("complain.us", "complain.ico")]
    sections.append(_section(say("heading.complain"), complain))
    sections.append(_section(say("heading.contact"), [_text(say("contact", contact=contact))]))
    author = request.organisation.name
    return {"title": say("title"), "author": author, "language": ENGLISH, "layout": layout, "sections": sections}


def _blocks(entry: Entry, row: ItemDecision) -> list[Block]:
    """One line after its title; several as a list below it."""
    if row.choice == ItemChoice.PART:
        return [_text(row.given)]
    if len(entry.lines) == 1:
        return [_text(f"{entry.title}: {entry.lines[0]}")]
    return [_text(f"{entry.title}:"), {"list": list(entry.lines)}]


def _text(words: str) -> Block:
    return {"text": words}


def _section(heading: str, blocks: list[Block]) -> dict[str, object]:
    return {"heading": heading, "blocks": blocks}
