"""Whose browsers are used again: a page that has compiled the app's scripts once opens in half the time."""

from typing import Final

from playwright.sync_api import Browser, BrowserContext

from coach.language import Language
from tests.browser.visit import Visit

LOCALES: Final[dict[Language, str]] = {"en": "en-GB", "de": "de-DE", "es": "es-ES"}
PATIENCE_MS: Final = 20_000  # for what takes a second on a machine that has nothing else to do


class Guests:
    """Comers and goers: nobody finds anything of who was there before.

    deny  see `Visit`; such a browser is nobody else's
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[Language, list[Visit]] = {language: [] for language in LOCALES}
        self._denied: list[Visit] = []

    def come(self, url: str, language: Language = "en", deny: tuple[str, ...] = ()) -> Visit:
        """A visit to the app at this address, by somebody with a browser of their own."""
        if deny:
            self._denied.append(Visit(self._context(language), url, language, deny))
            return self._denied[-1]
        free = self._free[language]
        visit = free.pop() if free else Visit(self._context(language), url, language)
        visit.url = url
        return visit

    def go(self, visit: Visit) -> None:
        """The visit is over."""
        if visit in self._denied or not visit.forget():
            visit.context.close()
        else:
            self._free[visit.language].append(visit)

    def _context(self, language: Language) -> BrowserContext:
        context = self._browser.new_context(
            locale=LOCALES[language], viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        return context
