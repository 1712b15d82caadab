"""Rows for pages, made from prefetched data: nothing here runs a query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.namesakes import with_name_now
from families.ages import age_in_words
from families.contact_safety import ContactStanding, standing
from families.identifiers import nhs_in_groups
from families.models import Disclosure, Family, KnownRisk, Person, SafeContact
from families.names import names_of
from rules.codes import PersonRole, YesNoUnknown
from ui.labels import Named, distinct
from ui.moments import moment
from ui.rows import Row

LATE = timedelta(hours=24)
NOT_KNOWN = "Not known"
STANDINGS = {
    ContactStanding.SAFE: ("Safe", "green"),
    ContactStanding.ASK_AGAIN: ("Ask again before using", "yellow"),
    ContactStanding.NOT_SAFE: ("Do not use", "red"),
}


@dataclass(frozen=True)
class ContactLine:
    contact: SafeContact
    way: str
    tag: str
    colour: str
    because: str


@dataclass(frozen=True)
class PersonCard:
    person: Person
    name: str
    rows: list[Row]
    contacts: list[ContactLine]
    risks: list[KnownRisk]


@dataclass(frozen=True)
class DisclosureLine:
    disclosure: Disclosure
    received: str
    level: str
    late: str


def similar_lines(people: Iterable[Person], today: date) -> list[tuple[Person, str]]:
    """Each with its role and age, as much of it as is known."""
    return [
        (person, ", ".join(filter(None, (person.get_role_display(), age_in_words(person, today))))) for person in people
    ]


def person_cards(people: Iterable[Person], today: date) -> list[PersonCard]:
    """Each person with contacts and risks. One known risk makes every unknown contact in the family unsafe."""
    everybody = list(people)
    names = names_of((person.pk, person) for person in everybody)
    risk_in_family = any(person.known_risks.all() for person in everybody)
    return [
        PersonCard(
            person=person,
            name=names[person.pk],
            rows=person_rows(person, today),
            contacts=contact_lines(person.safe_contacts.all(), risk_in_family=risk_in_family, today=today),
            risks=list(person.known_risks.all()),
        )
        for person in everybody
    ]


def person_rows(person: Person, today: date, *, name: bool = False) -> list[Row]:
    rows = [Row("Name", person.name)] if name else []
    rows += [
        Row("In this family", person.get_role_display()),
        Row("Age", _age_lines(person, today)),
    ]
    if _may_be_responsible(person):
        rows.append(Row("Parental responsibility", person.get_parental_responsibility_display()))
    more = {
        "Communication needs": person.communication_need,
        "Also known as": person.known_as,
        "Lives at the family's home": "" if person.at_home == YesNoUnknown.UNKNOWN else person.get_at_home_display(),
        "Opens the post at home": (
            "" if person.opens_post == YesNoUnknown.UNKNOWN else person.get_opens_post_display()
        ),
        "Could hear of it through": person.hears_through,
        "NHS number": nhs_in_groups(person.nhs_number),
        "UPN": person.upn,
        "Number in your own system": person.system_number,
    }
    return [*rows, *(Row(key, value) for key, value in more.items() if value)]


def _may_be_responsible(person: Person) -> bool:
    """For a child it is only shown if it is so: a young mother has it for her own child."""
    is_child = person.role in {PersonRole.CHILD, PersonRole.UNBORN}
    return not is_child or person.parental_responsibility == YesNoUnknown.YES


def contact_lines(
    contacts: Iterable[SafeContact], *, risk_in_family: bool, today: date, revealed: bool = False
) -> list[ContactLine]:
    """Two of one kind are told apart by number, and by number or address only on a page that enters who saw it."""
    every = list(contacts)
    ways = distinct({row.pk: Named(row.get_kind_display(), (row.detail,) if revealed else ()) for row in every})
    return [_contact_line(contact, ways[contact.pk], risk_in_family, today) for contact in every]


def contact_rows(contact: SafeContact) -> list[Row]:
    return [
        Row("Contact method", contact.get_kind_display()),
        Row("Number, address or place", contact.detail or NOT_KNOWN),
        Row("Safe", contact.get_safe_display()),
        Row("How we know", contact.why or NOT_KNOWN),
        Row("Checked", day_in_words(contact.checked_on)),
    ]


def risk_rows(risks: Iterable[KnownRisk]) -> list[Row]:
    rows = [Row(risk.get_kind_display(), risk.note or "No note") for risk in risks]
    return rows or [Row("Known risks", "None")]


def family_rows(family: Family) -> list[Row]:
    return [Row("Family name", family.name)]


def disclosure_lines(disclosures: Iterable[Disclosure]) -> list[DisclosureLine]:
    """Reference, day and level only: the text is on the disclosure's own page, which enters who opened it."""
    return [
        DisclosureLine(
            disclosure=disclosure,
            received=moment(disclosure.received_at),
            level=disclosure.get_level_display(),
            late=late_in_words(disclosure.received_at, disclosure.written_at),
        )
        for disclosure in disclosures
    ]


def disclosure_rows(disclosure: Disclosure) -> list[Row]:
    late = late_in_words(disclosure.received_at, disclosure.written_at)
    author = with_name_now(disclosure.written_by_name, disclosure.written_by.full_name)
    written = f"{moment(disclosure.written_at)}, by {author}"
    return [
        Row("Said or seen by", disclosure.said_by),
        Row("Told to", disclosure.said_to),
        Row("Happened", disclosure.happened or NOT_KNOWN),
        Row("Received", moment(disclosure.received_at)),
        Row("Written", [written, late] if late else written),
        *([Row("Changed", _times(disclosure.version - 1))] if disclosure.version > 1 else []),
        Row("Level of concern", disclosure.get_level_display()),
        Row("Immediate danger", "Yes" if disclosure.immediate_danger else "No"),
    ]


def _times(count: int) -> str:
    return f"{'Once' if count == 1 else f'{count} times'} since it was first written. The history has each wording."


def disclosure_texts(disclosure: Disclosure) -> list[Row]:
    """All three texts, empty ones too: it matters that nothing was said."""
    return [
        Row("What was seen or heard", disclosure.facts or "Nothing recorded"),
        Row("Professional opinion", disclosure.opinion or "Nothing recorded"),
        Row("The child's own words", disclosure.child_words or "Nothing recorded"),
    ]


def late_in_words(received: datetime, written: datetime) -> str:
    """Empty within a day, because that is not late."""
    wait = written - received
    if wait <= LATE:
        return ""
    days = wait.days
    return f"Recorded late: {days} day{'' if days == 1 else 's'} after it was received"


def day_in_words(day: date | None) -> str:
    return moment(day) or "Never"


def _age_lines(person: Person, today: date) -> str | list[str]:
    words = age_in_words(person, today)
    if person.date_of_birth:
        return [words, f"Born {day_in_words(person.date_of_birth)}"]
    if person.age_on:
        return [words, f"Recorded as {person.age} on {day_in_words(person.age_on)}"]
    return words[:1].upper() + words[1:] if words else NOT_KNOWN


def _contact_line(contact: SafeContact, way: str, risk_in_family: bool, today: date) -> ContactLine:  # noqa: FBT001  (private)
    contact_standing = standing(contact, risk_in_family=risk_in_family, today=today)
    tag, colour = STANDINGS[contact_standing]
    return ContactLine(contact, way, tag, colour, _because(contact, contact_standing))


def _because(contact: SafeContact, contact_standing: ContactStanding) -> str:
    if contact.safe == "no":
        return f"Not safe when checked on {day_in_words(contact.checked_on)}"
    risk = " There is a known risk in this family." if contact_standing is ContactStanding.NOT_SAFE else ""
    if contact.safe == "unknown":
        return f"Nobody has asked whether it is safe.{risk}"
    checked = f"Checked on {day_in_words(contact.checked_on)}"
    return checked if contact_standing is ContactStanding.SAFE else f"{checked}, more than 90 days ago.{risk}"
