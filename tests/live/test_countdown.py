"""Whole seconds of a countdown."""

from hypothesis import given
from hypothesis import strategies as st

from coach.live.countdown import Countdown


def test_each_second_ticks_once_however_many_frames_it_has() -> None:
    countdown = Countdown(3.0, 10.0)
    times = [10.0 + i / 12 for i in range(37)]
    assert [countdown.left(t) for t in times if countdown.ticks(t)] == [3, 2, 1, 0]


def test_a_second_without_a_frame_does_not_tick() -> None:
    countdown = Countdown(5.0, 0.0)
    assert [countdown.left(t) for t in (0.0, 0.5, 2.5, 2.6) if countdown.ticks(t)] == [5, 3]


@given(st.floats(0, 60), st.floats(0, 4000), st.floats(0, 120))
def test_what_is_left_is_rounded_up_and_is_none_only_when_it_is_over(
    of_s: float, t: float, after: float
) -> None:
    left = Countdown(of_s, t).left(t + after)
    assert (left <= 0) == (of_s - (t + after - t) <= 1e-6)
    assert -1e-6 <= left - (of_s - (t + after - t)) + 1e-6 <= 1 + 1e-6
