"""The lawful basis on a record, with the reasons for it, and the organisation as it was then."""

from collections.abc import Iterable

from decisions.models import Decision, DecisionPerson, DecisionProvision
from decisions.presenters.labels import answered, code_words, joined, lines, provision_words, version_words
from decisions.presenters.people import person_names
from rules.codes import Layer, NoBasis, Paragraph18
from rules.organisations import OrganisationKind, Sector
from ui.moments import moment
from ui.rows import Row


def legal_basis_rows(decision: Decision) -> list[Row]:
    people = person_names(decision)
    rows = [Row(_provision_key(row, people), list(_provision_lines(row))) for row in decision.provisions.all()]
    reasons = [
        (f"{people[person.pk]}: why consent was not relied on", list(_p18_lines(person)))
        for person in decision.people.all()
        if person.p18_reason or person.p18_text
    ]
    shown = rows + answered(
        *reasons,
        ("Was there a lawful basis", code_words(NoBasis, decision.no_basis)),
        ("Why", decision.no_basis_reason),
        ("Why sharing would be more harmful to the child", decision.detriment),
        ("Would it be shared even if consent were refused", decision.get_share_anyway_display()),
        ("Why this is proportionate", decision.why_no_more),
        ("Risk if shared", decision.risk_if_shared),
        ("Risk if not shared", decision.risk_if_not),
    )
    return shown + _organisation(decision) if shown else []


def _organisation(decision: Decision) -> list[Row]:
    """The organisation as it was then, because which law it may use depends on that."""
    kind = dict(OrganisationKind.choices()).get(decision.organisation_kind, decision.organisation_kind)
    sector = dict(Sector.choices()).get(decision.organisation_sector, decision.organisation_sector)
    scope = "Within section 16LA of the Children Act 2004" if decision.in_scope_16la else ""
    policy = joined(moment(decision.policy_document_on), decision.policy_document_link)
    return answered(
        ("Our organisation", list(lines(("", joined(kind, sector)), ("", scope)))),
        ("Our policy document", policy),
        ("Law tables of", version_words(decision.law_version)),
    )


def _p18_lines(person: DecisionPerson) -> Iterable[str]:
    return lines(("", code_words(Paragraph18, person.p18_reason)), ("", person.p18_text))


def _provision_key(row: DecisionProvision, people: dict[int, str]) -> str:
    layer = code_words(Layer, row.layer)
    return f"{layer}, for {people[row.person_id]}" if row.person_id else layer


def _provision_lines(provision: DecisionProvision) -> Iterable[str]:
    yield provision_words(provision.details, provision.code)
    yield from lines((str(provision.details.get("refused_test", "")), provision.answer))
