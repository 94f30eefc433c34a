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


def test_half_a_note_outlives_a_look_at_another_view(clinic: Visit) -> None:
    page = clinic.open("review").page
    page.get_by_role("button", name=NAME).click()
    notes, field = page.get_by_text(SAY("person.notes", n=0)), page.get_by_label(SAY("note.new"))
    notes.click()
    field.fill("Half a note")
    page.get_by_text(SAY("person.overview")).click()
    expect(field).to_be_hidden()
    notes.click()
    expect(field).to_have_value("Half a note")
    page.get_by_role("button", name=SAY("note.keep")).click()
    expect(page.locator(".rv.notes")).to_contain_text("Half a note")
    expect(field).to_have_value("")


def test_a_comment_is_kept_by_leaving_its_field(clinic: Visit) -> None:
    page = clinic.open("review").page
    page.get_by_role("button", name=NAME).click()
    page.get_by_text(SAY("person.sessions", n=12)).click()
    page.locator(".st-key-review-sessions-list button").first.click()
    chosen = page.locator("tr.chosen")
    expect(chosen).to_contain_text(SAY("verdict.fault"))
    page.get_by_role("button", name=SAY("session.all_agree")).click()
    field = page.get_by_role("textbox", name=SAY("session.comment")).first
    expect(field).to_be_enabled()
    field.fill("Seen from behind")
    page.get_by_role("button", name=SAY("session.was_fine")).click()
    expect(chosen).to_contain_text("Seen from behind")
    expect(chosen).to_contain_text(SAY("session.therapist", verdict=SAY("verdict.pass")))
    expect(field).to_have_value("Seen from behind")


def test_a_click_that_leaves_a_field_does_what_it_says(clinic: Visit) -> None:
    page = clinic.open("review").page
    search = page.get_by_label(SAY("people.search"))
    search.fill("Ber")
    page.get_by_role("button", name=SAY("people.agreement")).click()
    expect(page.get_by_role("heading", name=SAY("agree.title"))).to_be_visible()
    page.get_by_role("button", name=f"← {SAY('person.back')}").click()
    page.get_by_role("button", name=NAME).click()
    page.get_by_text(SAY("person.sessions", n=12)).click()
    page.locator(".st-key-review-sessions-list button").first.click()
    page.get_by_role("button", name=SAY("session.all_agree")).click()
    field = page.get_by_role("textbox", name=SAY("session.comment")).first
    expect(field).to_be_enabled()
    field.fill("Seen from behind")
    page.get_by_role("button", name=SAY("session.back")).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.locator(".st-key-review-sessions-list button").first.click()
    expect(field).to_have_value("Seen from behind")
    field.fill("Seen from the side")
    page.get_by_label(SAY("session.note")).fill("She asked for a pause")
    field.fill("Seen from above")
    page.get_by_role("button", name=SAY("note.keep")).click()
    expect(page.locator(".rv.notes")).to_contain_text("She asked for a pause")
    expect(page.get_by_label(SAY("session.note"))).to_have_value("")
    expect(page.locator("tr.chosen")).to_contain_text("Seen from above")
