"""Settings of the services: a mistake is one line that names the variable and says what to do. Needs no database."""

from pathlib import Path
from typing import Any

import pytest

from accounts.sign_on.configured import Mistake, read
from accounts.sign_on.kinds import KINDS

GOOD = {
    "SIGN_ON": "north-school",
    "SIGN_ON_NORTH_SCHOOL_KIND": "entra",
    "SIGN_ON_NORTH_SCHOOL_ORGANISATION": "North School",
    "SIGN_ON_NORTH_SCHOOL_CLAIM": "8eaef023",
    "SIGN_ON_NORTH_SCHOOL_CLIENT_ID": "our-site",
    "SIGN_ON_NORTH_SCHOOL_CLIENT_SECRET": "secret-of-ours",
}
P = "SIGN_ON_NORTH_SCHOOL_"


def test_nothing_is_set_up_without_names() -> None:
    assert read({}) == read({"SIGN_ON": " , "}) == ()


def test_what_is_read() -> None:
    [one] = read(GOOD)
    assert (one.issuer, one.label) == ("https://login.microsoftonline.com/8eaef023/v2.0", "Microsoft")
    assert (one.client_auth, one.always_second_factor) == ("post", False)
    assert "secret" not in f"{one!r}{one}"


def test_a_secret_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-file\n")
    rest = {key: value for key, value in GOOD.items() if not key.endswith("_SECRET")}
    [one] = read({**rest, f"{P}CLIENT_SECRET_FILE": str(tmp_path / "secret")})
    assert one.client_secret == "from-a-file"


MISTAKES: list[tuple[dict[str, str], str]] = [
    ({"SIGN_ON": "North School"}, "SIGN_ON names 'North School'"),
    ({"SIGN_ON": "north-school,north-school"}, "twice"),
    ({f"{P}KIND": "azure"}, f"{P}KIND is 'azure'. Set it to one of entra, google, dfe, cis2."),
    ({f"{P}KIND": ""}, f"{P}KIND is ''"),
    ({f"{P}CLAIM": ""}, f"{P}CLAIM is missing. Set it to the tenant's id"),
    ({f"{P}ORGANISATION": ""}, f"{P}ORGANISATION is missing"),
    ({f"{P}CLIENT_ID": ""}, f"{P}CLIENT_ID is missing"),
    ({f"{P}CLIENT_SECRET": ""}, f"Set either {P}CLIENT_SECRET or {P}CLIENT_SECRET_FILE"),
    ({f"{P}CLIENT_SECRET_FILE": "/nowhere"}, "and not both"),
    ({f"{P}CLIENT_SECRET": "", f"{P}CLIENT_SECRET_FILE": "/nowhere"}, "cannot be read"),
    ({f"{P}KIND": "cis2"}, f"{P}ISSUER is ''"),
    ({f"{P}ISSUER": "http://login.example.org"}, "which begins with https://"),
    ({f"{P}ISSUER": "https://login.example.org/?a=b"}, f"{P}ISSUER"),
    ({f"{P}CLIENT_AUTH": "cookie"}, "Set it to post or basic"),
    ({f"{P}SECOND_FACTOR": "always"}, f"{P}SECOND_FACTOR is 'always'"),
]


@pytest.mark.parametrize(("wrong", "said"), MISTAKES, ids=[said for _, said in MISTAKES])
def test_a_mistake_is_said_in_one_line(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(Mistake) as caught:
        read({**GOOD, **wrong})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "secret-of-ours" not in str(caught.value)


def test_two_names_are_two_services() -> None:
    second = {key.replace("NORTH", "SOUTH"): value for key, value in GOOD.items() if key != "SIGN_ON"}
    both = {**GOOD, **second, "SIGN_ON": "north-school,south-school"}
    with pytest.raises(Mistake, match="SIGN_ON_SOUTH_SCHOOL_CLAIM is that of another"):
        read(both)
    with pytest.raises(Mistake, match="SIGN_ON_SOUTH_SCHOOL_LABEL"):
        read({**both, "SIGN_ON_SOUTH_SCHOOL_CLAIM": "another"})
    named = {"SIGN_ON_SOUTH_SCHOOL_CLAIM": "another", "SIGN_ON_SOUTH_SCHOOL_LABEL": "South School"}
    assert [one.name for one in read({**both, **named})] == ["north-school", "south-school"]


ROLES = [{"person_roleid": "1", "org_code": "B82002"}, {"person_roleid": "2", "org_code": "A81001"}]
SAID: list[tuple[str, dict[str, Any], set[str]]] = [
    ("entra", {"tid": "8EAEF023"}, {"8eaef023"}),
    ("entra", {"tid": ["8eaef023"]}, set()),
    ("google", {"hd": "School.example.org"}, {"school.example.org"}),
    ("google", {"email": "a@school.example.org"}, set()),
    ("dfe", {"organisation": {"urn": "123456", "ukprn": None, "id": "23F2"}}, {"urn:123456", "id:23f2"}),
    ("dfe", {"organisation": '{"ukprn": "10001234"}'}, {"ukprn:10001234"}),
    ("dfe", {"organisation": "not json"}, set()),
    ("dfe", {"organisation": ["123456"]}, set()),
    ("cis2", {"selected_roleid": "2", "nhsid_nrbac_roles": ROLES}, {"a81001"}),
    ("cis2", {"selected_roleid": "3", "nhsid_nrbac_roles": ROLES}, set()),
    ("cis2", {"nhsid_nrbac_roles": ROLES}, set()),
    ("cis2", {"selected_roleid": "", "nhsid_nrbac_roles": [{"person_roleid": "", "org_code": "A81001"}]}, set()),
]


@pytest.mark.parametrize(("code", "claims", "organisation"), SAID)
def test_whose_account_it_is(code: str, claims: dict[str, Any], organisation: set[str]) -> None:
    assert KINDS[code].organisation(claims) == organisation


@pytest.mark.parametrize(
    ("code", "claims", "counts"),
    [
        ("entra", {"amr": ["pwd", "mfa"]}, True),
        ("entra", {"amr": ["pwd"]}, False),
        ("entra", {}, False),
        ("cis2", {"acr": "AAL3_ANY"}, True),
        ("cis2", {"acr": "AAL2_OR_AAL3_ANY"}, True),
        ("cis2", {"acr": "AAL1_USERPASS"}, False),
        ("cis2", {"acr": ["AAL3_ANY"]}, False),
        ("google", {"amr": ["mfa"]}, False),
        ("dfe", {"amr": ["mfa"]}, False),
    ],
)
def test_a_second_factor_counts_where_the_token_says_so(code: str, claims: dict[str, Any], *, counts: bool) -> None:
    assert KINDS[code].second_factor(claims) is counts
