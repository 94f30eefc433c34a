"""Cameras that are refused, missing, taken, unplugged; and that a camera is let go when nobody needs it any longer."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.live

FAILURES = {"NotAllowedError": "refused", "NotFoundError": "missing", "NotReadableError": "busy"}


@pytest.mark.parametrize("name", FAILURES)
def test_a_camera_that_does_not_start_is_told_in_words_and_tried_again(visits: Visits, name: str) -> None:
    visit = visits(deny=(name,))
    visit.choose("squat").start()
    expect(visit.message).to_contain_text(visit.say(f"stage.camera_{FAILURES[name]}"))
    visit.button("stage.again").click()
    visit.until("coach.frames >= 2")
    expect(visit.message).not_to_be_visible()


def test_without_a_camera_there_is_a_way_back(visits: Visits) -> None:
    visit = visits(deny=("NotFoundError",))
    visit.choose("squat").start()
    visit.button("stage.back").click()
    expect(visit.button("setup.start")).to_be_visible()
    assert "set=" not in visit.page.url


def test_a_camera_that_is_unplugged_can_be_plugged_in_again_and_the_set_goes_on(visit: Visit) -> None:
    visit.choose("squat").start()
    visit.until("coach.screen && coach.screen.count >= 1")
    visit.page.evaluate("cameras[0].stop(); cameras[0].dispatchEvent(new Event('ended'))")
    expect(visit.message).to_contain_text(visit.say("stage.camera_unplugged"))
    frames = visit.page.evaluate("formCoach.frames")
    visit.button("stage.again").click()
    visit.until(f"coach.frames > {frames} + 1")
    assert int(visit.count.inner_text()) >= 1


def test_what_was_done_before_a_camera_was_unplugged_is_kept(visit: Visit) -> None:
    visit.choose("squat").start()
    visit.until("coach.screen && coach.screen.count >= 1")
    visit.page.evaluate("cameras[0].stop(); cameras[0].dispatchEvent(new Event('ended'))")
    visit.button("stage.end").click()
    assert visit.result()["counted"] >= 1


def test_a_camera_that_gives_no_pictures_is_told_aloud_and_goes_on_with_the_next_one(visit: Visit) -> None:
    visit.choose("squat").start()
    visit.until("coach.frames >= 3")
    camera = visit.page.locator(".stage video")
    camera.evaluate("video => video.pause()")
    expect(visit.message).to_contain_text(visit.say("stage.camera_still"))
    assert visit.say("stage.camera_still") in [one["text"] for one in visit.spoken]
    assert visit.page.evaluate("formCoach.closed") == 1, "it waits, and knocks at no door meanwhile"
    frames = visit.page.evaluate("formCoach.frames")
    camera.evaluate("video => video.play()")
    visit.until(f"coach.frames > {frames}")
    expect(visit.message).not_to_be_visible()


def test_who_goes_to_another_page_is_no_longer_seen(visit: Visit) -> None:
    visit.choose("squat").start()
    visit.until("coach.frames >= 2")
    visit.page.get_by_role("link", name=visit.say("page.about")).click()
    expect(visit.page.get_by_role("heading", name=visit.say("about.title"))).to_be_visible()
    visit.page.wait_for_function("cameras.every(camera => camera.readyState === 'ended')")
    frames = visit.page.evaluate("formCoach.frames")
    visit.page.get_by_role("link", name=visit.say("page.coach")).click()
    visit.page.wait_for_function("cameras.length === 2")  # it goes on where it was
    visit.until("coach.frames >= 2")
    assert frames >= 2
