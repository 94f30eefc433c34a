"""A clinic: the app with a login, and a provider of OpenID Connect that knows its people, both on this machine."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import Any, Final

from playwright.sync_api import Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from coach.language import Language, words
from coach.records import Records, open_records
from coach.web.clinic.page import HERE
from tests.browser.guests import Guests
from tests.browser.server import App, free_port
from tests.browser.visit import Visit

COOKIE_SECRET: Final = "kept-to-itself-by-the-server-0123456789"
CLIENT_SECRET: Final = "known-to-the-provider-and-the-server"
PEOPLE: Final = (
    {"sub": "ana", "name": "Ana Apfelbaum", "roles": ["person"], "locale": "en-GB"},
    {"sub": "ben", "name": "Ben Birnbaum", "roles": ["person"]},
    {"sub": "thea", "name": "Thea Tannenbaum", "roles": ["therapist", "person"]},
    {"sub": "gus", "name": "Gus Gast", "roles": ["cleaning"]},
)
SECRETS: Final = """
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "{cookie_secret}"
client_id = "form-coach"
client_secret = "{client_secret}"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[clinic]
person = "person"
"""
# The provider's own style sheet is elsewhere, and is not fetched; some pages and files are asked for that do not exist.
ELSEWHERE: Final = ("a request left the machine: https://cdn", "net::ERR", "404", "does not seem to exist")


class Clinic:
    """The app, and who comes to it."""

    def __init__(self, app: App, provider: str, home: Path) -> None:
        self.app, self.url, self.provider, self._home = app, app.url, provider, home

    def records(self) -> Records:
        """Its records, as whoever runs it has them."""
        return open_records(f"sqlite:///{self._home / 'records.sqlite'}", self._home / "records")

    def visit(self, guests: Guests, language: Language = "en") -> Visit:
        """Somebody with a browser of their own, not logged in."""
        visit = guests.come(self.url, language)
        visit.allowed += ELSEWHERE
        return visit

    def enter(self, visit: Visit, who: str) -> Visit:
        """Log in, as the provider knows them."""
        visit.open(ready=".st-key-login h1")
        visit.page.get_by_role("button", name=said("in", visit.language), exact=True).click()
        visit.page.get_by_role("button", name=who, exact=True).click()
        expect(visit.page.locator(".st-key-login-bar")).to_be_visible(timeout=30_000)
        return visit.settled()

    def enter_for(self, visit: Visit, seconds: float, who: str = "ana") -> Visit:
        """As if somebody had logged in, with a token that ends so soon."""
        told = {
            "is_logged_in": True,
            "origin": self.url,
            "provider": "default",
            "iss": self.provider,
            "sub": who,
            "roles": ["person"],
            "iat": int(time()),
            "exp": time() + seconds,
        }
        visit.context.add_cookies([{"name": "_streamlit_user", "value": signed(told), "url": self.url}])
        return visit


def signed(told: dict[str, Any]) -> str:
    """A cookie as the server makes it."""
    return create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(told)).decode()


def said(key: str, language: Language = "en") -> str:
    """What the pages before the login say."""
    return words(language, HERE)(key)


def closed_with(page: Page, path: str) -> int:
    """The code with which a socket of this server is closed, as a page of it sees it."""
    return int(
        page.evaluate(
            """path => new Promise(done => {
                const socket = new WebSocket(new URL(path, location.href.replace("http", "ws")))
                socket.onclose = event => done(event.code)
            })""",
            path,
        )
    )


@contextmanager
def running(home: Path) -> Iterator[Clinic]:
    """A clinic, while it lasts."""
    with provider() as at:
        secrets = home / "secrets.toml"
        app = App(home, options=(f"--secrets.files={secrets}",))
        secrets.write_text(
            SECRETS.format(url=app.url, provider=at, cookie_secret=COOKIE_SECRET, client_secret=CLIENT_SECRET)
        )
        try:
            app.start()
            yield Clinic(app, at, home)
        finally:
            app.stop()


@contextmanager
def provider() -> Iterator[str]:
    """A provider of OpenID Connect in a process of its own; gives its address."""
    port = free_port()
    people = [f"--user-claims={json.dumps(person)}" for person in PEOPLE]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", f"--port={port}", *people]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ),
    ) as process:
        try:
            while process.poll() is None:
                with socket.socket() as tried:
                    if not tried.connect_ex(("127.0.0.1", port)):
                        break
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
