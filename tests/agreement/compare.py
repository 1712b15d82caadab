"""The same facts judged twice: as the schema has them, and as the form's rows say them once they are typed in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from django.utils import timezone

from decisions.facts.decision import facts_of
from decisions.models import Decision
from decisions.presenters.findings import named_findings
from drafting import actions
from drafting.actions.prepare import prepared
from drafting.draft import Draft, load
from drafting.steps import CHECK, path, reachable
from rules.assess import Assessment, assess
from rules.facts import Facts
from rules.facts_file.reader import as_json, facts_from
from tests.agreement.answers import answers
from tests.agreement.drawing import RECORDED
from tests.agreement.form_only import FORM_ONLY
from tests.agreement.posting import Typist, typed_in
from tests.agreement.removed_answers import removed
from tests.agreement.scene import begin
from tests.cast import Company
from tests.pages import Element

# A question that is asked about each recipient has their key in its name.
KEY = re.compile(r"_\d+$")
Found = frozenset[tuple[str, str, str, str, str]]


@dataclass(frozen=True)
class Refused:
    """A page that the form would not take, and the questions it named, as (page, question)."""

    page: str
    questions: frozenset[str]
    messages: tuple[str, ...]


def by_schema(facts: Facts) -> Assessment:
    """As the command reads them from a file."""
    read: Facts = facts_from(as_json(facts))
    return assess(read)


def typed(facts: Facts, company: Company, scene: Facts | None = None) -> Draft | Refused:
    """Every page through its form and its action, in the order of the journey. `scene` is where it all is known."""
    decision, by = begin(scene or facts, company)
    story = answers(facts, str(company.supervisor.public_id))
    draft = load(decision, by)
    done: list[str] = []
    while pending := [step for step in path(draft) if step.key not in done]:
        step = pending[0]
        page = step.page(draft, typed_in(draft, step.key, story.get(step.key, {})))
        if not page.is_valid():
            return _refused(step.key, page.forms)
        draft = actions.save_page(page=page, version=draft.version(step.page.key), by=by, at=RECORDED, judge=False)
        done.append(step.key)
    return actions.judge_again(decision=decision, by=by, at=RECORDED)


def through_the_forms(facts: Facts, company: Company) -> list[str]:
    """What is not the same on both ways, in words; nothing where they agree."""
    got = typed(facts, company)
    if isinstance(got, Refused):
        return [f"the page {got.page} refused: {'; '.join(got.messages)}"]
    return differences(facts, got)


@dataclass(frozen=True)
class Left:
    """What became of facts with one answer taken out; `asked` are demands of the form alone that were met."""

    became: str
    wrong: tuple[str, ...] = ()
    asked: frozenset[tuple[str, str]] = frozenset()


def with_one_answer_removed(facts: Facts, seed: int, company: Company) -> Left:
    """The form may refuse what the schema blocks on that very page, or what the list of its own demands names."""
    what, left = removed(facts, seed)
    got = typed(left, company, facts)
    if not isinstance(got, Refused):
        return Left("found alike", tuple(f"without {what}: {one}" for one in differences(left, got)))
    if any(finding.page == got.page for finding in by_schema(left).blocking):
        return Left("refused and blocked")
    asked = frozenset((got.page, KEY.sub("", name)) for name in got.questions)
    wrong = tuple(f"without {what}, {page} asks for {name} alone" for page, name in sorted(asked - FORM_ONLY.keys()))
    return Left("asked for by the form alone", wrong, asked)


def over_http(facts: Facts, company: Company) -> list[str]:
    """At a browser the check page shows what is found too, by its own clock."""
    walk = walked(facts, company)
    page = walk.get(walk.check_path)
    now = assess(replace(facts, recorded_at=timezone.now()))
    people = {person.ref: person.ref for person in facts.people}
    wanted = {" ".join(found.message.split()) for found in named_findings(now.findings, people)}
    got = {one.text for one in page.all("li") if _is_finding(one)}
    said = [f"not on the check page: {one}" for one in sorted(wanted - got)]
    said += [f"only on the check page: {one}" for one in sorted(got - wanted)]
    return [*said, *differences(facts, walk.draft)]


def _is_finding(line: Element) -> bool:
    box = line.inside("div")
    return box is not None and (box.has_class("app-stop") or box.has_class("app-first"))


def _refused(key: str, forms: list[object]) -> Refused:
    wrong = [form for form in forms if getattr(form, "errors", None)]
    named = frozenset(name for form in wrong for name in form.errors)  # type: ignore[attr-defined]  # any form
    said = tuple(f"{form.error_prefix} {dict(form.errors)}" for form in wrong)  # type: ignore[attr-defined]  # any form
    return Refused(key, named, said)


def walked(facts: Facts, company: Company) -> Typist:
    """The same at a browser, to the check page."""
    decision, by = begin(facts, company)
    typist = Typist(by, decision)
    typist.sign_in()
    typist.at = typist.path("people")
    typist.follow(answers(facts, str(company.supervisor.public_id)))
    return typist


def as_it_would_be_recorded(draft: Draft) -> Facts:
    """What the check page judges, with names instead of keys."""
    decision = prepared(draft).decision
    return named(facts_of(decision, recorded_at=RECORDED), decision)


def differences(facts: Facts, draft: Draft) -> list[str]:
    """What is not the same: what was found, what is known, and whether one comes to the check page."""
    again = as_it_would_be_recorded(draft)
    wanted, got = found(by_schema(facts)), found(assess(again))
    said = [f"only from the schema: {one}" for one in sorted(wanted - got)]
    said += [f"only from the form: {one}" for one in sorted(got - wanted)]
    said += different("facts", sorted_out(facts), sorted_out(again))
    if reachable(draft)[-1] != CHECK:
        said.append(f"leads back to {reachable(draft)[-1]}")
    return said


def different(place: str, one: Any, other: Any) -> Iterator[str]:
    """Where two facts are not the same, each by itself."""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from different(f"{place}[{number}]", *pair)
    elif is_dataclass(one) and type(one) is type(other):
        for field in fields(one):
            yield from different(f"{place}.{field.name}", getattr(one, field.name), getattr(other, field.name))
    elif one != other:
        yield f"{place}: {one!r} came back as {other!r}"


def found(assessment: Assessment) -> Found:
    return frozenset(
        (finding.code, finding.severity, finding.page, finding.person, finding.message)
        for finding in assessment.findings
    )


def sorted_out(facts: Facts) -> Facts:
    """Without the order that says nothing."""
    return replace(
        facts,
        basis=tuple(sorted(facts.basis, key=lambda row: (row.code, row.person_ref or ""))),
        recipients=tuple(sorted(facts.recipients, key=lambda one: one.ref)),
        sendings=tuple(sorted(facts.sendings, key=lambda one: (str(one.at), one.recipient_ref, one.how))),
    )


def named(facts: Facts, decision: Decision) -> Facts:
    """People and recipients by their names, things by their number."""
    people = {str(person.pk): person.name for person in decision.people.all()}
    to = {str(recipient.pk): recipient.name for recipient in decision.recipients.all()}
    return replace(
        facts,
        passed_to="somebody" if facts.passed_to else "",
        people=tuple(
            replace(person, ref=people[person.ref], covers=_all(people, person.covers)) for person in facts.people
        ),
        recipients=tuple(replace(recipient, ref=to[recipient.ref]) for recipient in facts.recipients),
        items=tuple(
            replace(
                one, ref=f"I{number}", about=_all(people, one.about), given_to=_all(to, one.given_to),
                not_disclosed_to=_all(people, one.not_disclosed_to),
                withheld_from={to[ref]: why for ref, why in one.withheld_from.items()},
            )
            for number, one in enumerate(facts.items, start=1)
        ),
        basis=tuple(replace(row, person_ref=people[row.person_ref] if row.person_ref else None) for row in facts.basis),
        sendings=tuple(replace(sending, recipient_ref=to[sending.recipient_ref]) for sending in facts.sendings),
    )  # fmt: skip


def _all(names: Mapping[str, str], refs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(names[ref] for ref in refs)
