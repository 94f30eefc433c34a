"""The hold timer: settles, pauses, resumes, ends; exact at every frame rate."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.judge.holds import ANOTHER_S, ARRIVING_S, Held, HoldState, HoldTimer
from tests.judge.waves import RATES

at_every_rate = pytest.mark.parametrize("fps", RATES)
Span = tuple[float, float]


def timer() -> HoldTimer:
    return HoldTimer(settle_s=1.0, pause_after_s=0.5, end_after_s=5.0)


def run(seen: HoldTimer, fps: int, end_s: float, *inside: Span) -> list[Held]:
    """All holds of a recording with the person in the pose within these spans, their ends included."""
    ended = []
    for i in range(round(end_s * fps) + 1):
        t = i / fps
        ended.append(seen.step(t, any(start <= t <= end for start, end in inside)))
    return [held for held in [*ended, seen.finish()] if held is not None]


@at_every_rate
def test_seconds_are_exact(fps: int) -> None:
    (held,) = run(timer(), fps, 40.0, (1.0, 31.0))
    assert held == Held(1.0, 31.0, pytest.approx(30.0), ())


@at_every_rate
def test_the_time_of_settling_belongs_to_the_hold(fps: int) -> None:
    seen = timer()
    run_to = [seen.step(i / fps, True) for i in range(fps)]
    assert not any(run_to) and seen.state is HoldState.ENTERING and seen.held_s == 0.0
    seen.step(1.0, True)
    assert (seen.state, seen.held_s) == (HoldState.HELD, pytest.approx(1.0))


@at_every_rate
def test_passing_through_the_pose_is_no_hold(fps: int) -> None:
    assert run(timer(), fps, 10.0, (1.0, 1.8), (4.0, 4.9)) == []


@at_every_rate
def test_a_pause_is_left_out_and_told(fps: int) -> None:
    (held,) = run(timer(), fps, 40.0, (1.0, 11.0), (14.0, 34.0))
    assert held.held_s == pytest.approx(30.0)
    assert held.pauses == ((11.0, 14.0),)
    assert (held.start_s, held.end_s) == (1.0, 34.0)


@at_every_rate
def test_a_moment_out_of_the_pose_is_no_pause(fps: int) -> None:
    (held,) = run(timer(), fps, 12.0, (1.0, 5.0), (5.4, 11.0))
    assert (held.held_s, held.pauses) == (pytest.approx(10.0), ())


@at_every_rate
def test_a_long_absence_ends_the_hold_and_another_may_follow(fps: int) -> None:
    first, second = run(timer(), fps, 30.0, (1.0, 11.0), (17.0, 22.0))
    assert (first.held_s, first.end_s) == (pytest.approx(10.0), 11.0)
    assert (second.held_s, second.start_s, second.pauses) == (pytest.approx(5.0), 17.0, ())


def test_a_hold_ends_on_the_sample_that_tells_it() -> None:
    seen = timer()
    ended = [(i, held) for i in range(200) if (held := seen.step(i / 10, i <= 30)) is not None]
    assert [i for i, _ in ended] == [80]
    assert seen.state is HoldState.AWAY and seen.held_s == 0.0
    assert seen.finish() is None


def test_the_timer_stands_still_while_paused() -> None:
    seen = timer()
    for i in range(31):
        seen.step(i / 10, True)
    for i in range(31, 41):
        seen.step(i / 10, False)
    assert (seen.state, seen.held_s) == (HoldState.PAUSED, pytest.approx(3.0))


def test_the_end_of_the_recording_ends_a_paused_hold_when_the_pose_was_left() -> None:
    (held,) = run(timer(), 30, 14.0, (1.0, 11.0))
    assert (held.end_s, held.held_s, held.pauses) == (11.0, pytest.approx(10.0), ())


@at_every_rate
def test_passing_through_the_pose_after_a_pause_does_not_go_on_with_it(fps: int) -> None:
    """Who gets up goes through many a pose; a moment later it would only have been out of sight."""
    (held,) = run(timer(), fps, 20.0, (1.0, 11.0), (14.0, 14.8))
    assert (held.held_s, held.end_s, held.pauses) == (pytest.approx(10.0), 11.0, ())
    (held,) = run(timer(), fps, 20.0, (1.0, 11.0), (12.5, 13.1))
    assert held.held_s == pytest.approx(10.6, abs=2 / fps)


@at_every_rate
def test_who_comes_back_slowly_holds_from_when_the_moving_ends(fps: int) -> None:
    seen = timer()
    states = []
    for i in range(20 * fps):
        t = i / fps
        inside = 1.0 <= t <= 11.0 or t >= 14.0
        seen.step(t, inside, t if 14.0 <= t < 14.6 else -inf)
        states.append((t, seen.state))
    again = next(t for t, state in states if t > 12 and state is HoldState.HELD)
    assert again == pytest.approx(15.6, abs=2 / fps)
    assert seen.held_s == pytest.approx(10.0 + 20.0 - 14.6, abs=3 / fps)


def test_who_comes_back_before_the_hold_would_end_goes_on_with_it() -> None:
    (held,) = run(timer(), 10, 30.0, (1.0, 11.0), (15.8, 20.0))
    assert (held.held_s, held.pauses) == (pytest.approx(14.2), ((11.0, 15.8),))


def test_frames_that_are_missing_are_no_time_in_the_pose() -> None:
    seen = timer()
    for t in [*(i / 10 for i in range(51)), *(8 + i / 10 for i in range(51))]:
        seen.step(t, True)
    held = seen.finish()
    assert held is not None
    assert (held.held_s, held.pauses) == (pytest.approx(10.0), ((5.0, 8.0),))


def test_a_long_time_without_frames_ends_the_hold() -> None:
    seen = timer()
    for i in range(51):
        seen.step(i / 10, True)
    held = seen.step(60.0, True)
    assert held is not None and (held.held_s, held.end_s) == (pytest.approx(5.0), 5.0)
    assert seen.state is HoldState.ENTERING and seen.held_s == 0.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(2, 9), st.sampled_from([0.6, 1.0, 2.0, 4.0])), min_size=1, max_size=5))
def test_all_stretches_add_up_at_every_frame_rate(stretches: list[tuple[int, float]]) -> None:
    spans, t = [], 1.0
    for inside_s, away_s in stretches:
        spans.append((t, t + inside_s))
        t += inside_s + away_s
    for fps in RATES:
        (held,) = run(timer(), fps, t, *spans)
        assert held.held_s == pytest.approx(sum(s for s, _ in stretches), abs=2 * len(stretches) / fps)
        assert len(held.pauses) == len(stretches) - 1


def test_getting_there_and_leaving_are_not_held() -> None:
    """Into the pose over a second, five seconds still, and out of it over a second: five seconds."""
    timer = HoldTimer(settle_s=1, pause_after_s=0.5, end_after_s=3)
    ended = []
    for i in range(140):
        t = i / 10
        moving = t < 1.0 or t > 6.0
        held = timer.step(t, t <= 7.0, t if moving else (1.0 if t < 1.4 else -inf))
        ended += [held] if held is not None else []
    (hold,) = ended
    assert (hold.start_s, hold.end_s, hold.held_s) == pytest.approx((1.0, 6.0, 5.0), abs=0.11)


def test_who_shifts_within_the_pose_goes_on_holding() -> None:
    timer = HoldTimer(settle_s=1, pause_after_s=0.5, end_after_s=3)
    for i in range(101):
        t = i / 10
        timer.step(t, True, t if 4.0 < t < 7.0 else -inf)
    assert timer.held_s == pytest.approx(10.0)


def test_arriving_takes_no_longer_than_a_moment() -> None:
    """Whoever is in the pose and goes on shifting holds it: not from the last of these shifts on."""
    timer = HoldTimer(settle_s=1, pause_after_s=0.5, end_after_s=3)
    for i in range(101):
        t = i / 10
        timer.step(t, t >= 1.0, t if t < 5.0 else -inf)
    assert timer.held_s == pytest.approx(10.0 - 1.0 - ARRIVING_S, abs=0.11)


def test_a_pose_that_is_only_moved_through_is_no_hold() -> None:
    timer = HoldTimer(settle_s=1, pause_after_s=0.5, end_after_s=3)
    ended = [timer.step(i / 10, 1.0 <= i / 10 <= 3.6, i / 10) for i in range(101)]
    assert not any(ended) and timer.finish() is None


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(("still", "still", "moving"))), max_size=80))
def test_the_time_that_is_sure_is_that_of_the_hold_if_it_ended_now(frames: list[tuple[bool, str]]) -> None:
    """And it never falls: what was told as reached is not taken back."""
    last = 0.0
    for n in range(len(frames) + 1):
        timer = HoldTimer(settle_s=0.5, pause_after_s=0.5, end_after_s=1e9)
        for i, (inside, how) in enumerate(frames[:n]):
            timer.step(i / 10, inside, -inf if how == "still" else i / 10)
        sure_s, state = timer.sure_s, timer.state
        assert sure_s >= last - 1e-9
        last = sure_s
        held = timer.finish()
        moved_through = state in (HoldState.AWAY, HoldState.ENTERING) or sure_s < 0.5
        assert (held is None) == moved_through
        assert held is None or held.held_s == pytest.approx(sure_s)


# --- what is not judged, and who is done ----------------------------------------------------------------------


def walked(seen: HoldTimer, end_s: float, still_s: tuple[float, float], done: bool = False) -> list[Held]:
    """In the pose from 1 s to `end_s`, moving but for `still_s`; then out of it for 8 s, and in it for 6 again."""
    ended = []
    for i in range(round((end_s + 14) * 10)):
        t = i / 10
        inside = 1.0 <= t <= end_s or t >= end_s + 8.0
        still = still_s[0] <= t <= still_s[1] or t >= end_s + 9.0
        ended.append(seen.step(t, inside, -inf if still else t, done=done and t > end_s))
    return [held for held in [*ended, seen.finish()] if held is not None]


def test_what_was_moved_through_slowly_is_time_held_and_not_judged() -> None:
    held, *_ = walked(timer(), 14.0, (3.0, 10.0))
    assert held.moved == ((2.5, 3.0), (10.0, 14.0)), "from when arriving can have taken, and since they left"
    assert held.held_s == pytest.approx(11.5)


def test_who_is_on_the_way_out_is_not_spoken_to() -> None:
    seen = timer()
    told = [(seen.step(i / 10, True, -inf if i < 50 else i / 10), seen.in_it)[1] for i in range(150)]
    assert told[:10] == [False] * 10 and set(told[10:50]) == {True} and set(told[51:105]) == {False}
    assert told[-1], "who trembles all the while is in it"


def test_who_leaves_a_hold_that_has_its_time_and_comes_back_holds_another_one() -> None:
    pause_s = ANOTHER_S + 1
    for done, holds in ((False, 1), (True, 2)):
        seen = HoldTimer(settle_s=1.0, pause_after_s=0.5, end_after_s=8.0)
        ended = [
            seen.step(i / 10, i < 100 or i >= 100 + pause_s * 10, done=done)
            for i in range(round(200 + pause_s * 10))
        ]
        assert len([held for held in [*ended, seen.finish()] if held]) == holds
