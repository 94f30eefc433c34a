"""The visitors of the live benchmark: each goes through an app as a person would, and reads what is noted.

Nobody is attached to a browser while it is watched: what is attached is told of everything that goes over a socket,
which costs the browser more than sending it.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, Playwright

from benchmarks.live_figures import Kind
from coach.judge.file_dose import MOST_REPS, MOST_SETS
from coach.language import words
from tests.browser import chromium
from tests.browser.server import free_port

HERE: Final = Path(__file__).parent
EXERCISE: Final = "squat"
PATIENCE_S: Final = 60.0
LOOK_MS: Final = 50.0
WINDOW: Final = "--window-size=1280,807"  # of which 1280x720 are the page's


class Chrome:
    """A running browser of one person, who is attached to it at times; its one page stays.

    address  where it answers to Chrome's own protocol
    """

    def __init__(self, playwright: Playwright, address: str) -> None:
        self._playwright, self._address = playwright, address
        self._attached: Browser | None = None

    def attach(self) -> Page:
        """The page, to be clicked on and asked."""
        assert self._attached is None
        self._attached = self._playwright.chromium.connect_over_cdp(self._address)
        own = self._attached.contexts[0]
        page = own.pages[0] if own.pages else own.new_page()
        page.set_default_timeout(1000 * PATIENCE_S)
        return page

    def detach(self) -> None:
        """Leave it alone; the page goes on."""
        if self._attached is not None:
            self._attached.close()
            self._attached = None


@contextmanager
def chromes(
    playwright: Playwright, program: str, camera: Path, flags: Sequence[str], count: int
) -> Iterator[list[Chrome]]:
    """Start so many browsers, each with a camera that plays a film."""
    with ExitStack() as started:
        found = []
        for _ in range(count):
            port = free_port()
            more = (*flags, WINDOW, f"--remote-debugging-port={port}")
            started.enter_context(chromium.launch(playwright, program, camera, more))
            found.append(Chrome(playwright, f"http://127.0.0.1:{port}"))
        yield found


class Visitor:
    """Somebody at a page of an app, in a browser of their own."""

    def __init__(self, chrome: Chrome, address: str) -> None:
        self._chrome, self._address = chrome, address
        self.attach()

    def attach(self) -> None:
        """Come to the page."""
        self.page = self._chrome.attach()

    def detach(self) -> None:
        """Leave the page to itself."""
        self._chrome.detach()

    def close(self) -> None:
        """Leave the app."""
        self.page.goto("about:blank")
        self.detach()


class CoachPage(Visitor):
    """A visitor of the app who chooses an exercise and starts with the camera."""

    TELL = """() => { const s = window.formCoach; return { lags: s.lags.splice(0), ages: s.ages.splice(0),
        grabbed: s.grabbed, frames: s.frames, now_ms: performance.now(), stage: s.stage }; }"""
    DOSE: Final = (("reps", f"{MOST_REPS}"), ("sets", f"{MOST_SETS}"), ("rest", "5"))  # the longest there is

    def __init__(self, chrome: Chrome, address: str) -> None:
        super().__init__(chrome, address)
        self._words = words("en", HERE.parent / "coach" / "web")

    def begin(self, dose: Sequence[tuple[str, str]] = ()) -> None:
        """Until the first answer."""
        self.page.goto(f"{self._address}/?lang=en")
        self.page.locator(f".st-key-choose-{EXERCISE} button").click()
        for name, value in dose:
            self._fill(f"{name}-{EXERCISE}", value)
        self.page.get_by_role("button", name=self._words("setup.start")).click()
        self._until_answered()

    def lengthen(self) -> None:
        """Begin anew, with a set that does not end while it is watched."""
        self.begin(self.DOSE)

    def _fill(self, key: str, value: str) -> None:
        entry = self.page.locator(f".st-key-{key} input")
        entry.fill(value)
        entry.press("Enter")
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def _until_answered(self) -> None:
        self.page.wait_for_function("() => window.formCoach && window.formCoach.frames > 0")

    def tell(self) -> dict[str, Any]:
        """What was noted since it was last asked; a set that is over is begun once more."""
        notice = self.page.locator(".stage .notice")
        told = dict(self.page.evaluate(self.TELL))
        told["notice"] = notice.first.text_content() if notice.count() else ""
        if told["stage"] == "done":
            self.again()
        return told

    def again(self) -> None:
        """From the summary into the next set."""
        again = self.page.get_by_role("button", name=self._words("after.again"))
        again.wait_for()
        self.page.evaluate("() => { window.formCoach = null; }")
        again.click()
        self._until_answered()

    def stop(self) -> None:
        """The button that ends the set."""
        self.page.get_by_role("button", name=self._words("stage.stop")).click()
        self.page.get_by_role("button", name=self._words("after.again")).wait_for()


class WebrtcPage(Visitor):
    """A visitor of the streamlit-webrtc app."""

    TELL = """() => { const s = window.webrtcProbe;
        return { lags: [], ages: s.ages.splice(0), grabbed: s.grabbed, frames: s.frames, now_ms: performance.now(),
        stage: '', notice: '' }; }"""

    def __init__(self, chrome: Chrome, address: str) -> None:
        super().__init__(chrome, address)
        self.page.add_init_script(path=HERE / "webrtc_probe.js")  # until this visitor leaves it to itself

    def begin(self) -> None:
        """Until the first picture came back."""
        self.page.goto(self._address)
        self.page.frame_locator("iframe").get_by_role("button", name="Start").click()
        until = time.perf_counter() + PATIENCE_S
        while not self._answered():
            if time.perf_counter() > until:
                raise TimeoutError("streamlit-webrtc gave no picture.")

    def lengthen(self) -> None:
        """It goes on for as long as it is watched."""

    def _answered(self) -> bool:
        self.page.wait_for_timeout(LOOK_MS)
        asked = "() => !!window.webrtcProbe && window.webrtcProbe.frames > 0"
        return any(frame.evaluate(asked) for frame in self.page.frames)

    def tell(self) -> dict[str, Any]:
        """What was noted since it was last asked, in whichever frame of the page it plays."""
        asked = "() => window.webrtcProbe ? window.webrtcProbe.grabbed : 0"
        playing = max(self.page.frames, key=lambda frame: int(frame.evaluate(asked)))
        return dict(playing.evaluate(self.TELL))


PAGES: Final[dict[Kind, type[CoachPage] | type[WebrtcPage]]] = {"coach": CoachPage, "webrtc": WebrtcPage}
