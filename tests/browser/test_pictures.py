"""How a camera's picture goes to the coach, and what of it is shown."""

from typing import Final

import pytest

from tests.browser.conftest import Visits
from tests.browser.test_set import same_as_true, watch
from tests.browser.visit import Visit

pytestmark = pytest.mark.live

# The first letters of each picture that was sent, after its number and time.
NOTE: Final = """(() => { window.kinds = []; const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
        if (data instanceof ArrayBuffer && this.url.includes("/live/"))
            kinds.push(String.fromCharCode(...new Uint8Array(data, 12, 4)));
        send.call(this, data); }; })()"""
COLOURS: Final = """() => { const canvas = document.querySelector(".stage canvas") ||
        [...document.querySelectorAll("*")].map(one => one.shadowRoot?.querySelector(".stage canvas")).find(Boolean);
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(Array.from({ length: 999 }, (_, i) => pixels[4 * 307 * i])).size; }"""


def kinds(visit: Visit) -> set[str]:
    """What was sent."""
    return {"JPEG" if kind.startswith("\xff\xd8") else kind for kind in visit.page.evaluate("kinds")}


@pytest.fixture
def noted(visit: Visit) -> Visit:
    """Somebody of whom it is noted what is sent."""
    visit.context.add_init_script(NOTE)
    return visit


def test_on_its_own_machine_a_picture_goes_as_the_browser_has_it(noted: Visit) -> None:
    noted.choose("squat").start()
    noted.until("coach.frames >= 3")
    assert kinds(noted) <= {"I420", "NV12"}
    assert noted.page.evaluate(COLOURS) > 20, "the picture is shown"


def test_where_the_browser_hands_out_no_planes_it_is_a_jpeg_and_judged_the_same(noted: Visit) -> None:
    noted.context.add_init_script("delete window.VideoFrame")
    result = watch(noted, "squat_faulty", sets=1).result()
    assert kinds(noted) == {"JPEG"}
    same_as_true(result, "squat_faulty")


def test_the_picture_moves_while_nobody_answers(visits: Visits) -> None:
    visit = visits()
    visit.context.add_init_script("window.WebSocket = class extends WebSocket { set onmessage(_) {} }")
    visit.choose("squat").start()
    visit.until("coach.grabbed > 30")
    assert visit.page.evaluate(COLOURS) > 20
