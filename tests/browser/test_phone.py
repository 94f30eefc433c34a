"""A set on a phone, upright and on its side: nothing that matters is cut off."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from coach.language import Language
from tests.browser.server import App
from tests.browser.visit import Visit

pytestmark = pytest.mark.live

UPRIGHT, LYING = (390, 844), (844, 390)


@contextmanager
def phone(browser: Browser, app: App, size: tuple[int, int], language: Language) -> Iterator[Visit]:
    """Somebody with a phone, in front of the choice of exercises."""
    given: dict[str, Any] = {"viewport": {"width": size[0], "height": size[1]}, "locale": language}
    with browser.new_context(**given, has_touch=True, is_mobile=True) as context:
        visit = Visit(context, app.url, language)
        yield visit.open(f"?lang={language}")
        assert visit.trouble == []


def set_up(visit: Visit, exercise: str) -> None:
    visit.page.locator(f".st-key-choose-{exercise} button").tap()
    expect(visit.button("setup.start")).to_be_visible()
    visit.settled()


def inside(one: Locator, other: Locator) -> bool:
    """Whether all of one lies in the other."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None and b is not None
    return b["y"] <= a["y"] and a["y"] + a["height"] <= b["y"] + b["height"] + 1


def test_upright(browser: Browser, app: App) -> None:
    with phone(browser, app, UPRIGHT, "es") as visit:
        set_up(visit, "pigeon")
        expect(visit.page.get_by_text(visit.say("setup.space_touch"))).to_be_visible()
        expect(visit.page.get_by_text(visit.say("setup.space"))).to_be_hidden()
        group = visit.page.locator(".st-key-side-pigeon")
        right = group.get_by_role("radio", name=visit.say("setup.side_right"))
        box, room = right.bounding_box(), group.bounding_box()
        assert (
            box is not None and room is not None and box["x"] + box["width"] <= room["x"] + room["width"] + 1
        )
        visit.button("setup.try").tap()
        visit.until("coach.frames >= 2")
        expect(visit.button("stage.fullscreen")).to_be_in_viewport(ratio=1)


def test_the_way_to_the_other_pages_has_a_name(browser: Browser, app: App) -> None:
    with phone(browser, app, UPRIGHT, "de") as visit:
        visit.settled()
        visit.button("streamlit.show_pages").tap()
        expect(visit.page.get_by_role("region", name=visit.say("streamlit.pages"))).to_be_visible()
        visit.button("streamlit.hide_pages").tap()
        expect(visit.button("streamlit.show_pages")).to_be_visible()


def test_on_its_side(browser: Browser, app: App) -> None:
    with phone(browser, app, LYING, "de") as visit:
        set_up(visit, "squat")
        visit.button("setup.try").tap()
        visit.until("coach.frames >= 2")
        assert inside(visit.page.locator(".ring"), visit.page.locator(".panel"))
        expect(visit.button("stage.fullscreen")).to_be_in_viewport(ratio=1)
