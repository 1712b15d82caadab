"""Asks exactly the address that the settings name: what is sent goes where it was meant to go, or nowhere."""

import urllib.request
from typing import Any


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


opener = urllib.request.build_opener(_NoRedirect)
