"""Who sends a request: the cookie in which Streamlit keeps the claims of a login, signed by this very server.

The one place that knows how Streamlit keeps them; tests/browser/test_clinic.py sees to it that it still does.
"""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection

from coach.web.clinic.door import Door, LoggedOut
from coach.web.clinic.login import Login


def login_of(connection: HTTPConnection, door: Door) -> Login | None:
    """Who is logged in; None: nobody, or no longer."""
    claims = _claims(connection)
    if claims.get("origin") != door.clinic.origin:  # as Streamlit does: a cookie of another address is none
        return None
    try:
        return door.login(claims)
    except LoggedOut:
        return None


def _claims(connection: HTTPConnection) -> Mapping[str, Any]:
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = connection.cookies.get(name, "")
        return decode_signed_value(secret, name, value.encode("latin-1", "replace"))

    try:
        claims = json.loads(get_cookie_with_chunks(signed, AUTH_COOKIE_NAME) or b"{}")
    except (ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}
