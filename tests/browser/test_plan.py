"""Somebody's first days: the questions, a plan, a set that is recorded as it goes, today's page that shows it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coach.care.types import SetSummary
from coach.language import Words, words
from coach.records import OWNER, open_records
from coach.web.plan.wording import HERE
from tests.browser.conftest import Visits
from tests.browser.guests import Guests
from tests.browser.server import GONE, App
from tests.browser.visit import LONG_MS, Visit

pytestmark = pytest.mark.live

SAY: Words = words("en", HERE)
REST_S = 12  # long enough for the word that it is soon over


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Nobody has been here yet."""
    return tmp_path


@pytest.fixture
def new_app(home: Path) -> Iterator[App]:
    """The app in it."""
    app = App(home)
    app.start()
    yield app
    app.stop()


@pytest.fixture
def newcomer(new_app: App, guests: Guests) -> Iterator[Visit]:
    """Somebody who opens it for the first time."""
    visit = guests.come(new_app.url)
    yield visit
    trouble = visit.trouble
    guests.go(visit)
    assert not trouble and not new_app.trouble


def button(visit: Visit, key: str) -> None:
    """Press a button of these pages."""
    visit.page.get_by_role("button", name=SAY(key), exact=True).click()


def test_the_first_page_is_there_by_its_own_name_too(newcomer: Visit) -> None:
    newcomer.open("coach").settled()
    expect(newcomer.page.get_by_text(newcomer.say("streamlit.no_page"))).to_have_count(0)
    newcomer.allowed.append("requested does not seem to exist")
    newcomer.open("no_such_page").settled()
    expect(newcomer.page.get_by_text(newcomer.say("streamlit.no_page"))).to_be_visible()


def kept(home: Path) -> tuple[SetSummary, ...]:
    """The sets in the records."""
    with open_records(f"sqlite:///{home / 'records.sqlite'}", home / "records") as records:
        desk = records.desk(OWNER)
        return desk.summaries(desk.me().id)


def planned(visit: Visit) -> Visit:
    """With three squats in the plan, from where they are set up."""
    visit.choose("squat").dose("squat", reps=3, sets=1)
    button(visit, "add.to_plan")
    button(visit, "add.see")
    expect(visit.page.get_by_role("heading", name=SAY("plan.title"))).to_be_visible()
    return visit.settled()


@pytest.mark.parametrize("address", ["", "coach"])
def test_the_first_of_a_plan_is_put_there_as_typed_and_told_where_it_was_pressed(
    newcomer: Visit, address: str
) -> None:
    newcomer.open(address).page.locator(".st-key-choose-pigeon button").click()
    newcomer.page.locator(".st-key-hold-pigeon input").fill(
        "10"
    )  # the field is left by the click on the button
    button(newcomer, "add.to_plan")
    expect(newcomer.page.get_by_text(SAY("add.done"), exact=True)).to_be_visible()
    button(newcomer, "add.see")
    expect(newcomer.page.get_by_text("10 seconds a side")).to_be_visible()


def begun(visit: Visit) -> Visit:
    """Today's exercises, all questions answered."""
    button(visit, "today.start")
    expect(visit.page.get_by_role("heading", name=SAY("questions.title"))).to_be_visible()
    button(visit, "questions.none")
    expect(visit.page.get_by_role("heading", name=SAY("pain.before"))).to_be_visible()
    visit.page.get_by_role("radio", name="0", exact=True).click()
    visit.until("coach.frames >= 2")
    return visit


def test_from_the_first_visit_to_a_day_that_is_done(newcomer: Visit, home: Path) -> None:
    planned(newcomer).open()
    begun(newcomer).until("coach.stage === 'done'", LONG_MS)
    expect(newcomer.page.locator(".sum.done h2")).to_have_text("3 repetitions")
    expect(newcomer.page.get_by_text(SAY("today.done"), exact=True)).to_be_visible()
    (only,) = kept(home)
    assert only.closed and only.counted == 3 and only.item is not None and only.source == "camera"
    button(newcomer, "to_today")
    expect(newcomer.page.get_by_text(SAY("today.whole"))).to_be_visible()
    expect(newcomer.page.locator(".week .done")).to_have_count(1)


def test_a_sample_clip_asks_for_nothing_and_is_nowhere_in_the_records(newcomer: Visit, home: Path) -> None:
    newcomer.open()
    newcomer.button("choose.look").click()
    newcomer.until("coach.frames >= 3")
    newcomer.stop()
    expect(newcomer.page.locator(".sum.done")).to_be_visible()
    assert kept(home) == ()


def begins_at_its_heading(visit: Visit, key: str) -> None:
    """Whoever cannot see the page is at the beginning of what is new on it, and nobody is below that."""
    visit.page.wait_for_function(
        """told => document.activeElement?.matches('h1') && document.activeElement.textContent === told
        && document.querySelector('[data-testid="stMain"]').scrollTop === 0""",
        arg=SAY(key),
    )


def test_who_ticks_something_is_told_to_be_seen_first_and_may_read_on(newcomer: Visit) -> None:
    newcomer.choose("squat").start()
    begins_at_its_heading(newcomer, "questions.title")
    newcomer.page.locator(".st-key-flag-fever label").click()
    newcomer.page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTo(0, main.scrollHeight)")
    button(newcomer, "questions.go_on")
    expect(newcomer.page.get_by_role("heading", name=SAY("answer.physician"))).to_be_visible()
    begins_at_its_heading(newcomer, "answer.physician")
    button(newcomer, "answer.back")
    expect(newcomer.button("setup.start")).to_be_visible()


def test_what_was_done_is_in_the_records_when_the_machine_goes_off(
    newcomer: Visit, new_app: App, home: Path
) -> None:
    newcomer.allowed.append(GONE)
    newcomer.choose("squat").dose("squat", reps=9, sets=1).start()
    button(newcomer, "questions.none")
    newcomer.page.get_by_role("radio", name="0", exact=True).click()
    newcomer.until("coach.screen && coach.screen.count >= 2", LONG_MS)
    new_app.stop()
    (cut,) = kept(home)
    assert not cut.closed and cut.counted >= 2
    before = cut.counted
    new_app.start()
    newcomer.page.wait_for_function(
        f"formCoach.screen && formCoach.stage && formCoach.screen.count > {before}", timeout=LONG_MS
    )
    newcomer.stop()
    expect(newcomer.page.locator(".sum.done")).to_be_visible()
    (whole,) = kept(home)
    assert whole.id == cut.id and whole.closed and whole.counted > before


def with_rests(home: Path, rest_s: float) -> None:
    """As if somebody had changed all rests of the plan."""
    with open_records(f"sqlite:///{home / 'records.sqlite'}", home / "records") as records:
        desk = records.desk(OWNER)
        person = desk.me().id
        plan = desk.plan(person)
        assert plan is not None
        desk.save_plan(person, [replace(item, rest_s=rest_s) for item in plan.items], plan.from_day)


def test_the_next_exercise_begins_by_itself_after_the_rest(newcomer: Visit, home: Path) -> None:
    planned(newcomer)
    newcomer.open("coach")
    newcomer.page.locator(".st-key-choose-plie_squat button").click()
    button(newcomer, "add.to_plan")
    expect(newcomer.page.get_by_text(SAY("add.done"))).to_be_visible()
    with_rests(home, REST_S)
    newcomer.open()
    begun(newcomer).until("coach.stage === 'done'", LONG_MS)
    newcomer.page.wait_for_function("window.formCoachRest && window.formCoachRest.left > 0")
    newcomer.page.wait_for_function(f"window.formCoachRest.left <= {REST_S - 3}", timeout=LONG_MS)
    newcomer.page.get_by_role("button", name=SAY("next.wait"), exact=True).click()
    left = newcomer.page.evaluate("window.formCoachRest.left")
    expect(newcomer.page.get_by_text(SAY("next.waiting"))).to_be_visible()
    assert newcomer.page.evaluate("window.formCoachRest.left") == left
    newcomer.page.get_by_role("button", name=SAY("next.on"), exact=True).click()
    newcomer.page.evaluate("window.formCoach.frames = -1")
    newcomer.until("coach.frames >= 2", LONG_MS)
    assert any("Next: " in one["text"] for one in newcomer.spoken)


def test_everything_about_somebody_can_be_deleted(newcomer: Visit, home: Path) -> None:
    planned(newcomer).open("records")
    word = newcomer.page.get_by_role("textbox")
    word.fill(SAY("erase.word"))
    word.press("Enter")
    button(newcomer, "erase.now")
    expect(newcomer.page.get_by_text(SAY("erase.done"))).to_be_visible()
    newcomer.open()
    expect(newcomer.page.get_by_role("heading", name=newcomer.say("choose.title"))).to_be_visible()


def test_somebody_who_was_here_today_begins_at_once(visits: Visits) -> None:
    visit = visits()
    visit.choose("squat").start()
    visit.until("coach.frames >= 2")
    visit.stop()
    expect(visit.page.locator(".sum.done")).to_be_visible()
