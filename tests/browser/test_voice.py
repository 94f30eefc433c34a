"""The voice is chosen among those of the machine, tried, remembered, and speaks in the set."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visit import Visit

VOICES = """(() => {
  const voice = (name, lang, localService = true) => ({ name, lang, localService, default: name === "Petra" });
  speechSynthesis.getVoices = () =>
    [voice("Petra", "de-DE"), voice("Otto", "de-AT"), voice("Far", "de-DE", false), voice("Alan", "en-GB")];
  const speak = speechSynthesis.speak;
  window.speakers = [];
  speechSynthesis.speak = told => { window.speakers.push(told.voice.name); speak(told); }; })()"""


@pytest.fixture
def visit(visits: Visits) -> Visit:
    """Somebody who reads German, on a machine with several voices."""
    visit = visits("de")
    visit.context.add_init_script(VOICES)
    return visit


def test_a_voice_is_chosen_tried_and_remembered(visit: Visit) -> None:
    visit.open("settings").settled()
    choice = visit.page.get_by_label(visit.say("settings.speaker"), exact=True)
    expect(choice.locator("option")).to_have_text([visit.say("settings.speaker_own"), "Petra", "Otto"])
    visit.button("settings.speaker_try").click()
    assert visit.page.evaluate("speakers") == ["Petra"], "the machine's own choice"
    choice.select_option("Otto")
    visit.settled()
    visit.button("settings.speaker_try").click()
    assert visit.page.evaluate("speakers") == ["Petra", "Otto"]
    assert visit.spoken[-1]["text"].startswith(visit.say("settings.speaker_sample")[:4])
    visit.page.reload()
    expect(choice).to_have_value("Otto")
    visit.choose("squat").start()
    visit.page.wait_for_function("window.speakers?.length > 0")
    assert set(visit.page.evaluate("speakers")) == {"Otto"}
    visit.stop()
    visit.open("settings").settled()
    choice.select_option("")
    visit.settled()
    visit.page.reload()
    expect(choice).to_have_value("")


def test_without_a_voice_it_is_said_that_a_tone_takes_its_place(visits: Visits) -> None:
    visit = visits()
    visit.context.add_init_script("speechSynthesis.getVoices = () => []")
    visit.open("settings").settled()
    expect(visit.page.get_by_text(visit.say("settings.speaker_none"))).to_be_visible()
    expect(visit.page.get_by_label(visit.say("settings.speaker"), exact=True)).not_to_be_visible()
