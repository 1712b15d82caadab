"""One cell of a file: what it says, or why it cannot be taken. Pure: the day is passed in."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from families.details import ContactDetails
from families.identifiers import NHS_MESSAGE, UPN_MESSAGE, compact, is_nhs_number, is_upn
from families.models import SafeContact
from families.models.person import OLDEST
from rules.codes import PersonRole, YesNoUnknown
from ui import phones
from ui.csv_files import has_damaged_letters, is_formula, unwrapped
from ui.dates import NotUnderstood, read_date
from ui.text import has_unseen

LONGEST_NAME, LONGEST_DETAIL, LONGEST_NUMBER = 100, 200, 40
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{4})(?:[ T]0?0:00(?::00)?)?", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?", re.ASCII)
SHORT_YEAR = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2}", re.ASCII)
DAYS_SINCE_1900 = re.compile(r"\d{4,6}(?:\.\d+)?", re.ASCII)
ADDRESS_OF_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
BETWEEN_NUMBERS = re.compile(r"[/;,|\n]|\bor\b")
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
YES = frozenset({"y", "yes", "true", "1", "t"})
NO = frozenset({"n", "no", "false", "0", "f"})
NOT_SAID = frozenset({"", "unknown", "not known", "u", "n/a", "na", "-"})
ROLES = {
    PersonRole.CHILD: "child|young person|child or young person|pupil|student|son|daughter|self|subject|sibling|brother"
    "|sister|step son|step daughter|stepson|stepdaughter|foster child|adopted child",
    PersonRole.UNBORN: "unborn|unborn child|unborn baby",
    PersonRole.MOTHER: "mother|mum|birth mother|adoptive mother|biological mother|parent mother",
    PersonRole.FATHER: "father|dad|birth father|adoptive father|biological father|parent father",
    PersonRole.PARTNER: "partner|partner of a parent|step father|step mother|stepfather|stepmother|step parent"
    "|stepparent|mothers partner|fathers partner|parents partner",
    PersonRole.CARER: "carer|other carer|foster carer|foster mother|foster father|foster parent|guardian|legal guardian"
    "|special guardian|kinship carer|parent carer|carer guardian",
    PersonRole.SIBLING: "adult sibling|adult brother|adult sister",
    PersonRole.RELATIVE: "relative|other relative|other family member|family member|grandmother|grandfather|grandparent"
    "|grandma|grandad|nan|aunt|auntie|uncle|cousin",
    PersonRole.ADULT: "adult|other adult|parent|other|other contact|friend|family friend|neighbour|childminder|lodger",
}
BY_WORD = {word: role for role, words in ROLES.items() for word in words.split("|")}


class Refused(Exception):
    """Why the cell cannot be taken. `reason` tells the person what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def folded(name: str) -> str:
    """Two names that differ only in accents, capitals, spaces, hyphens and apostrophes are one."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def checked(cell: str, label: str) -> str:
    """The text of a cell, if it can be kept."""
    text = " ".join(unwrapped(cell).split())
    if is_formula(text):
        raise Refused(f"{label}: it begins like a formula. Take the first character away")
    if has_damaged_letters(text):
        raise Refused(f"{label}: some letters were damaged when the file was saved. Write them again")
    if has_unseen(text):
        raise Refused(f"{label}: it has a character that cannot be seen. Delete it and type it again")
    return text


def short(text: str, most: int, label: str) -> str:
    if len(text) > most:
        raise Refused(f"{label}: it has {len(text)} characters, and the most is {most}. Make it shorter")
    return text


def person_name(full: str, forename: str, surname: str) -> str:
    """First name, then surname. “Reed, Sam” is turned round."""
    if not full:
        return f"{forename} {surname}".strip()
    last, comma, first = full.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else full


def last_name(full: str, surname: str) -> str:
    if surname or not full:
        return surname
    last, comma, _ = full.partition(",")
    return last.strip() if comma else full.rsplit(maxsplit=1)[-1]


def born(text: str, today: date) -> date | None:
    if not text:
        return None
    day = _day(text)
    if day > today:
        raise Refused(f"Date of birth: {text} has not come yet. Check the year")
    if today.year - day.year > OLDEST:
        raise Refused(f"Date of birth: {text} is more than {OLDEST} years ago. Check the year")
    return day


def _day(text: str) -> date:
    """The day comes before the month, or the year first."""
    iso, typed = ISO.fullmatch(text), DAY_FIRST.fullmatch(text)
    try:
        if iso:
            return read_date(iso[3], iso[2], iso[1])
        if typed:
            return read_date(typed[1], typed[2], typed[3])
    except NotUnderstood as error:
        raise Refused(f"Date of birth: {text}. {error.message}. The day comes first, as in 27/3/2016") from None
    if DAYS_SINCE_1900.fullmatch(text):
        raise Refused(
            f"Date of birth: {text} is a date as Excel counts it. Give the column a date format, such as 27/03/2016"
        )
    if SHORT_YEAR.fullmatch(text):
        raise Refused(f"Date of birth: {text} has a year of 2 figures. Write 4, as in 27/03/2016")
    raise Refused(f"Date of birth: {text} is not a date such as 27/03/2016")


def upn(text: str) -> str:
    number = compact(text)
    if number and not is_upn(number):
        raise Refused(UPN_MESSAGE)
    return number


def nhs_number(text: str) -> str:
    number = compact(text)
    if number and not is_nhs_number(number):
        raise Refused(NHS_MESSAGE)
    return number


def answer(text: str, label: str) -> YesNoUnknown:
    """Yes or no; nothing written is not known, and never no."""
    word = text.casefold()
    if word in YES:
        return YesNoUnknown.YES
    if word in NO:
        return YesNoUnknown.NO
    if word in NOT_SAID:
        return YesNoUnknown.UNKNOWN
    raise Refused(f"{label}: write yes, no or nothing in place of “{text[:40]}”")


def role(text: str, label: str, otherwise: PersonRole) -> PersonRole:
    """Words of other systems for who somebody is. `otherwise` where nothing is written."""
    words = re.sub(r"[^a-z]+", " ", text.casefold().replace("'", "").replace(CURLY, "")).strip()
    if not words:
        return otherwise
    known = BY_WORD.get(words)
    if known is None:
        raise Refused(f"{label}: “{text[:40]}” is not known. Write child, mother, father, carer, relative or adult")
    return known


def relationship(text: str, label: str, otherwise: PersonRole) -> PersonRole:
    """Of somebody beside the child. A brother whom a school may call is grown up; a child has a row of its own."""
    who = role(text, label, otherwise)
    if who not in {PersonRole.CHILD, PersonRole.UNBORN}:
        return who
    if re.search(r"brother|sister|sibling", text.casefold()):
        return PersonRole.SIBLING
    raise Refused(f"{label}: “{text[:40]}” is a child. Give a child a row of its own")


def contacts(
    addresses: Iterable[str], telephones: Iterable[str], emails: Iterable[str], label: str
) -> list[ContactDetails]:
    """Ways to reach somebody. None is known to be safe: a file does not say who else sees or hears it."""
    address = short(", ".join(filter(None, addresses)), LONGEST_DETAIL, f"{label}address")
    found = [ContactDetails(kind=SafeContact.Kind.LETTER, detail=address)] if address else []
    found += [
        ContactDetails(kind=SafeContact.Kind.PHONE, detail=number)
        for cell in telephones
        for number in _numbers(cell, f"{label}telephone")
    ]
    found += [
        ContactDetails(kind=SafeContact.Kind.EMAIL, detail=_email(cell, f"{label}email")) for cell in emails if cell
    ]
    return list(dict.fromkeys(found))


def _numbers(cell: str, label: str) -> list[str]:
    """One or several telephone numbers of a cell, each a number that can be dialled."""
    if not phones.numbers(cell):
        # Words alone will do, as on the page: “through her sister”.
        return [short(cell, LONGEST_DETAIL, label)] if cell else []
    parts = [part.strip() for part in BETWEEN_NUMBERS.split(cell) if part.strip()]
    for part in parts:
        refused = phones.refusal(part)
        if refused and phones.numbers(part):
            raise Refused(f"{label}: “{part[:40]}”. {refused}")
    return [short(part, LONGEST_DETAIL, label) for part in parts]


def _email(text: str, label: str) -> str:
    if not ADDRESS_OF_MAIL.fullmatch(text):
        raise Refused(f"{label}: “{text[:60]}” is not one email address")
    return short(text, LONGEST_DETAIL, label)
