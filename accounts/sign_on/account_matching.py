"""Whose account here somebody signs on to. Nobody is made: whoever is not found is refused."""

from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from accounts.models import Organisation, SignOn, User
from accounts.sign_on.claims import Vouched
from accounts.sign_on.configured import Provider


def provider_named(name: str) -> Provider | None:
    return next((service for service in settings.SIGN_ON if service.name == name), None)


def organisations_named(provider: Provider) -> list[Organisation]:
    """Exactly one, if the settings are right: `manage.py check --deploy` says where they are not."""
    by_name = Q(name=provider.organisation)
    try:
        return list(Organisation.objects.filter(by_name | Q(public_id=UUID(provider.organisation)))[:2])
    except ValueError:
        return list(Organisation.objects.filter(by_name)[:2])


def organisation_of(provider: Provider) -> Organisation | None:
    found = organisations_named(provider)
    return found[0] if len(found) == 1 else None


def providers_of(user: User) -> list[Provider]:
    """Those that this person may sign on with. No query where none is set up."""
    return [service for service in settings.SIGN_ON if organisation_of(service) == user.organisation]


def bound_providers(user: User) -> list[Provider]:
    """Those that this person has signed on with before."""
    issuers = set(user.sign_ons.values_list("issuer", flat=True)) if settings.SIGN_ON else set()
    return [service for service in providers_of(user) if service.issuer in issuers] if issuers else []


def who_sign_on(people: Iterable[User]) -> set[int]:
    """Those of them who sign on. No query where no service is set up, or where everybody has a password."""
    without = [person.pk for person in people if not person.has_usable_password()] if settings.SIGN_ON else []
    return set(SignOn.objects.filter(user__in=without).values_list("user", flat=True)) if without else set()


def label_of(sign_on: SignOn) -> str:
    """The words of its button; of a service that is set up no more, its host."""
    labels = {service.issuer: service.label for service in settings.SIGN_ON}
    return labels.get(sign_on.issuer, urlsplit(sign_on.issuer).hostname or "")


def bound_to(provider: Provider, vouched: Vouched, organisation: Organisation) -> User | None:
    """Return the active user of this organisation with that subject. An email address does not identify anybody."""
    held = SignOn.objects.filter(issuer=provider.issuer, subject=vouched.subject, organisation=organisation)
    row: SignOn | None = held.select_related("user").filter(user__is_active=True).first()
    return row.user if row else None


def invited_with(vouched: Vouched, organisation: Organisation) -> User | None:
    """Invited and without a password yet, with the address that the service vouches for."""
    if not vouched.email:
        return None
    found: User | None = User.objects.filter(email=vouched.email, organisation=organisation, is_active=True).first()
    return found if found and not found.has_usable_password() else None
