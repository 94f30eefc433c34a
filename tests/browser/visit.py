"""What somebody does on the pages, sees and hears, and what must never happen meanwhile."""

import json
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from coach.language import Language, Words, words
from coach.web.session import HERE

HOSTS: Final = ("localhost", "127.0.0.1")
LONG_MS: Final = 180_000  # a clip to its end, on a slow machine
SCRIPT: Final = (Path(__file__).parent / "browser.js").read_text("utf-8")
PACE: Final = 16  # pictures for each second of a film: every one of most clips


class Visit:
    """One person with a browser of their own: a context, and the page in it."""

    def __init__(
        self, context: BrowserContext, url: str, language: Language = "en", deny: tuple[str, ...] = ()
    ) -> None:
        """deny: how the first cameras that are asked for fail, by the names of the browser's errors."""
        self.url, self.language = url, language
        self.say: Words = words(language, HERE)
        self.wrong: list[str] = []
        self.allowed: list[str] = []
        self.context = context
        options = {"language": language, "deny": deny, "pace": PACE}
        context.add_init_script(SCRIPT.replace("OPTIONS", json.dumps(options)))
        context.on("request", self._asked)
        self.page = self._watched(context.new_page())

    def _watched(self, page: Page) -> Page:
        page.on("console", self._told)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        return page

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("blob", "data") and parts.hostname not in HOSTS:
            self.wrong.append(f"a request left the machine: {request.url}")

    def _told(self, message: ConsoleMessage) -> None:
        asked_elsewhere = "/_stcore/" in str(message.location.get("url"))  # Streamlit looks for its own root
        if message.type == "error" and not (asked_elsewhere and "404" in message.text):
            self.wrong.append(f"console: {message.text}")

    # --- what must be true in the end -----------------------------------------------------------------

    @property
    def trouble(self) -> list[str]:
        """What went wrong that was not to be expected (`allowed`, regular expressions)."""
        found = [told for told in self.wrong if not any(re.search(known, told) for known in self.allowed)]
        if not self.page.is_closed():
            if self.page.get_by_test_id("stException").count():
                found.append(f"exception: {self.page.get_by_test_id('stException').first.inner_text()}")
            if self.page.get_by_text(self.say("wrong.page")).count():
                found.append("a page failed")
        return found

    # --- going about ------------------------------------------------------------------------------------

    def open(self, path: str = "", ready: str = "h1") -> "Visit":
        """Go to a page, and wait until it is there."""
        self.page.goto(f"{self.url}/{path}")
        expect(self.page.locator(ready).first).to_be_visible(timeout=30_000)
        return self

    def choose(self, exercise: str) -> "Visit":
        """From the first page to setting up."""
        self.open()
        self.page.locator(f".st-key-choose-{exercise} button").click()
        expect(self.button("setup.start")).to_be_visible()
        return self

    def dose(self, exercise: str, **amounts: int) -> "Visit":
        """Change `reps`, `hold` or `sets`."""
        for name, amount in amounts.items():
            box = self.page.locator(f".st-key-{name}-{exercise} input")
            box.fill(str(amount))
            box.press("Enter")
            expect(box).to_have_value(str(amount))
        return self.settled()

    def settled(self) -> "Visit":
        """Streamlit has nothing under way, and everything is there."""
        expect(
            self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
        ).to_be_attached()
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)
        return self

    def start(self) -> "Visit":
        """In front of the camera."""
        self.button("setup.start").click()
        return self

    def watch(self, exercise: str, kind: str) -> "Visit":
        """A sample clip, by what its name tells: faulty, clean, wrong_view."""
        told = ", ".join(self.say(f"clip.{part}") for part in kind.split("-"))
        box = self.page.locator(f".st-key-clip-{exercise}").get_by_role("combobox")
        if box.input_value() != told:
            box.click()
            self.page.get_by_role("option", name=told, exact=True).click()
            expect(box).to_have_value(told)
        self.settled()
        self.button("setup.try").click()
        return self

    def stop(self) -> "Visit":
        """With the button of the stage."""
        self.button("stage.stop").click()
        return self

    def button(self, key: str) -> Locator:
        """The button with these words."""
        return self.page.get_by_role("button", name=self.say(key), exact=True)

    # --- the stage ----------------------------------------------------------------------------------------

    @property
    def stage(self) -> Locator:
        """All of it."""
        return self.page.locator(".stage")

    @property
    def count(self) -> Locator:
        """The large number."""
        return self.page.locator(".stage .count b")

    @property
    def caption(self) -> Locator:
        """The one sentence to read."""
        return self.page.locator(".stage .caption .text")

    @property
    def message(self) -> Locator:
        """What lies over the picture."""
        return self.page.locator(".stage .message")

    def until(self, condition: str, timeout: float = LONG_MS) -> Any:
        """Wait for something of `window.formCoach`, here called `coach`."""
        self.page.wait_for_function(
            f"(() => {{ const coach = window.formCoach; return coach && ({condition}) }})()", timeout=timeout
        )
        return self.page.evaluate("window.formCoach")

    @property
    def spoken(self) -> list[dict[str, Any]]:
        """What was said aloud, in this order: its `text`, and `shown`, `count`, `inner`: what stood there then."""
        return list(self.page.evaluate("window.spoken"))

    def heard(self, sentence: str) -> "Visit":
        """Wait until it was said, alone or with other sentences; not beyond the end of the set."""
        self.page.wait_for_function(
            "said => window.formCoach?.stage === 'done' || window.spoken.some(one => one.text.includes(said))",
            arg=sentence,
            timeout=LONG_MS,
        )
        assert any(sentence in one["text"] for one in self.spoken), [one["text"] for one in self.spoken]
        return self

    # --- the summary ----------------------------------------------------------------------------------------

    def result(self) -> dict[str, Any]:
        """What the summary gives to keep."""
        take = self.page.locator('[class*="st-key-take-"] button')
        expect(take).to_be_visible(timeout=LONG_MS)
        with self.page.expect_download() as download:
            take.click()
        return dict(json.loads(download.value.path().read_text("utf-8")))
