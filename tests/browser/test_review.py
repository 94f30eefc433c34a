"""A therapist's way: the list, a person, a session, a word on a repetition that stands beside the machine's verdict."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coach.judge import Judgement
from coach.records import OWNER, open_records
from coach.web.review.wording import messages
from tests.browser.guests import Guests
from tests.browser.homes import reviewed
from tests.browser.server import App
from tests.browser.visit import Visit

SAY = messages("en")
NAME = "Bruno Berg"


@pytest.fixture
def clinic(guests: Guests, tmp_path: Path) -> Iterator[Visit]:
    """Somebody at a laptop on which three people have months of records."""
    app = App(reviewed(tmp_path))
    app.start()
    visit = guests.come(app.url)
    yield visit
    trouble = visit.trouble
    guests.go(visit)
    app.stop()
    assert not trouble and not app.trouble


def test_from_the_list_to_a_word_beside_the_machines_verdict(clinic: Visit, tmp_path: Path) -> None:
    page = clinic.open("review").page
    page.get_by_role("button", name=NAME).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.get_by_text(SAY("person.sessions", n=12)).click()
    page.locator(".st-key-review-sessions-list button").first.click()
    chosen = page.locator("tr.chosen")
    expect(chosen).to_contain_text(SAY("verdict.fault"))
    page.get_by_role("button", name=SAY("session.was_fine")).click()
    told = SAY("session.therapist", verdict=SAY("verdict.pass"))
    expect(chosen).to_contain_text(told)
    expect(chosen).to_contain_text(SAY("verdict.fault"))
    page.reload()
    expect(page.locator("tr.chosen")).to_contain_text(told)
    clinic.settled()
    with open_records(f"sqlite:///{tmp_path / 'records.sqlite'}", tmp_path / "records") as records:
        desk = records.desk(OWNER)
        person = next(one for one in desk.people() if one.name == NAME)
        assert {word.says for word in desk.corrections(person.id)} == {Judgement.PASS}


def test_rating_with_keys(clinic: Visit) -> None:
    page = clinic.open("review").page
    page.get_by_role("button", name=NAME).click()
    page.get_by_role("button", name=SAY("person.rate")).click()
    progress = page.locator(".rv .bar + p")
    expect(progress).to_contain_text("0 of")
    for n, key in enumerate("12", start=1):
        clinic.settled()
        page.keyboard.press(key)
        expect(progress).to_contain_text(f"{n} of")
    page.get_by_role("button", name=SAY("rate.stop")).click()
    expect(page.get_by_text(SAY("agree.kappa"))).to_be_visible()
