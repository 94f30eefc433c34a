"""On a phone the newest weeks are seen without a hand; grey words can be read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.guests import Guests
from tests.browser.homes import months, reviewed
from tests.browser.server import App
from tests.browser.test_review import NAME
from tests.browser.visit import Visit

PHONE = {"width": 390, "height": 844}
AA = 4.5  # contrast of text, WCAG 2.2, 1.4.3
SAME_GROUND = """() => {
  const ground = one => getComputedStyle(document.querySelector(one)).backgroundColor;
  return ground(".rv.faults tbody th") === ground('[data-testid="stApp"]'); }"""
CONTRAST = """one => {
  const painted = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = colour => { painted.clearRect(0, 0, 1, 1); painted.fillStyle = colour; painted.fillRect(0, 0, 1, 1);
    return [...painted.getImageData(0, 0, 1, 1).data].map((v, i) => i === 3 ? v / 255 : v); };
  const ground = rgba(getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor);
  let alpha = 1; for (let at = one; at; at = at.parentElement) alpha *= getComputedStyle(at).opacity;
  const ink = rgba(getComputedStyle(one).color);
  alpha *= ink[3];
  const seen = [0, 1, 2].map(i => ink[i] * alpha + ground[i] * (1 - alpha));
  const linear = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = colour => { const [r, g, b] = colour.map(linear);
    return .2126 * r + .7152 * g + .0722 * b; };
  const [low, high] = [light(seen), light(ground.slice(0, 3))].sort((a, b) => a - b);
  return (high + .05) / (low + .05); }"""


@pytest.fixture
def at_home(guests: Guests, tmp_path: Path) -> Iterator[Visit]:
    """Somebody with ten weeks of a plan."""
    yield from visited(guests, months(tmp_path))


@pytest.fixture
def clinic(guests: Guests, tmp_path: Path) -> Iterator[Visit]:
    """Somebody at a laptop on which three people have records."""
    yield from visited(guests, reviewed(tmp_path))


def visited(guests: Guests, home: Path) -> Iterator[Visit]:
    app = App(home)
    app.start()
    visit = guests.come(app.url, "de")
    yield visit
    trouble = visit.trouble
    guests.go(visit)
    app.stop()
    assert not trouble and not app.trouble


def test_all_weeks_of_the_progress_and_their_dates_are_seen(at_home: Visit) -> None:
    page = at_home.page
    for width in (390, 700, 1280):
        page.set_viewport_size(PHONE | {"width": width})
        at_home.open("progress").settled()
        weeks = page.locator(".weeks li")
        expect(weeks.last).to_be_in_viewport(ratio=0.9)
        expect(weeks.first).to_be_in_viewport(ratio=0.9)
        told = page.locator(".weeks span").evaluate_all(
            """all => all.filter(one => getComputedStyle(one).visibility === "visible").map(one => {
                const { left, right } = one.getBoundingClientRect(); return [left, right]; })"""
        )
        assert len(told) > 2 and told[0][0] >= 0 and told[-1][1] <= width
        assert all(a[1] <= b[0] for a, b in zip(told, told[1:], strict=False)), "no date over another"


def test_what_was_missed_begins_with_the_newest_weeks_and_keeps_its_names(clinic: Visit) -> None:
    page = clinic.page
    page.set_viewport_size(PHONE)
    clinic.open("review")
    page.get_by_role("button", name=NAME).click()
    table = page.locator(".rv.faults")
    table.scroll_into_view_if_needed()
    assert table.evaluate("one => one.scrollWidth > one.clientWidth"), "more weeks than there is room for"
    expect(table.locator("thead th").last).to_be_in_viewport(ratio=0.9)
    expect(table.locator("tbody th").first).to_be_in_viewport(ratio=0.9)
    for scheme in ("light", "dark"):  # nothing shines through a name
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function(SAME_GROUND)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_grey_words_can_be_read(at_home: Visit, scheme: str) -> None:
    at_home.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    at_home.open("progress").settled()
    said = at_home.page.locator('[data-testid="stCaptionContainer"] p')
    expect(said.first).to_be_visible()
    assert all(said.nth(n).evaluate(CONTRAST) >= AA for n in range(said.count()))
