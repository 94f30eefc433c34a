"""Make the pictures of the pages that docs/pages.md and the README show.

python -m scripts.pages [--folder FOLDER] [NAME ...]

NAME: of a picture, such as review; without any, all are made.
"""

import argparse
import io
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Final, Literal

from PIL import Image
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from coach.language import Language
from tests.browser import chromium
from tests.browser.homes import months, reviewed
from tests.browser.server import App
from tests.browser.visit import Visit
from tests.conftest import ROOT, SAMPLES

PICTURES: Final = ROOT / "docs" / "pictures"
Scheme = Literal["light", "dark"]
Pages = dict[str, Callable[[Visit], None]]
SIZE: Final = (1280, 800)
MARGIN: Final = 60  # pixels below what a picture is to show last
MOST_BYTES: Final = 120_000
COLOURS: Final = (256, 192, 128, 96, 64, 48, 32)
LOCALES: Final = {"en": "en-GB", "de": "de-DE", "es": "es-ES"}
OPENS_MS: Final = 1000  # a line of the plan unfolds
FAULT: Final = "coach.screen && coach.screen.tone === 'fault' && coach.screen.highlight.length"


def main() -> None:
    """Those that are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--folder", type=Path, default=PICTURES)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        program = chromium.find(playwright)
        for lived_in, known in HOMES:
            pages = {name: show for name, show in known.items() if name in asked.names or not asked.names}
            if not pages:
                continue
            with tempfile.TemporaryDirectory() as home, chromium.launch(playwright, program) as browser:
                app = App(lived_in(Path(home)))
                app.start()
                try:
                    picture(pages, browser, app, asked.folder)
                finally:
                    app.stop()


def picture(pages: Pages, browser: Browser, app: App, folder: Path) -> None:
    """The pages of one home, in every look."""
    for name, suffix in product(pages, LOOKS):
        if suffix in EVERYWHERE or name in GERMAN:
            visit = visitor(browser, app, *LOOKS[suffix])
            pages[name](visit)
            keep(visit.page.screenshot(), folder / f"{name}{suffix}.png")
            visit.context.close()


def visitor(browser: Browser, app: App, language: Language, scheme: Scheme) -> Visit:
    """Somebody with this language who likes it light or dark."""
    width, height = SIZE
    context = browser.new_context(
        locale=LOCALES[language],
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    return Visit(context, app.url, language)


def keep(picture: bytes, path: Path) -> None:
    """Write a picture with as many colours as its size allows."""
    full = Image.open(io.BytesIO(picture)).convert("RGB")
    for most in COLOURS:
        full.quantize(palette=palette(full, most), dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    print(f"{path.name}: {path.stat().st_size // 1000} kB", flush=True)


def palette(full: Image.Image, most: int) -> Image.Image:
    """Mostly the colours that are frequent, for the shades of a wall; some that are rare, for the marks on a joint."""
    rare = most // 6
    frequent = full.quantize(most - rare, Image.Quantize.MEDIANCUT).getpalette() or []
    seldom = full.quantize(rare, Image.Quantize.MAXCOVERAGE).getpalette() or []
    made = Image.new("P", (1, 1))
    made.putpalette([*frequent[: 3 * (most - rare)], *seldom[: 3 * rare]])
    return made


def down_to(visit: Visit, last: Locator) -> None:
    """Make the picture as high as the page down to where this ends."""
    visit.settled()
    box = last.bounding_box()
    assert box is not None
    width, _ = SIZE
    visit.page.set_viewport_size({"width": width, "height": round(box["y"] + box["height"]) + MARGIN})
    visit.page.mouse.move(0, 0)
    expect(last).to_be_in_viewport(ratio=1)


# --- the pages --------------------------------------------------------------------------------------


def choose(visit: Visit) -> None:
    """The first page."""
    visit.open().settled()


def set_up(visit: Visit) -> None:
    """How a bridge is done, and where the camera goes."""
    visit.choose("bridge").settled()


def live(visit: Visit) -> None:
    """In the middle of a set, with a cue."""
    visit.open()
    visit.button("choose.look").click()
    visit.until(FAULT)


def summary(visit: Visit) -> None:
    """After a set."""
    visit.choose("squat").dose("squat", sets=1).watch("squat", "faulty")
    expect(visit.page.locator(".sum.done")).to_be_visible(timeout=180_000)
    down_to(visit, visit.page.locator('[class*="st-key-replays-"]').first)


def video(visit: Visit) -> None:
    """A video that was watched."""
    visit.open("video")
    visit.page.get_by_role("combobox").first.click()
    name = {"en": "Squat", "de": "Kniebeuge", "es": "Sentadilla"}[visit.language]
    visit.page.get_by_role("option", name=name, exact=True).click()
    visit.settled()
    visit.page.locator("input[type=file]").set_input_files(SAMPLES / "squat_faulty.mp4")
    visit.page.locator('button[kind="primary"]').click()
    expect(visit.page.locator(".player video")).to_be_visible(timeout=180_000)
    mark = visit.page.locator(".player .mark").first
    mark.click()
    visit.page.wait_for_function(
        "video => !video.seeking && video.readyState === 4",
        arg=visit.page.locator(".player video").element_handle(),
    )
    visit.page.mouse.move(0, 0)
    mark.evaluate("mark => mark.blur()")
    visit.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    down_to(visit, visit.page.locator(".player"))


def settings(visit: Visit) -> None:
    """The settings."""
    visit.open("settings").settled()
    expect(visit.page.get_by_role("slider")).to_be_attached()


def about(visit: Visit) -> None:
    """What it is, and what it is not."""
    visit.open("about").settled()


def today(visit: Visit) -> None:
    """What the plan has for today."""
    visit.open().settled()
    expect(visit.page.locator(".week li")).to_have_count(7)
    down_to(visit, visit.page.locator(".week"))


def questions(visit: Visit) -> None:
    """The safety questions."""
    visit.open().settled()
    visit.page.locator(".st-key-changed button").click()
    expect(visit.page.get_by_role("checkbox").first).to_be_attached()
    visit.settled()


def plan(visit: Visit) -> None:
    """A line of the plan, to be changed."""
    visit.open("plan").settled()
    visit.page.locator('[data-testid="stExpander"] summary').first.click()
    expect(
        visit.page.locator('[data-testid="stExpander"]').first.get_by_role("button").last
    ).to_be_in_viewport(ratio=1)
    visit.page.wait_for_timeout(OPENS_MS)
    visit.page.mouse.move(0, 0)


def progress(visit: Visit) -> None:
    """Weeks, and how far somebody moves."""
    visit.open("progress").settled()
    expect(visit.page.locator(".cc .plot svg").last).to_be_visible()
    down_to(visit, visit.page.locator(".cc .plot svg").nth(1))


def records(visit: Visit) -> None:
    """What is kept, taken along, deleted."""
    visit.open("records").settled()


def review(visit: Visit) -> None:
    """Somebody whose range goes down."""
    visit.open("review").settled()
    visit.page.get_by_role("button", name="Bruno Berg").click()
    expect(visit.page.locator(".rv.head")).to_be_visible()
    faults = visit.page.locator(".st-key-review .faults table")
    expect(faults).to_be_attached()
    down_to(visit, faults)


LOOKS: Final[dict[str, tuple[Language, Scheme]]] = {
    "": ("en", "light"),
    "-dark": ("en", "dark"),
    "-de": ("de", "light"),
}
EVERYWHERE: Final = ("", "-dark")
GERMAN: Final = ("set-up",)
PAGES: Final[Pages] = {
    "choose": choose,
    "set-up": set_up,
    "live": live,
    "summary": summary,
    "video": video,
    "settings": settings,
    "about": about,
}
PLANNED: Final[Pages] = {
    "today": today,
    "questions": questions,
    "plan": plan,
    "progress": progress,
    "records": records,
}
REVIEWED: Final[Pages] = {"review": review}
# of a newcomer, after ten weeks, and of a therapist
HOMES: Final = ((lambda home: home, PAGES), (months, PLANNED), (reviewed, REVIEWED))


if __name__ == "__main__":
    main()
