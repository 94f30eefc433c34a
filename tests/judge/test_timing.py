"""How long the parts of a repetition took."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.judge.timing import Floats, Parts, lasting, leaps, parts_of, top_is_hidden, typical
from tests.judge.waves import RATES, Move, Profile, arrays, even, minimum_jerk, reps

TOLERANCE_S = 0.3


def parts(move: Move, fps: int = 30, noise: float = 0.0, seed: int = 0) -> Parts:
    t, x = arrays(reps(1, move, wait_s=0.0).sampled(fps, noise, seed))
    return parts_of(t, x, base=0.0, low=0.0)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("hold_s", [0.5, 1.0, 3.0, 5.0])
def test_the_parts_are_told_within_a_third_of_a_second(fps: int, hold_s: float) -> None:
    found = parts(Move(1.2, hold_s, 1.5, pause_s=0.3), fps)
    assert found.out_s == pytest.approx(1.2, abs=TOLERANCE_S)
    assert found.hold_s == pytest.approx(hold_s, abs=TOLERANCE_S)
    assert found.back_s == pytest.approx(1.5, abs=TOLERANCE_S)
    assert found.peak_s == pytest.approx(1.2 + hold_s / 2, abs=TOLERANCE_S)


@settings(max_examples=80, deadline=None)
@given(
    st.floats(0.6, 1.5),
    st.floats(0.5, 5.0),
    st.floats(0.6, 1.5),
    st.floats(0.2, 30.0),
    st.sampled_from(RATES),
)
def test_the_parts_do_not_depend_on_tempo_size_or_frame_rate(
    out_s: float, hold_s: float, back_s: float, height: float, fps: int
) -> None:
    found = parts(Move(out_s, hold_s, back_s, pause_s=0.5, height=height), fps)
    assert found.out_s == pytest.approx(out_s, abs=TOLERANCE_S)
    assert found.hold_s == pytest.approx(hold_s, abs=TOLERANCE_S)
    assert found.back_s == pytest.approx(back_s, abs=TOLERANCE_S)


@pytest.mark.parametrize("profile", [minimum_jerk, even])
@pytest.mark.parametrize("way_s", [1.5, 2.5, 4.0, 8.0])
def test_a_slow_way_is_told_within_a_fifth_whatever_its_profile(way_s: float, profile: Profile) -> None:
    found = parts(Move(way_s, 1.0, way_s, profile=profile))
    assert found.out_s == pytest.approx(way_s, abs=0.2 * way_s + 0.05)
    assert found.back_s == pytest.approx(way_s, abs=0.2 * way_s + 0.05)


@pytest.mark.parametrize("hold_s", [0.0, 1.0, 3.0, 5.0])
def test_an_even_movement_is_not_given_a_longer_hold_than_it_had(hold_s: float) -> None:
    found = parts(Move(2.0, hold_s, 2.0, profile=even))
    assert hold_s - 1.0 < found.hold_s <= hold_s + 0.25


@settings(max_examples=30, deadline=None)
@given(st.floats(0.5, 5.0), st.integers(0, 999))
def test_a_little_noise_hardly_changes_the_hold(hold_s: float, seed: int) -> None:
    assert parts(Move(1.0, hold_s, 1.0), noise=0.015, seed=seed).hold_s == pytest.approx(hold_s, abs=0.4)


def test_what_is_held_may_sink_and_rise_a_little() -> None:
    t, x = arrays(reps(1, Move(1.0, 3.0, 1.0)).sampled(30))
    sways = np.where(x > 0.999 * x.max(), x - 0.06 * x.max() * (np.sin(2 * t) > 0), x)
    assert parts_of(t, sways, base=0.0, low=0.0).hold_s == pytest.approx(3.0, abs=0.3)


def test_a_signal_that_creeps_on_while_it_is_held_tells_how_long_it_may_have_been() -> None:
    t, x = arrays(reps(1, Move(1.0, 3.0, 1.0)).sampled(30))
    held = x > 0.999 * x.max()
    later = np.cumsum(held) > 0.6 * held.sum()
    creeps = np.where(later, x, np.minimum(x, 0.78 * x.max()))
    found = parts_of(t, creeps, base=0.0, low=0.0)
    assert found.hold_s < 1.5
    assert found.hold_most_s == pytest.approx(3.0, abs=1.0)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("way_s", [1.0, 2.0, 4.0])
def test_of_a_free_movement_nothing_is_taken_for_a_hold_however_slow_it_is(fps: int, way_s: float) -> None:
    assert parts(Move(way_s, 2.0, way_s), fps).hold_s == pytest.approx(2.0, abs=0.15)


def test_a_way_that_creeps_into_its_end_takes_little_from_the_hold() -> None:
    t, x = arrays(reps(1, Move(1.0, 3.0, 1.0), wait_s=0.0).sampled(30))
    creeps = x * np.interp(
        t, [1.0, 2.2], [0.85, 1.0]
    )  # the last 15 percent take more than a second of the hold
    assert parts_of(t, creeps, base=0.0, low=0.0).hold_s == pytest.approx(3.0, abs=0.5)


@pytest.mark.parametrize("halts_at", [0.1, 0.26])
def test_a_halt_at_the_beginning_takes_nothing_from_the_hold(halts_at: float) -> None:
    _, x = arrays(reps(1, Move(1.0, 2.0, 1.0), wait_s=0.0).sampled(30))
    halt = int(np.argmax(x > halts_at * x.max()))
    halted = np.concatenate([x[:halt], np.full(75, x[halt]), x[halt:]])
    times = np.arange(len(halted)) / 30
    assert parts_of(times, halted, base=0.0, low=0.0).hold_s == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("profile", [minimum_jerk, even])
def test_a_movement_without_a_hold_has_none(profile: Profile) -> None:
    found = parts(Move(1.0, 0.0, 1.0, profile=profile))
    assert found.hold_least_s <= found.hold_s <= found.hold_most_s <= 0.25


def test_a_slow_way_down_is_told_as_slow() -> None:
    assert parts(Move(1.0, 3.0, 2.5)).back_s > 2.0
    assert parts(Move(1.0, 3.0, 0.7)).back_s < 1.0


def test_the_parts_follow_each_other_and_leave_nothing_out() -> None:
    found = parts(Move())
    assert found.out.start == 0 and found.out.stop == found.peak.start + 1
    assert found.peak.stop == found.back.start + 1
    assert found.back.stop == round(3.0 * 30) + 1


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_handful_of_samples_is_divided_too(n: int) -> None:
    found = parts_of(np.arange(n) / 30, np.ones(n), base=0.0, low=0.0)
    assert (found.out_s, found.back_s) == (0.0, 0.0)
    assert 0 <= found.hold_s <= n / 30


def test_a_way_back_that_was_cut_short_is_timed_as_far_as_it_was_seen() -> None:
    t, x = arrays(reps(1, Move(1.0, 1.0, 2.0, pause_s=0.0), wait_s=0.0).sampled(30))
    seen = t < 3.0
    assert 0.5 < parts_of(t[seen], x[seen], base=0.0, low=float(x[seen][-1])).back_s < 1.6


# --- a top that nobody saw ---------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize(
    ("hold_s", "hole_s", "is_hidden"), [(0.0, 0.5, True), (2.0, 0.5, False), (0.0, 0.15, False)]
)
def test_a_hole_hides_the_top_of_what_only_passes_there(
    fps: int, hold_s: float, hole_s: float, is_hidden: bool
) -> None:
    t, x = arrays(reps(1, Move(1.0, hold_s, 1.0), wait_s=0.0).sampled(fps))
    seen = abs(t - 1 - hold_s / 2) >= hole_s / 2
    assert top_is_hidden(t[seen], x[seen], float(x.max())) == is_hidden


def test_a_hole_on_the_way_hides_no_top() -> None:
    t, x = arrays(reps(1, Move(1.0, 0.0, 1.0), wait_s=0.0).sampled(30))
    for middle in (0.4, 1.6):
        seen = abs(t - middle) >= 0.25
        assert not top_is_hidden(t[seen], x[seen], float(x.max()))


# --- a jump of the picture ---------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", RATES)
def test_nobody_moves_faster_than_a_body_falls(fps: int) -> None:
    t, x = arrays(reps(1, Move(0.5, 0.0, 0.4), wait_s=0.0).sampled(fps))  # as fast as people do it
    assert not leaps(t, x, float(x.max()))


def test_an_edited_video_leaps_on_the_way_back() -> None:
    t, x = arrays(reps(1, Move(1.0, 1.0, 1.0), wait_s=0.0).sampled(30))
    kept = (t < 2.3) | (t > 2.6)
    edited = np.arange(kept.sum()) / 30
    assert leaps(edited, x[kept], float(x.max()))
    assert not leaps(
        t[kept], x[kept], float(x.max())
    )  # the same frames with their own times: a hole is no leap


# --- what lasted ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", RATES)
def test_what_lasted_is_exceeded_for_so_long(fps: int) -> None:
    t = np.arange(4 * fps) / fps
    value = np.where((t > 1) & (t < 1.6), 20.0, 5.0)
    assert lasting(t, value, 0.3, highest=True)[0] == 20.0
    assert 1.0 <= lasting(t, value, 0.3, highest=True)[1] <= 1.6
    assert lasting(t, value, 1.0, highest=True)[0] == 5.0
    assert lasting(t, -value, 0.3, highest=False)[0] == -20.0


def test_a_moment_does_not_last() -> None:
    value = np.full(60, 5.0)
    value[30:33] = 50.0
    assert lasting(np.arange(60) / 30, value, 0.3, highest=True)[0] == 5.0


def test_in_a_short_phase_a_third_of_it_is_enough() -> None:
    t, value = np.arange(6) / 30, np.array([1.0, 2.0, 9.0, 9.0, 9.0, 1.0])
    assert lasting(t, value, 0.3, highest=True)[0] == 9.0


def test_the_unseen_counts_nothing() -> None:
    t, value = np.arange(5) / 30, np.array([nan, 3.0, nan, 4.0, 5.0])
    assert typical(t, value) == (4.0, pytest.approx(0.1))
    assert lasting(t, value, 0.01, highest=True)[0] == 5.0


@pytest.mark.parametrize("value", [np.array([]), np.full(4, nan)])
def test_nothing_seen_has_no_value(value: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> None:
    t = np.arange(len(value)) / 30
    assert np.isnan([*typical(t, value), *lasting(t, value, 0.3, highest=True)]).all()


# --- the end range ----------------------------------------------------------------------------------------


def through(*points: tuple[float, float], fps: int = 30) -> tuple[Floats, Floats]:
    """From 0 smoothly to each value in so many seconds."""
    values, last = [0.0], 0.0
    for seconds, value in points:
        n = round(seconds * fps)
        values += [last + (value - last) * minimum_jerk(i / n) for i in range(1, n + 1)]
        last = value
    return np.arange(len(values)) / fps, np.array(values)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("over", [0.05, 0.1, 0.15, 0.2])
@pytest.mark.parametrize("settling_s", [0.3, 0.6, 1.0])
def test_going_too_far_at_first_takes_nothing_from_the_hold(fps: int, over: float, settling_s: float) -> None:
    t, x = through((1.5, 1 + over), (settling_s, 1.0), (4.0, 1.0), (2.0, 0.0), (0.5, 0.0), fps=fps)
    found = parts_of(t, x, base=0.0, low=0.0)
    assert 3.7 <= found.hold_s <= 4.0 + settling_s + 0.7
    assert np.median(x[found.peak]) == pytest.approx(1.0, abs=0.02), (
        "typical of the end range is what was held"
    )


@pytest.mark.parametrize("at_s", [1.1, 2.5, 3.9])
def test_a_spike_at_the_end_range_takes_nothing_from_the_hold(at_s: float) -> None:
    t, x = arrays(reps(1, Move(1.0, 3.0, 1.0), wait_s=0.0).sampled(30))
    x[round(at_s * 30)] *= 1.2
    assert parts_of(t, x, base=0.0, low=0.0).hold_s == pytest.approx(3.0, abs=TOLERANCE_S)


@pytest.mark.parametrize("sag", [0.05, 0.1, 0.15])
def test_sinking_slowly_is_still_held(sag: float) -> None:
    t, x = arrays(reps(1, Move(1.0, 4.0, 1.0, height=1.0), wait_s=0.0).sampled(30))
    sinking = (t > 1.0) & (t < 5.0)
    x[sinking] -= sag * (t[sinking] - 1.0) / 4.0
    x[t >= 5.0] *= 1 - sag
    assert parts_of(t, x, base=0.0, low=0.0).hold_s == pytest.approx(4.0, abs=1.2)
