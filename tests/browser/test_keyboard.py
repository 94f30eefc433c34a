"""Everything can be done without a mouse."""

from playwright.sync_api import expect

from tests.browser.visit import Visit

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
    tab_to(visit, visit.say("after.other"))
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", name=visit.say("choose.title"))).to_be_visible()


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
