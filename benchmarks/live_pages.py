"""The visitors of the live benchmark: each goes through an app as a person would, and reads what is noted."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

from benchmarks.live_figures import Kind
from coach.language import words

HERE: Final = Path(__file__).parent
EXERCISE: Final = "squat"
PATIENCE_S: Final = 60.0
LOOK_MS: Final = 50.0


class CoachPage:
    """A visitor of the app who chooses an exercise and starts with the camera."""

    TELL = """() => { const s = window.formCoach;
        return { lags: s.lags.splice(0), ages: s.ages.splice(0), grabbed: s.grabbed, stage: s.stage }; }"""
    DOSE: Final = (("reps", "60"), ("sets", "10"), ("rest", "5"))  # the longest there is

    def __init__(self, browser: Browser, address: str) -> None:
        self.page: Page = browser.new_context(permissions=["camera"]).new_page()
        self.page.set_default_timeout(1000 * PATIENCE_S)
        self._words = words("en", HERE.parent / "coach" / "web")
        self._address = address

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

    def close(self) -> None:
        """Close the page as one closes a tab."""
        self.page.context.close()


class WebrtcPage:
    """A visitor of the streamlit-webrtc app."""

    TELL = """() => { const s = window.webrtcProbe;
        return { lags: [], ages: s.ages.splice(0), grabbed: s.grabbed, stage: '', notice: '' }; }"""

    def __init__(self, browser: Browser, address: str) -> None:
        context = browser.new_context(permissions=["camera"])
        context.add_init_script(path=HERE / "webrtc_probe.js")
        self.page: Page = context.new_page()
        self.page.set_default_timeout(1000 * PATIENCE_S)
        self._address = address

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

    def close(self) -> None:
        """Close the page as one closes a tab."""
        self.page.context.close()


PAGES: Final[dict[Kind, type[CoachPage] | type[WebrtcPage]]] = {"coach": CoachPage, "webrtc": WebrtcPage}
