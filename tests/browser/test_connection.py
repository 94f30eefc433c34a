"""Pages that are closed or loaded again, several people at once, a server that is started anew in the middle."""

import json
import re
import sys
from collections.abc import Callable
from threading import Event
from time import monotonic

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import Visits
from tests.browser.server import GONE, App
from tests.browser.visit import Visit

pytestmark = pytest.mark.live

LOOK_S = 0.02


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether it comes true in time."""
    until, between = monotonic() + seconds, Event()
    while not condition():
        if monotonic() > until:
            return False
        between.wait(LOOK_S)
    return True


def squatting(visit: Visit) -> Visit:
    """In front of the camera, and seen."""
    visit.choose("squat").start()
    visit.until("coach.frames >= 3")
    return visit


def test_two_are_coached_at_once_and_a_third_is_let_in_when_one_has_gone(visits: Visits) -> None:
    first, second, third = squatting(visits()), squatting(visits()), visits()
    third.choose("squat").start()
    expect(third.message).to_contain_text(third.say("stage.full"))
    for visit in (first, second):
        frames = visit.page.evaluate("formCoach.frames")
        visit.until(f"coach.frames > {frames}")
    first.page.close()
    third.until("coach.frames >= 2")
    expect(third.message).not_to_be_visible()


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted where Linux tells them")
def test_of_a_page_that_is_closed_nothing_stays_behind(visits: Visits, app: App) -> None:
    for _ in range(3):
        visit = squatting(visits())
        assert app.live_threads >= 1
        visit.page.close()
        assert within(2.0, lambda: app.live_threads == 0)


def test_a_page_that_is_loaded_again_goes_on_with_its_count(visit: Visit) -> None:
    squatting(visit)
    visit.until("coach.screen.count >= 1")
    visit.page.reload()
    visit.until("coach.frames >= 1")
    assert int(visit.count.inner_text()) >= 1
    visit.stop()
    assert visit.result()["counted"] >= 1


def test_after_a_look_elsewhere_a_page_that_is_loaded_again_goes_on_too(visit: Visit) -> None:
    squatting(visit)
    visit.until("coach.screen.count >= 1")
    for page, address in (("page.about", r"/about$"), ("page.coach", r"/\?set=")):
        visit.page.get_by_role("link", name=visit.say(page)).first.click()
        visit.page.wait_for_url(re.compile(address))
    visit.page.reload()
    visit.until("coach.frames >= 1")
    assert int(visit.count.inner_text()) >= 1


def test_a_server_that_is_started_again_goes_on_with_the_count(visit: Visit, app: App) -> None:
    visit.allowed.append(GONE)
    squatting(visit)
    visit.until("coach.screen.count >= 1")
    app.stop()
    expect(visit.message).to_contain_text(visit.say("stage.reconnecting"))
    app.start()
    visit.page.wait_for_function("formCoach.frames >= 1 && formCoach.stage", timeout=60_000)
    expect(visit.message).not_to_be_visible(timeout=60_000)
    assert int(visit.count.inner_text()) >= 1
    visit.stop()
    assert visit.result()["counted"] >= 1


def test_what_goes_wrong_in_the_coach_is_told_and_what_was_counted_is_kept(visit: Visit) -> None:
    told, broken = "Something went wrong.", False
    sockets: list[WebSocketRoute] = []

    def fail(socket: WebSocketRoute) -> None:
        socket.send(json.dumps({"error": told}))
        socket.close(code=1000)

    def between(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        if broken:
            fail(socket)
        else:
            socket.connect_to_server()

    visit.context.route_web_socket(re.compile("/live/"), between)
    squatting(visit)
    visit.until("coach.screen.count >= 1")
    fail(sockets[-1])  # once: it goes on by itself
    frames = visit.page.evaluate("formCoach.frames")
    visit.until(f"coach.frames > {frames} + 1")
    expect(visit.message).not_to_be_visible()
    assert told not in [one["text"] for one in visit.spoken]
    broken = True
    fail(sockets[-1])  # again and again: it is said, and left to the person
    expect(visit.button("stage.end")).to_be_visible()
    expect(visit.message).to_contain_text(told)
    assert told in [one["text"] for one in visit.spoken]
    broken = False
    visit.button("stage.again").click()
    frames = visit.page.evaluate("formCoach.frames")
    visit.until(f"coach.frames > {frames}")
    broken = True
    fail(sockets[-1])
    visit.button("stage.end").click()
    assert visit.result()["counted"] >= 1
