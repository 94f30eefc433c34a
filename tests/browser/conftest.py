"""The app, the browser, and visits that are looked over when they end."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from coach.language import Language
from tests.browser import chromium
from tests.browser.guests import PATIENCE_MS, Guests
from tests.browser.homes import answered
from tests.browser.server import App
from tests.browser.visit import Visit
from tests.browser.webcam import film
from tests.conftest import SAMPLES

collect_ignore = ["named"]  # for the process of the app alone
WEBCAM = "squat_clean"
Visits = Callable[..., Visit]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Playwright, while these tests last."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose webcam shows somebody doing three squats, over and over."""
    program = chromium.find(playwright)
    shown = film(SAMPLES / f"{WEBCAM}.mp4", tmp_path_factory.mktemp("webcam") / "webcam.y4m")
    with chromium.launch(playwright, program, shown) as started:
        yield started
    shown.unlink()


@pytest.fixture(scope="package")
def guests(browser: Browser) -> Guests:
    """Everybody who comes, each with a browser of their own."""
    return Guests(browser)


@pytest.fixture(scope="package")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app of somebody who has been here before; at most two cameras at a time."""
    started = App(answered(tmp_path_factory.mktemp("home")))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def visits(app: App, guests: Guests) -> Iterator[Visits]:
    """Makes visits; when the test ends none may have had trouble, nor the server."""
    made: list[Visit] = []
    app.start()  # a test that failed may have left it stopped
    app.log.clear()

    def visit(language: Language = "en", deny: tuple[str, ...] = ()) -> Visit:
        made.append(guests.come(app.url, language, deny))
        return made[-1]

    yield visit
    trouble = [told for one in made for told in one.trouble]
    for one in made:
        guests.go(one)
    assert not trouble
    assert not app.trouble


@pytest.fixture
def visit(visits: Visits) -> Visit:
    """Somebody who reads English."""
    return visits()
