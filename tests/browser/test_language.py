"""In a German visit everything is German: what is read, and what a screen reader is told."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

import coach
from coach.judge.file_dose import MOST_REPS
from tests.browser.conftest import Visits
from tests.browser.server import GONE, App
from tests.browser.visit import Visit

SHORTEST = 13  # letters; shorter messages may read the same in both languages
ENGLISH = re.compile(
    r"\b(the|and|with|your|you|this|that|of|to|from|open|close|help|skip|content|main|menu|increment|decrement|"
    r"value|select|selected|button|image|view|deploy|rerun|running|press|enter|drag|drop|sidebar|expand|collapse|dismiss|search|notifications|choose|option|loading|"
    r"connecting|error|clear|show|hide|more|settings|navigation|remove|upload|current|fullscreen|pages|connection|streamlit)\b",
    re.IGNORECASE,
)
COLLECT = """() => {
  const found = [document.title];
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) { found.push(node.textContent); return; }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (/^(script|style|noscript|template|link|meta)$/i.test(node.tagName)) return;
      if (node.dataset.testid === "stIconMaterial" || getComputedStyle(node).display === "none") return;
      for (const name of ["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt"])
        if (node.hasAttribute(name)) found.push(node.getAttribute(name));
      if (node.shadowRoot) node.shadowRoot.childNodes.forEach(walk);
    }
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return found.map(text => text.trim()).filter(Boolean);
}"""

RENAMED = """ours => document.querySelector('a[href="#stMain"]')?.textContent === ours"""


def messages(language: str) -> Iterator[str]:
    """Every sentence of the pages and of the coach."""
    for path in Path(coach.__file__).parent.rglob(f"words/{language}.yaml"):
        for told in yaml.safe_load(path.read_text("utf-8")).values():
            yield from told.values() if isinstance(told, dict) else [told]


def pieces(language: str) -> set[str]:
    """What stands in them beside what is filled in, as far as it is long enough to be told from the other language."""
    parts = (part.strip(" .:\n") for told in messages(language) for part in re.split(r"\{\w+\}", str(told)))
    return {part for part in parts if len(part) >= SHORTEST}


FOREIGN = pieces("en") - pieces("de")


def english(visit: Visit, settled: bool = True) -> list[str]:
    """What a page says that is not German."""
    if settled:
        visit.settled()
        visit.page.wait_for_function(RENAMED, arg=visit.say("streamlit.skip"))
    told = set(visit.page.evaluate(COLLECT))
    return sorted(text for text in told if ENGLISH.search(text) or any(part in text for part in FOREIGN))


@pytest.fixture
def visit(visits: Visits) -> Visit:
    """Somebody who reads German."""
    return visits("de")


def test_choosing_and_setting_up(visit: Visit) -> None:
    visit.open()
    assert not english(visit)
    assert visit.page.evaluate("document.documentElement.lang") == "de"
    for exercise in ("pigeon", "hip_hiker", "thomas_test"):
        visit.choose(exercise)
        assert not english(visit)
    visit.page.locator(".st-key-clip-hip_hiker, .st-key-sets-thomas_test").get_by_role("spinbutton").fill("2")
    assert not english(visit)


def test_a_number_that_is_too_large(visit: Visit) -> None:
    visit.choose("squat").settled()
    box = visit.page.locator(".st-key-reps-squat")
    box.get_by_role("spinbutton").fill("999")
    box.get_by_role("spinbutton").press("Enter")
    told = visit.say("streamlit.range", least=1, most=MOST_REPS)
    expect(box.get_by_role("alert")).to_have_text(told)
    visit.page.get_by_test_id("stTooltipErrorHoverTarget").hover()
    expect(visit.page.get_by_role("tooltip")).to_have_text(told)
    assert not english(visit)


def test_a_set_and_its_summary(visit: Visit) -> None:
    visit.open()
    visit.button("choose.look").click()
    visit.until("coach.screen && coach.screen.count >= 1")
    assert not english(visit)
    told = [one["text"] for one in visit.spoken]
    assert not [text for text in told if ENGLISH.search(text)]
    visit.stop()
    expect(visit.page.locator(".sum.done")).to_be_visible()
    assert not english(visit)


def test_the_pain_after_a_set(visit: Visit) -> None:
    visit.choose("squat").dose("squat", reps=3, sets=1).start()
    visit.until("coach.frames >= 3")
    visit.stop()
    visit.page.get_by_role("radio", name="6", exact=True).click()
    expect(visit.page.locator(".pain.high")).to_be_visible()
    assert not english(visit)
    visit.page.get_by_role("radio", name="0", exact=True).click()  # or nobody exercises here any more today
    expect(visit.page.locator(".pain.high")).not_to_be_attached()


@pytest.mark.parametrize("page", ["video", "plan", "records", "settings", "about", "?set=nothing"])
def test_another_page(visit: Visit, page: str) -> None:
    visit.open(page, ready="h1, [data-testid='stAlert']")
    assert not english(visit)


def test_a_server_that_is_gone(visit: Visit, app: App) -> None:
    visit.allowed.append(GONE)
    visit.open("settings").settled()
    expect(visit.page.get_by_role("switch").or_(visit.page.get_by_role("checkbox")).last).to_be_attached()
    expect(visit.page.get_by_role("slider")).to_be_attached()
    assert not english(visit)
    app.stop()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text(visit.say("streamlit.lost_why"), timeout=60_000)
    assert not english(visit, settled=False)
    app.start()
    expect(dialog).not_to_be_visible(timeout=60_000)


def test_a_camera_that_is_refused(visits: Visits) -> None:
    visit = visits("de", deny=("NotAllowedError",))
    visit.choose("bridge").start()
    expect(visit.message).to_be_visible()
    assert not english(visit)


def test_a_page_that_is_not_there(visit: Visit) -> None:
    visit.allowed.append("The page that you have requested")
    visit.open("nothing")
    expect(visit.page.get_by_role("dialog")).to_contain_text(visit.say("streamlit.no_page_why"))
    assert not english(visit)
