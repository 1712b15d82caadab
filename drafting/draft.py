"""One draft with everything its pages need, read in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from uuid import UUID

from django.http import Http404

from accounts.compiled_queries import CompiledQuery
from accounts.models import Organisation, Recipient, User
from accounts.queries import current_recipients_visible_to, deciders_visible_to
from audit.parts import read_parts
from audit.statements import rows_where
from decisions.facts.decision import facts_of, law_of
from decisions.models import (
    Advice,
    Decision,
    DecisionItem,
    DecisionPerson,
    DecisionProvision,
    DecisionRecipient,
    DraftPage,
    Sending,
)
from decisions.presenters.people import recipient_names_of
from decisions.queries import is_draft_of
from families.models import Disclosure, Family, Person
from families.names import names_of
from rules.codes import AGREED, CANNOT_DECIDE, RISK_OF_HARM, SHARED, EntryRoute, Outcome, PersonRole, YesNoUnknown
from rules.facts import Facts
from rules.law import Law

SINGLE = ("organisation", "team", "author", "disclosure", "supersedes", "passed_to", "urgent")
PARTS = (
    "people__person", "recipients__recipient", "items__about", "items__not_disclosed_to", "items__grid", "provisions",
    "sendings", "advice", "decision_families", "draft_pages", "people__covers", "organisation__law_notices",
    "guidance_seen", "organisation__duty_numbers",
)  # fmt: skip
# Composed once per process (ADR 0023): every save of a page asks for all of these again.
_PEOPLE = CompiledQuery(
    Person,
    lambda user, families: Person.objects.visible_to(user).filter(family__in=families).select_related("family"),
)
_DISCLOSURES = CompiledQuery(
    Disclosure, lambda user, families: Disclosure.objects.visible_to(user).filter(family__in=families)
)
_FAMILIES_TO_ADD_TO = CompiledQuery(
    Family, lambda user, families: Family.objects.editable_by(user).filter(pk__in=families).order_by("pk")
)
_DECIDERS = CompiledQuery(User, lambda user, team: deciders_visible_to(user, team).exclude(pk=user.pk))
_ADDRESS_BOOK = CompiledQuery(Recipient, current_recipients_visible_to)
_ADDRESS_BOOK_KEYS = CompiledQuery(
    Recipient, lambda user: current_recipients_visible_to(user).order_by("pk").only("pk")
)


@dataclass
class Draft:
    """A draft as one user sees it. It is read again after every write."""

    decision: Decision
    user: User

    @cached_property
    def organisation(self) -> Organisation:
        return self.decision.organisation

    @cached_property
    def facts(self) -> Facts:
        """What the rules read of the saved answers."""
        return facts_of(self.decision)

    @cached_property
    def law(self) -> Law:
        """The law as the organisation uses it."""
        return law_of(self.decision)

    @cached_property
    def people(self) -> list[DecisionPerson]:
        return list(self.decision.people.all())

    @cached_property
    def recipients(self) -> list[DecisionRecipient]:
        return list(self.decision.recipients.all())

    @cached_property
    def items(self) -> list[DecisionItem]:
        return list(self.decision.items.all())

    @cached_property
    def person_names(self) -> dict[int, str]:
        """By key, as every page names them: no two read the same."""
        return names_of((row.pk, row.person) for row in self.people)

    @cached_property
    def recipient_names(self) -> dict[int, str]:
        return recipient_names_of(self.recipients)

    @cached_property
    def provisions(self) -> list[DecisionProvision]:
        return list(self.decision.provisions.all())

    @cached_property
    def sendings(self) -> list[Sending]:
        return list(self.decision.sendings.all())

    @cached_property
    def advice(self) -> list[Advice]:
        return list(self.decision.advice.all())

    @cached_property
    def pages(self) -> dict[str, DraftPage]:
        return {page.page: page for page in self.decision.draft_pages.all()}

    @cached_property
    def family_ids(self) -> list[int]:
        return [row.family_id for row in self.decision.decision_families.all()]

    @cached_property
    def possible_people(self) -> list[Person]:
        return _PEOPLE.rows(self.user, self.family_ids)

    @cached_property
    def visible_people(self) -> list[tuple[int, str, str, str]]:
        """Key, name, role and parental responsibility of `possible_people`, by key."""
        people = sorted(self.possible_people, key=attrgetter("pk"))
        return [(person.pk, person.name, person.role, person.parental_responsibility) for person in people]

    @property
    def visible_person_ids(self) -> list[int]:
        return [pk for pk, *_ in self.visible_people]

    @property
    def left_out(self) -> list[str]:
        """Who of the families has parental responsibility and is not on this draft: a line each, as it is recorded."""
        here = {person.person_id for person in self.people}
        return [
            f"{name} ({PersonRole.label_of(role).lower()})"
            for pk, name, role, responsibility in self.visible_people
            if responsibility == YesNoUnknown.YES and pk not in here
        ]

    @cached_property
    def families_to_add_to(self) -> list[Family]:
        """Families on this draft to which this user may add a person."""
        return _FAMILIES_TO_ADD_TO.rows(self.user, self.family_ids)

    @cached_property
    def possible_disclosures(self) -> list[Disclosure]:
        return _DISCLOSURES.rows(self.user, self.family_ids)

    @cached_property
    def visible_disclosure_ids(self) -> list[int]:
        return sorted(disclosure.pk for disclosure in self.possible_disclosures)

    @cached_property
    def possible_deciders(self) -> list[User]:
        """Who it can be passed to: others who record or supervise decisions in this team."""
        return _DECIDERS.rows(self.user, self.decision.team_id)

    @cached_property
    def address_book(self) -> list[Recipient]:
        return _ADDRESS_BOOK.rows(self.user)

    @cached_property
    def address_book_ids(self) -> list[int]:
        """Without reading the book, which may be long, where nothing else has."""
        known = self.__dict__.get("address_book")
        return sorted(entry.pk for entry in (_ADDRESS_BOOK_KEYS.rows(self.user) if known is None else known))

    @cached_property
    def changed_people(self) -> list[DecisionPerson]:
        """Those whose details were corrected in the family's record since the author saw them."""
        changed = [row for row in self.people if row.person.version > row.person_version]
        return [row for row in changed if row.person_id in self.visible_person_ids]

    @cached_property
    def changed_disclosure(self) -> Disclosure | None:
        """The disclosure this is about, if it was corrected since the author saw it."""
        disclosure: Disclosure | None = self.decision.disclosure
        if disclosure is None or disclosure.version <= self.decision.disclosure_version:
            return None
        return disclosure if disclosure.pk in self.visible_disclosure_ids else None

    @property
    def shares(self) -> bool:
        return self.decision.outcome in SHARED

    @property
    def keeps_sharing_answers(self) -> bool:
        """Whether answers about sharing apply: it is shared, or passed to a manager who is to decide."""
        return self.shares or self.decision.outcome == Outcome.PASSED_UP

    @property
    def was_asked(self) -> bool:
        return self.decision.entry_route == EntryRoute.ASKED or any(recipient.is_asker for recipient in self.recipients)

    @property
    def is_simple(self) -> bool:
        """It is shared, nobody may come to harm, and everybody who can decide agrees."""
        return (
            self.shares
            and self.decision.level not in RISK_OF_HARM
            and all(
                not person.source_of_harm and person.consent_state in AGREED | CANNOT_DECIDE for person in self.people
            )
        )

    def version(self, page: str) -> int:
        return self.pages[page].version if page in self.pages else 0


def load(decision: Decision, user: User) -> Draft:
    """Every part of the decision, fresh from the database."""
    found = _found("pk", decision.pk)
    if found is None:
        raise Decision.DoesNotExist
    return _whole(found, user)


def load_own(public_id: UUID, user: User) -> Draft:
    """The same of a draft that this user wrote; Http404 for anything else."""
    found = _found("public_id", public_id)
    if found is None or not is_draft_of(found, user):
        raise Http404
    return _whole(found, user)


def _found(column: str, value: object) -> Decision | None:
    return next(iter(rows_where(Decision, column, [value], related=SINGLE)), None)


def _whole(decision: Decision, user: User) -> Draft:
    read_parts([decision], PARTS)
    return Draft(decision, user)
