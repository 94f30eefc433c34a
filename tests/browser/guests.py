"""Who comes to the app: each with a browser of their own."""

from typing import Final

from playwright.sync_api import Browser, BrowserContext

from coach.language import Language
from tests.browser.visit import Visit

LOCALES: Final[dict[Language, str]] = {"en": "en-GB", "de": "de-DE", "es": "es-ES"}
PATIENCE_MS: Final = 20_000  # for what takes a second on a machine that has nothing else to do


class Guests:
    """Comers and goers: nobody finds anything of who was there before.

    deny  see `Visit`
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def come(self, url: str, language: Language = "en", deny: tuple[str, ...] = ()) -> Visit:
        """A visit to the app at this address, by somebody with a browser of their own."""
        return Visit(self._context(language), url, language, deny)

    def go(self, visit: Visit) -> None:
        """The visit is over."""
        visit.context.close()

    def _context(self, language: Language) -> BrowserContext:
        context = self._browser.new_context(
            locale=LOCALES[language], viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        return context
