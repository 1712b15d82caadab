"""What somebody does in a browser who signs on, with the real answers of both sides."""

import http.client
from typing import Any
from urllib.parse import parse_qs, urlsplit

from accounts.links import one_time_path
from accounts.models import User
from tests.pages import PageClient, parsed


def led_to(page: Any) -> str:
    """The address that the page leads on to, by itself and by its link."""
    html = page.content.decode()
    [refresh] = [one for one in parsed(html).all("meta") if one.attrs.get("http-equiv") == "refresh"]
    address: str = refresh.attrs["content"].partition("url=")[2]
    assert address in {link.attrs.get("href") for link in parsed(html).all("a")}
    return address


def asked_for(address: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


def visit(address: str) -> str:
    """The service's own page, where somebody signs in at once; where it leads back to."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port or 80)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location: str = connection.getresponse().headers["Location"]
    connection.close()
    return location


def back(client: PageClient, location: str) -> Any:
    return client.get(location.removeprefix("http://testserver"))


def sign_on(client: PageClient, name: str, **posted: str) -> Any:
    return back(client, visit(led_to(client.post(f"/sign-on/{name}/", posted))))


def open_link(client: PageClient, person: User) -> Any:
    return client.get(one_time_path(person), follow=True)


def is_in(client: PageClient) -> bool:
    return "_auth_user_id" in client.session
