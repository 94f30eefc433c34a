"""What goes over the socket, and a clock that always rises."""

import json
import struct
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.live import Screen, Stage
from coach.live.wire import (
    HEADER,
    LONGEST_MS,
    MOST_BYTES,
    Incoming,
    StreamClock,
    WireError,
    pack,
    reply,
    unpack,
)
from coach.pose import PoseFrame
from tests.skeletons import LEFT, standing, without

quick = settings(deadline=None, max_examples=200, derandomize=True)
SCREEN = Screen(Stage.GOING, 2, 10, caption="Más despacio", say="2")


@quick
@given(st.integers(0, 2**32 - 1), st.floats(0, 86_000), st.binary(min_size=1, max_size=50))
def test_what_is_packed_is_unpacked(number: int, t: float, picture: bytes) -> None:
    assert unpack(pack(number, t, picture)) == Incoming(number, pytest.approx(t), picture)


@quick
@given(st.binary(max_size=40))
def test_anything_is_a_frame_or_refused(message: bytes) -> None:
    try:
        frame = unpack(message)
    except WireError:
        return
    assert 0 <= frame.t <= LONGEST_MS / 1000 and frame.picture


@pytest.mark.parametrize("message", [b"", b"\x00" * (HEADER.size - 1), b"\x00" * HEADER.size])
def test_what_is_too_short_is_refused(message: bytes) -> None:
    with pytest.raises(WireError, match="no frame"):
        unpack(message)


def test_what_is_too_long_is_refused() -> None:
    assert unpack(b"\x00" * MOST_BYTES)
    with pytest.raises(WireError, match="no frame"):
        unpack(b"\x00" * (MOST_BYTES + 1))


@pytest.mark.parametrize("ms", [float("nan"), float("inf"), -float("inf"), -1.0, LONGEST_MS * 1.01])
def test_what_is_no_time_is_refused(ms: float) -> None:
    with pytest.raises(WireError, match="no time"):
        unpack(struct.pack("<Id", 1, ms) + b"picture")


def test_the_reply_is_plain_json() -> None:
    text = reply(7, without(standing(camera=LEFT), "nose"), SCREEN)
    told = json.loads(text, parse_constant=pytest.fail)
    assert (told["number"], told["stage"], told["count"], told["caption"]) == (7, "going", 2, "Más despacio")
    assert len(told["pose"]) == 66 and told["pose"][:2] == [-1, -1]
    assert ": " not in text.replace("Más despacio", "")


@pytest.mark.parametrize("frame", [PoseFrame.empty(0.0, (1, 1)), replace(standing(), doubt="trembles")])
def test_who_is_not_seen_or_not_believed_is_not_drawn(frame: PoseFrame) -> None:
    assert json.loads(reply(0, frame, SCREEN))["pose"] == []


# --- the clock ----------------------------------------------------------------------------------------------


def test_the_first_frame_is_at_zero() -> None:
    clock = StreamClock()
    assert clock.last == 0.0
    assert clock.read(123.4, 1000.0) == pytest.approx(0.0)
    assert clock.read(123.5, 1000.2) == pytest.approx(0.1)


def test_a_page_that_comes_back_goes_on_after_what_passed_meanwhile() -> None:
    clock = StreamClock()
    clock.read(50.0, 1000.0)
    clock.read(60.0, 1010.0)
    clock.pause()
    assert clock.last == pytest.approx(10.0)
    assert clock.read(0.2, 1015.5) == pytest.approx(15.5), (
        "since the last frame, not since it was found to be the last"
    )
    assert clock.read(0.3, 1015.7) == pytest.approx(15.6)


def test_pausing_twice_loses_no_time() -> None:
    clock = StreamClock()
    clock.read(50.0, 1000.0)
    clock.pause()
    clock.pause()
    assert clock.read(0.0, 1006.0) == pytest.approx(6.0)


def test_an_earlier_process_is_gone_on_from() -> None:
    clock = StreamClock(42.0)
    assert clock.read(3.0, 7.0) == pytest.approx(42.0, abs=0.002)
    assert clock.read(4.0, 8.0) == pytest.approx(43.0, abs=0.002)


Step = tuple[str, float, float]
STEPS = st.lists(
    st.tuples(st.sampled_from(["read", "read", "pause"]), st.floats(0, 86_400), st.floats(0, 100))
)


@quick
@given(STEPS, st.floats(0, 1e5))
def test_it_always_rises_whatever_is_sent(steps: list[Step], begun_s: float) -> None:
    clock, now, last = StreamClock(begun_s), 0.0, -1.0
    for what, sent, passed in steps:
        now += passed
        if what == "pause":
            clock.pause()
            continue
        t = clock.read(sent, now)
        assert t > last and t == clock.last >= 0
        last = t
