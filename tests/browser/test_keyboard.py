"""Everything can be done without a mouse."""

import pytest
from playwright.sync_api import Browser, expect

from coach.judge import exercise_ids
from coach.web.session import exercise_in
from tests.browser.server import App
from tests.browser.visit import Visit

pytestmark = pytest.mark.live

FOCUSED = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  if (!/^(a|button|input|label)$/i.test(one?.tagName)) return "";  // what can be scrolled has the focus too
  return (one?.textContent || one?.getAttribute("aria-label") || "").trim();
}"""
MANY = 60  # nothing lies further away than so many times Tab


def tab_to(visit: Visit, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    for _ in range(MANY):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate(FOCUSED).endswith(name):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def test_choose_start_and_stop(visit: Visit) -> None:
    visit.open().settled()
    tab_to(visit, visit.say("choose.this"))
    visit.page.keyboard.press("Enter")
    expect(visit.button("setup.start")).to_be_visible()
    visit.settled()
    tab_to(visit, visit.say("setup.start"))
    visit.page.keyboard.press("Space")
    visit.until("coach.frames >= 2")
    visit.page.keyboard.press("Space")
    expect(visit.page.locator(".sum.done")).to_be_visible()
    visit.page.wait_for_function("document.activeElement === document.querySelector('.sum.done h2')")
    tab_to(visit, visit.say("after.other"))
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", name=visit.say("choose.title"))).to_be_visible()


def test_who_hears_the_buttons_is_told_which_exercise_each_chooses(visit: Visit) -> None:
    visit.open().settled()
    for name in (exercise_in(one, "en").name for one in exercise_ids()):
        expect(visit.page.get_by_role("heading", name=name, exact=True)).to_be_attached()
        told = f"{visit.say('choose.this')}: {name}"
        expect(visit.page.get_by_role("button", name=told, exact=True)).to_have_count(1)


def test_the_buttons_of_the_stage(visit: Visit) -> None:
    visit.open().settled()
    tab_to(visit, visit.say("choose.look"))
    visit.page.keyboard.press("Enter")
    visit.until("coach.frames >= 2")
    tab_to(visit, visit.say("stage.mute"))
    visit.page.keyboard.press("Enter")
    expect(visit.button("stage.unmute")).to_have_attribute("aria-pressed", "true")
    visit.page.keyboard.press("Shift+Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".sum.done")).to_be_visible()


def test_who_has_no_keyboard_is_not_told_of_one(browser: Browser, app: App) -> None:
    phone = {"width": 390, "height": 844}
    with browser.new_context(viewport=phone, has_touch=True, is_mobile=True) as context:  # type: ignore[arg-type]
        visit = Visit(context, app.url)
        visit.open()
        visit.button("choose.look").tap()
        expect(visit.button("stage.stop_touch")).to_be_in_viewport(ratio=1)
        expect(visit.count).to_be_in_viewport(ratio=1)
        visit.until("coach.frames >= 2")
        visit.button("stage.stop_touch").tap()
        expect(visit.page.locator(".sum.done")).to_be_visible()
