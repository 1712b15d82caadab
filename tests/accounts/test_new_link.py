"""A link for an administrator who is locked out, and the commands that would leave no entry."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.utils import timezone

from accounts import actions
from accounts.models import AccessNotice, User
from accounts.second_factor import has_one
from tests.accounts.entries import entered, last
from tests.cast import Cast
from tests.pages import PageClient
from tests.second_step import with_app

# No engine would answer differently.
pytestmark = pytest.mark.sqlite
WHY = "Edie rang from her own number; Femi has left"


def run(email: str, reason: str = WHY, **options: Any) -> str:
    out = io.StringIO()
    call_command("new_link", email, reason=reason, stdout=out, **options)
    return out.getvalue()


def test_a_link_that_works_and_why(cast: Cast) -> None:
    said = run(cast.administrator.email.upper(), site_url="https://decisions.north.test")
    link = said.splitlines()[1]
    assert link.startswith("https://decisions.north.test/link/")
    assert PageClient().get(link.removeprefix("https://decisions.north.test")).status_code == 302
    assert not User.objects.get(pk=cast.administrator.pk).has_usable_password()
    assert entered(cast.organisation) == ["account.link_made accounts.user"]
    assert last(cast.organisation).additional_data["reason"] == WHY
    told = AccessNotice.objects.filter(change="link").values_list("reader__full_name", flat=True)
    assert set(told) == {"Edie Farrow", "Femi Larkin"}


def test_with_a_lost_phone_the_second_factor_goes_too(cast: Cast) -> None:
    with_app(cast.administrator)
    run(cast.administrator.email)
    assert has_one(cast.administrator)
    assert "no longer work" in run(cast.administrator.email, lost_phone=True)
    assert not has_one(cast.administrator)
    assert last(cast.organisation).additional_data == {"reason": WHY, "by": "manage.py new_link"}


@pytest.mark.parametrize(
    ("who", "reason", "said"),
    [
        ("nobody@north.test", WHY, "Nobody has the address"),
        ("practitioner@north.test", WHY, "on the person's page"),
        ("officer@north.test", WHY, "deactivated"),
        ("administrator@north.test", "  ", "--reason"),
        ("administrator@north.test", "x" * 301, "300 characters"),
    ],
)
def test_bad_input_is_one_line_and_two(cast: Cast, who: str, reason: str, said: str) -> None:
    actions.deactivate(user=cast.officer, by=cast.administrator, at=timezone.now())
    before = entered(cast.organisation)
    with pytest.raises(CommandError, match=said) as refused:
        run(who, reason)
    assert refused.value.returncode == 2
    assert entered(cast.organisation) == before


@pytest.mark.parametrize("name", ["changepassword", "createsuperuser", "dumpdata", "loaddata"])
def test_djangos_own_are_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = load_command_class(get_commands()[name], name)
    with pytest.raises(SystemExit) as stop:
        command.run_from_argv(["manage.py", name, "somebody@north.test", "--database", "default", "--unknown"])
    assert stop.value.code == 2
    assert "manage.py" in capsys.readouterr().err
