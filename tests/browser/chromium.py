"""Which browser there is, and how it is started with a film for a webcam."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE: Final = (
    "no browser here: install Chromium (Debian, Ubuntu: sudo apt install chromium), "
    "or 'python -m playwright install chromium'"
)
# By the browser, not by a route of Playwright's: with one of those it keeps no file, and fetches all anew.
NOWHERE_ELSE: Final = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"


def find(playwright: Playwright) -> str:
    """Playwright's own browser, else one of this machine; none skips the test, in CI it fails."""
    own = playwright.chromium.executable_path
    found = own if Path(own).is_file() else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(NONE)
    if found is None:
        pytest.skip(NONE)
    return found


def launch(
    playwright: Playwright, program: str, webcam: Path | None = None, more: Sequence[str] = ()
) -> Browser:
    """Start it; it reaches this machine alone, and nobody is asked for the camera, which plays `webcam`.

    more  flags of the browser's
    """
    flags = ["--no-sandbox", NOWHERE_ELSE, *more]
    flags += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    if webcam is not None:
        flags.append(f"--use-file-for-fake-video-capture={webcam}")
    return playwright.chromium.launch(executable_path=program, args=flags)
