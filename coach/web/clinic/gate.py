"""Asked before everything else that the server answers, pages and sockets alike.

On a laptop of one's own: only this very machine may ask, by its own name, and no page but the coach's own, not even one
of another program here.  In a clinic: only its own pages may open a socket or send something; everything but what a
page needs in order to offer the login wants one; and who has none gets the answer to what does not exist.  A route that
is added later is closed until it is opened here.
"""

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.live.socket import LOGGED_OUT, OTHER_PAGE, Caller, of_this_host
from coach.web.clinic.cookie import login_of
from coach.web.clinic.door import Door, door
from coach.web.clinic.login import Login
from coach.web.clinic.media import MEDIA, Media
from coach.web.clinic.setup import THIS_MACHINE

PAGES_SOCKET: Final = "/_stcore/stream"  # over which Streamlit sends the pages, that of the login too
OUT: Final = "/auth/logout"
# What is the same for everybody, and what is needed in order to log in.
OPEN: Final = frozenset(
    {
        "/",
        "/favicon.png",
        "/manifest.json",
        "/_stcore/health",
        "/_stcore/host-config",
        "/auth/login",
        OUT,
        "/oauth2callback",
    }
)
OPEN_BELOW: Final = ("/static/", "/_stcore/bidi-components/")
MEDIA_AT: Final = "/media/"
ASKING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_FROM_ELSEWHERE: Final = (
    "Form Coach without a login answers this machine alone, at http://localhost. "
    "For others it needs a login: see docs/clinic.md."
)
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
}


class Gate:
    """Around the whole server.

    pages  the paths of the pages: they hold nothing but the frame into which Streamlit puts what somebody may see
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: Iterable[str] = (),
        door: Callable[[], Door | None] = door,
        media: Media = MEDIA,
    ) -> None:
        self._app, self._door, self._media = app, door, media
        self._open = OPEN | {f"/{page}" for page in pages}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        asked, door = HTTPConnection(scope), self._door()
        answer = self._of_laptop(asked) if door is None else self._of_clinic(asked, door)
        if door is not None and answer is None and scope["path"] == OUT:
            await _end(asked, door)
        if answer is not None:
            await _refuse(answer, scope, receive, send)
        else:
            encrypted = door is not None and door.clinic.origin.startswith("https://")
            await self._app(scope, receive, _secured(scope, send, encrypted))

    def _of_laptop(self, asked: HTTPConnection) -> int | None:
        """None: it may go on; else the status of the answer.  A program that is no browser names no origin."""
        of_another_page = "origin" in asked.headers and not of_this_host(asked)
        return 403 if not on_this_machine(asked) or (_more_than_asks(asked) and of_another_page) else None

    def _of_clinic(self, asked: HTTPConnection, door: Door) -> int | None:
        """None: it may go on; else the status of the answer."""
        path = asked.scope["path"]
        socket = asked.scope["type"] == "websocket"
        if _more_than_asks(asked) and not from_clinic(asked, door):
            return 403
        login = login_of(asked, door)
        return None if self._may(path, socket, login) else 401 if socket else 404

    def _may(self, path: str, socket: bool, login: Login | None) -> bool:
        if path == PAGES_SOCKET if socket else path in self._open or path.startswith(OPEN_BELOW):
            return True
        if login is None:
            return False
        if path.startswith(MEDIA_AT):
            return self._media.may(path.removeprefix(MEDIA_AT), login.whose)
        return True


def _more_than_asks(asked: HTTPConnection) -> bool:
    return asked.scope["type"] == "websocket" or asked.scope["method"] not in ASKING


def own_page(asked: HTTPConnection) -> bool:
    """Whether a page of Form Coach asks: browsers name where a page came from, and no script can change that."""
    of_clinic = door()
    return of_this_host(asked) if of_clinic is None else from_clinic(asked, of_clinic)


def whose_request(asked: HTTPConnection) -> str | None:
    """Whose things a request may have: "" on a laptop of one's own; None: nobody is logged in."""
    of_clinic = door()
    if of_clinic is None:
        return ""
    login = login_of(asked, of_clinic)
    return None if login is None else login.whose


def caller(asked: HTTPConnection) -> Caller | None:
    """Who is at the live socket; None: nobody is logged in."""
    of_clinic = door()
    if of_clinic is None:
        return Caller()
    login = login_of(asked, of_clinic)
    return None if login is None else Caller(login.whose, lambda: of_clinic.still(login))


def from_clinic(asked: HTTPConnection, door: Door) -> bool:
    """Whether a page of the clinic asks, at its one address: what a proxy in between says is not needed for it."""
    return asked.headers.get("origin", "").lower() == door.clinic.origin


def on_this_machine(asked: HTTPConnection) -> bool:
    """Whether this machine asks itself, by a name of its own: another name could be a page's from elsewhere."""
    try:
        name = urlsplit(f"//{asked.headers.get('host', '')}").hostname
    except ValueError:
        return False
    return name in THIS_MACHINE and asked.client is not None and is_this_machine(asked.client.host)


def is_this_machine(address: str) -> bool:
    """Whether an address is this machine's own.

    >>> is_this_machine("127.0.0.1"), is_this_machine("::1"), is_this_machine("192.168.1.7"), is_this_machine("")
    (True, True, False, False)
    """
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


async def _end(asked: HTTPConnection, door: Door) -> None:
    """In a thread, since it is kept in the records, which others may be writing to."""
    login = login_of(asked, door)
    if login is not None:
        await run_in_threadpool(door.end, login)


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        text = NOT_FROM_ELSEWHERE if status == 403 else ""
        await PlainTextResponse(text, status)(scope, receive, send)
    elif status == 401:  # accepted first, for a page cannot read the code of a socket that never was
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": LOGGED_OUT})
    else:
        await send({"type": "websocket.close", "code": OTHER_PAGE})


def _secured(scope: Scope, send: Send, encrypted: bool) -> Send:
    """Answers with what protects them; cookies that no browser sends without encryption, where there is one."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if scope["path"].startswith(MEDIA_AT):
                headers["Cache-Control"] = "private, no-store"
            if encrypted:
                message["headers"] = [_encrypted_only(*header) for header in message["headers"]]
        await send(message)

    return sending


def _encrypted_only(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    is_cookie = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return name, value + b"; Secure" if is_cookie else value


def nothing() -> Response:
    """The answer to what does not exist, and to what is somebody else's."""
    return PlainTextResponse("", 404)
