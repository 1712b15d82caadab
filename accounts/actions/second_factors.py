"""Second factors: set up, shown, taken away. Every change is an entry without its secret, and the person is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.fernet import InvalidToken
from django.core.exceptions import PermissionDenied, ValidationError

from accounts import authenticator_app as app
from accounts import guesses, passkeys, second_factor
from accounts.actions.notices import tell_of_copied_passkey, tell_of_own_sign_in
from accounts.factor_secrets import FactorAdapter
from accounts.models import User
from audit import ledger

Type = Authenticator.Type
NOT_THE_CODE = "This is not the code that the app shows now. Wait for the next one and type it."
WRONG_CODE = "This code is not right, or was used before. Wait for the next one and type it."
TOO_MANY_CODES = "Too many wrong codes were tried. Wait 5 minutes, then try again with a new code."
COPIED = (
    "This passkey is refused, because there may be a copy of it. Use your app or a recovery code. Then remove the "
    "passkey under “Your sign-in”, and tell your administrator."
)
LAST = "This is your only way to show that it is you. Set up another one first, then remove this one."
ONE_APP = "You have an authenticator app already. Remove it first, then set up the new one."
EVENTS = {Type.TOTP: "app", Type.WEBAUTHN: "passkey", Type.RECOVERY_CODES: "recovery code"}


@dataclass(frozen=True)
class Shown:
    """What somebody showed. `left` says how many recovery codes are left, if it was one."""

    factor: Authenticator
    left: int | None = None


def set_up_app(*, by: User, secret: str, code: str, has_shown: bool, at: datetime) -> list[str]:
    """Keep the app whose code this is. Recovery codes come with the first factor: they are returned, this once."""
    with ledger.recording(actor=by, at=at):
        person = _lock_own(by, has_shown=has_shown)
        if Authenticator.objects.filter(user=person, type=Type.TOTP).exists():
            raise ValidationError(ONE_APP)
        step = app.matching_step(secret, code, at=at)
        if step is None:
            raise ValidationError(NOT_THE_CODE)
        return _add(person, Type.TOTP, {"secret": FactorAdapter().encrypt(secret), "step": step}, at=at)


def set_up_passkey(*, by: User, name: str, answer: str, has_shown: bool, at: datetime) -> list[str]:
    """Keep the passkey that this answer of the browser holds, as `set_up_app` keeps an app."""
    with ledger.recording(actor=by, at=at):
        person = _lock_own(by, has_shown=has_shown)
        credential = passkeys.made(answer)
        data = {
            "name": name.strip(), "credential": credential, passkeys.COUNT: passkeys.count_at_first(credential),
        }  # fmt: skip
        return _add(person, Type.WEBAUTHN, data, at=at)


def remove_factor(*, by: User, factor: Authenticator, at: datetime) -> User:
    """Remove one of the user's own second factors; recovery codes go with the last of them.

    Raises ValidationError for the last one that works, where one is demanded. Every session of theirs ends at its next
    request, unless the caller carries one on: it may belong to somebody else who had the phone or the key.
    """
    with ledger.recording(actor=by, at=at):
        person = _lock_own(by, has_shown=True)
        held = Authenticator.objects.filter(user=person)
        found = held.filter(pk=factor.pk, type__in=second_factor.FACTORS).first()
        if found is None:
            raise PermissionDenied
        others = list(held.filter(type__in=second_factor.FACTORS).exclude(pk=found.pk))
        if second_factor.is_demanded() and not any(map(passkeys.can_be_used, others)):
            raise ValidationError(LAST)
        (held.filter(pk=found.pk) if others else held).delete()
        person.factors_reset_at = at
        person.save()
        _enter("account.second_factor_removed", person, kind=EVENTS[found.type], sessions="the others ended")
        tell_of_own_sign_in(person, at=at)
        return person


def make_recovery_codes(*, by: User, at: datetime) -> list[str]:
    """New ones, returned this once. Those of before stop working."""
    with ledger.recording(actor=by, at=at):
        person = _lock_own(by, has_shown=True)
        if not second_factor.has_one(person):
            raise PermissionDenied
        Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).delete()
        codes = RecoveryCodes.activate(person).get_unused_codes()
        _enter("account.recovery_codes_made", person)
        tell_of_own_sign_in(person, at=at)
        return codes


def show_code(*, user: User, code: str, at: datetime) -> Shown:
    """Judge a code of the app, or a recovery code. Counted first: while held, a right one is refused too."""
    guess = _counted(user, at)
    with ledger.recording(actor=None, at=at):
        person: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        shown = (_of_app(person, code, at) or _of_recovery(person, code)) if person.is_active else None
        _enter_shown(person, shown)
    if shown is None:
        raise ValidationError(WRONG_CODE)
    guess.give_back()
    return shown


def show_passkey(*, user: User, answer: str, at: datetime) -> Shown:
    """Judge what a passkey signed, counted as a code is. One whose own count went back never works again."""
    guess = _counted(user, at)
    try:
        signed = passkeys.shown(user, answer)
    except ValidationError:
        with ledger.recording(actor=None, at=at):
            _enter_shown(user, None)
        raise
    with ledger.recording(actor=None, at=at):
        person: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        judged = _of_passkey(person, signed, at)
        _enter_shown(person, judged if isinstance(judged, Shown) else None)
    if not isinstance(judged, Shown):
        raise ValidationError(judged)
    guess.give_back()
    return judged


def _of_passkey(person: User, signed: passkeys.Signed, at: datetime) -> Shown | str:
    """Or what to tell them. Under the lock on the person, so that of two who sign at once each is compared with the
    one before."""
    held: Authenticator | None = Authenticator.objects.filter(user=person, pk=signed.passkey.pk).first()
    if held is None or not person.is_active:
        return passkeys.NOT_READ
    if not passkeys.can_be_used(held):
        return COPIED
    went_back = passkeys.went_back(held.data.get(passkeys.COUNT, 0), signed.count)
    held.data[passkeys.WENT_BACK] = went_back
    if not went_back:
        held.data[passkeys.COUNT] = signed.count
    held.save(update_fields=["data"])
    if not went_back:
        return Shown(held)
    _enter("account.passkey_copy_suspected", person)
    tell_of_copied_passkey(person, at=at)
    return COPIED


def _counted(user: User, at: datetime) -> guesses.Guess:
    guess = guesses.take(*guesses.of_code(str(user.public_id)))
    if guess is None:
        with ledger.recording(actor=None, at=at):
            _enter("account.second_factor_throttled", user)
        raise ValidationError(TOO_MANY_CODES, code="too_many_login_attempts")
    return guess


def _of_app(person: User, code: str, at: datetime) -> Shown | None:
    held = Authenticator.objects.filter(user=person, type=Type.TOTP).first()
    if held is None:
        return None
    try:
        secret = FactorAdapter().decrypt(held.data["secret"])
    except InvalidToken:  # `check --deploy --database default` says so: the key is not the one it was closed with
        return None
    step = app.matching_step(secret, code, at=at, after=held.data["step"])
    if step is None:
        return None
    held.data["step"] = step
    held.save(update_fields=["data"])
    return Shown(held)


def _of_recovery(person: User, code: str) -> Shown | None:
    held = Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).first()
    codes = RecoveryCodes(held) if held and second_factor.has_one(person) else None
    try:
        if codes is None or not codes.validate_code(app.typed(code)):
            return None
        return Shown(codes.instance, len(codes.get_unused_codes()))
    except InvalidToken:
        return None


def _add(person: User, kind: str, data: dict[str, Any], *, at: datetime) -> list[str]:
    Authenticator(user=person, type=kind, data=data, created_at=at).save()
    _enter("account.second_factor_added", person, kind=EVENTS[Type(kind)])
    tell_of_own_sign_in(person, at=at)
    if Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).exists():
        return []
    _enter("account.recovery_codes_made", person)
    return list(RecoveryCodes.activate(person).get_unused_codes())


def _lock_own(by: User, *, has_shown: bool) -> User:
    """Whoever has only the password sets up the first one, and never a second beside it."""
    person: User = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not person.is_active or (second_factor.is_demanded() and not has_shown and second_factor.has_one(person)):
        raise PermissionDenied
    return person


def _enter_shown(person: User, shown: Shown | None) -> None:
    if shown is None:
        _enter("account.second_factor_refused", person)
    else:
        left = {} if shown.left is None else {"left": str(shown.left)}
        _enter("account.second_factor_shown", person, kind=EVENTS[Type(shown.factor.type)], **left)


def _enter(event: str, person: User, **details: str) -> None:
    ledger.append(event, organisation=person.organisation_id, obj=person, details=details)
