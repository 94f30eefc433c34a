"""Counting: what is a movement and what is none, at every frame rate."""

from itertools import pairwise
from math import nan, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.judge.phases import RepCounter, State, Sweep
from tests.judge.waves import RATES, Move, Profile, Samples, Wave, minimum_jerk, reps, run, sine

at_every_rate = pytest.mark.parametrize("fps", RATES)
SWAY = 0.08  # share of the way from rest to target that a signal at rest may tremble


def counter(rest_edge: float = 0.1, min_return: float = 0.8, max_s: float = 60.0) -> RepCounter:
    return RepCounter(rest_edge=rest_edge, target_edge=1.0, min_return=min_return, max_s=max_s)


def sweeps_of(samples: Samples) -> list[Sweep]:
    return run(counter(), samples)


def returned(samples: Samples) -> int:
    return sum(sweep.ending == "returned" for sweep in sweeps_of(samples))


def without(samples: Samples, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """The samples with a time in which nothing was seen."""
    return [(t, nan if start_s <= t < end_s else x) for t, x in samples]


# --- exact counts -----------------------------------------------------------------------------------------


@at_every_rate
@pytest.mark.parametrize("profile", [minimum_jerk, sine])
@pytest.mark.parametrize("way_s", [0.45, 1.0, 4.0])
def test_each_movement_is_counted_once(fps: int, profile: Profile, way_s: float) -> None:
    wave = reps(6, Move(way_s, 0.0, way_s, pause_s=0.5, profile=profile))
    assert returned(wave.sampled(fps)) == 6


@at_every_rate
def test_movements_without_a_pause_are_counted_each(fps: int) -> None:
    assert returned(reps(8, Move(0.6, 0.0, 0.6, pause_s=0.0, profile=sine)).sampled(fps)) == 8


@at_every_rate
def test_a_long_hold_and_a_slow_way_back_are_one_movement(fps: int) -> None:
    assert returned(reps(2, Move(1.5, 20.0, 8.0)).sampled(fps)) == 2


moves = st.builds(
    lambda seconds, way_out, hold_s, pause_s, height, profile: Move(
        seconds * way_out, hold_s, seconds * (1 - way_out), pause_s, height, profile
    ),
    seconds=st.floats(0.9, 8.0),
    way_out=st.floats(0.4, 0.6),
    hold_s=st.floats(0.0, 4.0),
    pause_s=st.floats(0.0, 3.0),
    height=st.floats(1.0, 2.0),
    profile=st.sampled_from([minimum_jerk, sine]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(moves, min_size=1, max_size=5), st.floats(0.0, SWAY), st.integers(0, 99))
def test_the_count_is_the_same_at_every_frame_rate(each: list[Move], noise: float, seed: int) -> None:
    wave = Wave(each)
    counts = [returned(wave.sampled(fps, noise, seed)) for fps in RATES]
    assert counts == [len(each)] * len(RATES)


@settings(max_examples=30, deadline=None)
@given(moves, st.floats(-50.0, 50.0), st.floats(0.5, 200.0))
def test_the_unit_of_the_signal_changes_nothing(move: Move, shift: float, scale: float) -> None:
    wave = reps(3, move)
    other = RepCounter(rest_edge=shift + 0.1 * scale, target_edge=shift + scale)
    seen = run(other, ((t, shift + scale * x) for t, x in wave.sampled(30)))
    for there, here in zip(seen, sweeps_of(wave.sampled(30)), strict=True):
        assert (there.start_s, there.peak_s, there.end_s) == pytest.approx(
            (here.start_s, here.peak_s, here.end_s), abs=0.1
        )


@at_every_rate
def test_a_movement_begins_peaks_and_ends_when_it_did(fps: int) -> None:
    (sweep,) = sweeps_of(reps(1, Move(2.0, 0.0, 2.0, pause_s=2.0)).sampled(fps))
    assert sweep.start_s == pytest.approx(1.0, abs=0.6)
    assert sweep.peak_s == pytest.approx(3.0, abs=0.2)
    assert sweep.end_s == pytest.approx(5.0, abs=0.6)
    assert (sweep.base, sweep.peak) == pytest.approx((0.0, 1.2), abs=0.02)


# --- what is no movement ----------------------------------------------------------------------------------


@at_every_rate
def test_jitter_at_rest_counts_nothing(fps: int) -> None:
    still = Wave([], wait_s=30.0)
    assert sweeps_of(still.sampled(fps, noise=0.1)) == []


@at_every_rate
def test_a_slow_drift_counts_nothing(fps: int) -> None:
    drifting = ((i / fps, 0.1 * sin(i / fps / 5)) for i in range(60 * fps))
    assert sweeps_of(drifting) == []


@at_every_rate
def test_fidgeting_little_past_rest_stays_below_an_attempt(fps: int) -> None:
    assert sweeps_of(reps(5, Move(height=0.2)).sampled(fps)) == []


@at_every_rate
def test_a_partial_movement_is_found_with_its_true_peak(fps: int) -> None:
    partial = sweeps_of(reps(3, Move(2.0, 0.0, 2.0, height=0.6)).sampled(fps))
    assert [s.ending for s in partial] == ["returned"] * 3
    assert all(0.5 < s.peak <= 0.6 for s in partial), "what counts is asked of the peak, by the caller"


@at_every_rate
def test_a_spike_of_one_sample_counts_nothing(fps: int) -> None:
    spikes = ((i / fps, 1.5 if i % fps == 7 else 0.0) for i in range(10 * fps))
    assert sweeps_of(spikes) == []


def test_a_spike_does_not_raise_the_peak() -> None:
    samples = list(reps(1).sampled(30))
    samples[len(samples) // 2] = (samples[len(samples) // 2][0], 9.0)
    (sweep,) = sweeps_of(samples)
    assert sweep.peak <= 1.2


@at_every_rate
def test_resting_always_beyond_the_bound_is_never_learnt_as_rest(fps: int) -> None:
    tired = Wave([Move(height=0.8)] * 2, rest=0.4)
    seen = counter()
    run(seen, tired.sampled(fps))
    assert seen.rest == 0.1


# --- how it begins and ends -------------------------------------------------------------------------------


@at_every_rate
def test_a_movement_under_way_with_most_of_it_to_come_counts(fps: int) -> None:
    late = [(t, x) for t, x in reps(2, Move(2.0, 0.5, 2.0)).sampled(fps) if x > 0.3 or t > 2.0]
    assert [s.ending for s in sweeps_of(late)] == ["returned", "returned"]


@at_every_rate
def test_a_movement_of_which_most_was_missed_joined_late(fps: int) -> None:
    late = [(t, x) for t, x in reps(2, Move(2.0, 0.5, 2.0)).sampled(fps) if x > 0.75 or t > 2.5]
    assert [s.ending for s in sweeps_of(late)] == ["joined_late", "returned"]


@at_every_rate
def test_starting_at_the_end_range_does_not_count(fps: int) -> None:
    at_the_top = [(t, x) for t, x in reps(3, Move(1.0, 1.0, 1.0)).sampled(fps) if t > 2.2]
    assert returned(at_the_top) == 2


@at_every_rate
@pytest.mark.parametrize("dips_to", [0.8, 0.4, 0.12])
def test_who_is_found_at_the_end_range_begins_once_they_were_back(fps: int, dips_to: float) -> None:
    """A leg one stands on, straight all the while, that gives for a moment: it did not rise to there."""
    found = [1.2] * fps + [dips_to] * (fps // 3) + [1.2] * fps
    level = [(i / fps, x) for i, x in enumerate(found)]
    after = [(t + len(found) / fps, x) for t, x in reps(1).sampled(fps)]
    assert [s.ending for s in sweeps_of([*level, *after])] == ["returned"]
    assert [s.start_s > level[-1][0] for s in sweeps_of([*level, *after])] == [True]


@at_every_rate
@pytest.mark.parametrize("begins_s", [2.6, 3.5, 3.7])
def test_what_is_found_on_its_way_back_takes_nothing_from_the_next(fps: int, begins_s: float) -> None:
    back = [(t, x) for t, x in reps(3, Move(1.0, 1.0, 1.0)).sampled(fps) if t > begins_s]
    assert returned(back) == 2


@at_every_rate
def test_a_recording_that_ends_on_the_way_is_unfinished(fps: int) -> None:
    stops = [(t, x) for t, x in reps(2, Move(1.0, 1.0, 1.0, pause_s=1.0)).sampled(fps) if t < 7.2]
    assert [s.ending for s in sweeps_of(stops)] == ["returned", "unfinished"]


@at_every_rate
def test_a_recording_that_ends_as_rest_is_reached_is_complete(fps: int) -> None:
    stops = reps(2, Move(1.0, 0.0, 1.0, pause_s=0.0)).sampled(fps)
    assert [s.ending for s in sweeps_of(stops)] == ["returned", "returned"]


def test_an_empty_recording_has_no_movement() -> None:
    assert sweeps_of([]) == []
    assert sweeps_of((i / 30, nan) for i in range(90)) == []


@at_every_rate
def test_a_movement_without_end_is_given_up(fps: int) -> None:
    stuck = run(counter(max_s=10.0), reps(1, Move(1.0, 30.0, 1.0)).sampled(fps))
    assert stuck[0].ending == "too_long"
    assert stuck[0].end_s == pytest.approx(11.3, abs=0.5)
    assert not any(s.ending == "returned" for s in stuck)
    assert len(stuck) == 1, "its way back is no movement of its own"


@at_every_rate
def test_after_one_without_end_the_next_begins_at_rest(fps: int) -> None:
    stuck = reps(2, Move(1.0, 30.0, 1.0)).sampled(fps)
    endings = [s.ending for s in run(counter(max_s=10.0), stuck)]
    assert endings == ["too_long", "too_long"]


# --- gaps and cuts ----------------------------------------------------------------------------------------


@at_every_rate
@pytest.mark.parametrize("start_s", [1.3, 2.0, 2.6])
def test_a_short_time_unseen_is_bridged(fps: int, start_s: float) -> None:
    seen = without(reps(3).sampled(fps), start_s, start_s + 0.6)
    assert [s.ending for s in sweeps_of(seen)] == ["returned"] * 3


@at_every_rate
def test_a_longer_time_unseen_loses_the_movement_and_only_that(fps: int) -> None:
    seen = without(reps(3, Move(1.0, 2.0, 1.0)).sampled(fps), 2.2, 3.6)
    endings = [s.ending for s in sweeps_of(seen)]
    assert endings[0] == "lost" and endings.count("returned") == 2


def test_frames_that_are_missing_are_a_time_unseen() -> None:
    seen = [(t, x) for t, x in reps(3, Move(1.0, 2.0, 1.0)).sampled(30) if not 2.2 < t < 3.6]
    endings = [s.ending for s in sweeps_of(seen)]
    assert endings[0] == "lost" and endings.count("returned") == 2


@at_every_rate
def test_unseen_at_rest_loses_nothing(fps: int) -> None:
    seen = without(reps(3, Move(pause_s=3.0)).sampled(fps), 3.8, 5.8)
    assert [s.ending for s in sweeps_of(seen)] == ["returned"] * 3


def test_after_a_cut_nothing_continues() -> None:
    seen = counter()
    wave = list(reps(2, Move(1.0, 1.0, 1.0)).sampled(30))
    assert run_until(seen, wave, 2.5) == [] and seen.state is State.MOVING
    seen.restart()
    assert seen.state is State.UNKNOWN
    endings = [s.ending for s in run(seen, ((t, x) for t, x in wave if t >= 2.5))]
    assert endings.count("returned") == 1, "the second one alone"


def run_until(seen: RepCounter, samples: Samples, end_s: float) -> list[Sweep]:
    return [s for t, x in samples if t < end_s and (s := seen.step(t, x)) is not None]


# --- rest -------------------------------------------------------------------------------------------------


@at_every_rate
def test_rest_is_learnt_from_the_person(fps: int) -> None:
    seen = counter()
    run(seen, Wave([], rest=-0.4, wait_s=3.0).sampled(fps))
    assert seen.rest == pytest.approx(-0.4)
    assert (seen.progress(-0.4), seen.progress(1.0)) == pytest.approx((0.0, 1.0))


@at_every_rate
def test_a_shift_of_posture_becomes_the_new_rest(fps: int) -> None:
    shifted = Wave([Move(0.5, 20.0, 0.5, 0.0, 0.3)], rest=0.0)
    seen = counter()
    shift = [(t, x) for t, x in shifted.sampled(fps) if t < 12]
    assert run_until(seen, shift, 12) == []
    assert seen.state is State.REST
    then = Wave([Move(1.0, 0.0, 1.0, height=0.9)] * 2, rest=0.3)
    assert [s.ending for s in run(seen, ((12 + t, x) for t, x in then.sampled(fps)))] == ["returned"] * 2


@at_every_rate
def test_who_creeps_from_one_rest_to_another_and_never_leaves_it_has_tried_nothing(fps: int) -> None:
    """Stepping up for a hip hiker: a foot comes up from far below and then rises by a hair, still at rest."""
    wave = Wave([Move(0.5, 6.0, 0.5, 0.0, height=2.0)], rest=-2.2)
    creeping = [(t, x + 0.01 * t) for t, x in wave.sampled(fps) if t < 6.5]
    seen = counter()
    assert run_until(seen, creeping, 7) == []
    assert seen.state is State.REST
    assert seen.rest > -0.5


@at_every_rate
def test_a_sag_of_the_rest_between_movements_counts_nothing_extra(fps: int) -> None:
    sagging = [(t, x + 0.02 * t) for t, x in reps(4).sampled(fps)]
    assert returned(sagging) == 4


# --- the other conditions of rest -------------------------------------------------------------------------


def run_home(fps: int, home_from_s: float) -> list[Sweep]:
    seen = counter()
    samples = reps(1, Move(1.0, 0.0, 1.0, pause_s=4.0)).sampled(fps)
    ended = [s for t, x in samples if (s := seen.step(t, x, home=t >= home_from_s)) is not None]
    return ended + ([last] if (last := seen.finish()) is not None else [])


@at_every_rate
def test_the_end_waits_until_all_of_rest_is_met(fps: int) -> None:
    (prompt,), (late,) = run_home(fps, 0.0), run_home(fps, 3.3)
    assert prompt.home and late.home
    assert late.end_s == pytest.approx(3.3, abs=0.11)
    assert prompt.end_s < late.end_s


@at_every_rate
def test_who_never_comes_all_the_way_back_ends_not_at_home(fps: int) -> None:
    (sweep,) = run_home(fps, 99.0)
    assert sweep.ending == "returned" and not sweep.home


@at_every_rate
@pytest.mark.parametrize("sure", [True, False])
def test_who_stands_still_a_little_beyond_the_bound_of_rest_rests(fps: int, sure: bool) -> None:
    """First seen lower than they stand: without anything else that tells rest, they have not come all the way back."""
    seen, ended = counter(), []
    stands, low = 0.3, -0.6
    wave = [low] * (2 * fps) + [stands] * (4 * fps)
    for _ in range(2):
        wave += (
            [stands + 0.9 * sine(i / fps) for i in range(fps)]
            + [stands + 0.9 * sine(1 - i / fps) for i in range(fps)]
            + [stands] * fps
        )
    for i, x in enumerate(wave):
        ended.append(seen.step(i / fps, x, home=x <= 0.4, sure=sure and x <= 0.4))
    last = seen.finish()
    sweeps = [sweep for sweep in [*ended, last] if sweep is not None and sweep.peak > 1]
    assert [(sweep.ending, sweep.home) for sweep in sweeps] == [("returned", sure)] * 2


def bounced(fps: int, valley: float, n: int, min_s: float = 0.0, **told: bool) -> list[Sweep]:
    """n movements to 1.1, of a second each way, with the way back only to the valley between them."""
    seen = RepCounter(rest_edge=0.1, target_edge=1.0, min_s=min_s)
    down, up = ([sine(1 - i / fps) for i in range(fps)], [sine(i / fps) for i in range(fps)])
    wave = [0.0] * fps + [1.1 * s for s in up]
    for _ in range(n - 1):
        wave += [valley + (1.1 - valley) * s for s in down]
        wave += [valley + (1.1 - valley) * s for s in up]
    wave += [1.1 * s for s in down] + [0.0] * fps
    ended = [seen.step(i / fps, x, **told) for i, x in enumerate(wave)]
    return [sweep for sweep in [*ended, seen.finish()] if sweep is not None]


@at_every_rate
def test_who_goes_again_without_having_come_all_the_way_back_has_gone_twice(fps: int) -> None:
    """Each that turned short of rest is told so, and the last one, which came back, counts."""
    sweeps = bounced(fps, valley=0.5, n=4)
    assert [sweep.home for sweep in sweeps] == [False, False, False, True]
    assert all(then.start_s == pytest.approx(one.end_s, abs=0.3) for one, then in pairwise(sweeps))


@at_every_rate
def test_who_goes_again_from_within_the_bounds_of_rest_began_there(fps: int) -> None:
    assert [sweep.home for sweep in bounced(fps, valley=0.19, n=3)] == [True, True, True]


@at_every_rate
def test_a_bob_at_the_end_range_is_no_movement_of_its_own(fps: int) -> None:
    assert len(bounced(fps, valley=0.75, n=3)) == 1


def test_one_sample_that_falls_is_no_way_back() -> None:
    seen = counter()
    wave = [0.0] * 20 + [sine(i / 20) * 1.1 for i in range(21)] + [1.1] * 20 + [0.3] + [1.1] * 20
    ended = [
        seen.step(i / 20, x)
        for i, x in enumerate([*wave, *[1.1 * sine(1 - i / 20) for i in range(21)], *[0.0] * 20])
    ]
    assert sum(sweep is not None for sweep in [*ended, seen.finish()]) == 1


@at_every_rate
@pytest.mark.parametrize(("min_s", "found"), [(1.0, 3), (3.0, 1)])
def test_who_seems_to_go_again_at_once_has_not_been_back(fps: int, min_s: float, found: int) -> None:
    assert len(bounced(fps, valley=0.5, n=3, min_s=min_s)) == found


@at_every_rate
def test_legs_that_are_mixed_up_tell_of_no_way_back(fps: int) -> None:
    assert len(bounced(fps, valley=0.5, n=3, steady=False)) == 1


@at_every_rate
def test_half_way_back_ends_a_movement_where_the_exercise_says_so(fps: int) -> None:
    half = Wave([Move(1.0, 0.5, 1.0, pause_s=0.0, height=0.8)] * 3, rest=0.4, wait_s=0.0)
    begin = [(t, x * t / 0.5 if t < 0.5 else x) for t, x in half.sampled(fps)]
    assert sum(s.ending == "returned" for s in run(counter(min_return=0.25), begin)) == 3


@pytest.mark.parametrize("seed", range(12))
def test_a_trembling_way_back_is_not_at_its_end_half_way(seed: int) -> None:
    slow = reps(3, Move(1.0, 0.5, 2.0, pause_s=1.0, height=1.3))
    found = run(counter(min_return=0.25), slow.sampled(30, noise=0.12, seed=seed))
    assert [sweep.low < 0.3 for sweep in found] == [True] * 3


def halting(fps: int, then: float) -> list[tuple[float, float]]:
    """Out to 1.2 and back to 0.5, a second's halt, and on to another level."""
    points = ((0.0, 0.0), (1.0, 0.0), (2.0, 1.2), (3.0, 0.5), (4.0, 0.5), (5.0, then), (6.0, then))
    times, values = zip(*points, strict=True)
    return [(i / fps, float(np.interp(i / fps, times, values))) for i in range(6 * fps + 1)]


@at_every_rate
def test_who_halts_on_the_way_back_ends_where_they_come_to(fps: int) -> None:
    (sweep,) = run(counter(min_return=0.4), halting(fps, then=0.0))
    assert sweep.low == pytest.approx(0.0, abs=0.06) and sweep.end_s == pytest.approx(5.0, abs=0.2)
    assert sweep.halted_s == pytest.approx(4.0, abs=0.2)


@at_every_rate
def test_who_rises_again_from_a_halt_ended_there(fps: int) -> None:
    first, _ = run(counter(min_return=0.4), halting(fps, then=1.2))
    assert (first.ending, first.halted_s) == ("returned", None)
    assert first.low == pytest.approx(0.5, abs=0.05) and first.end_s <= 4.0


# --- spikes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at_s", [1.7, 2.3])
def test_one_sample_that_leaps_back_to_rest_ends_no_movement(at_s: float) -> None:
    wave = list(reps(1, Move(1.0, 0.6, 1.0, pause_s=1.0)).sampled(15))
    leap = min(range(len(wave)), key=lambda i: abs(wave[i][0] - at_s))
    leapt = [(t, 0.0 if i == leap else x) for i, (t, x) in enumerate(wave)]
    (clean,), (found,) = sweeps_of(wave), sweeps_of(leapt)
    assert (found.start_s, found.end_s, found.ending) == (clean.start_s, clean.end_s, clean.ending)


@at_every_rate
@pytest.mark.parametrize(("sure", "found"), [(True, ["returned"]), (False, [])])
def test_rest_as_the_file_has_it_is_rest_however_low_it_began(fps: int, sure: bool, found: list[str]) -> None:
    """It began from a place further from the target than where the person, never quite still, stands after it."""
    seen, ended = counter(), []
    for i in range(8 * fps):
        t = i / fps
        x = -0.6 if t < 2 else max(-0.02, 1.1 - abs(t - 3) * 1.7) + 0.12 * sin(9 * t)
        ended.append(seen.step(t, x, home=x <= 0.1, sure=sure and x <= 0.1))
    assert [sweep.ending for sweep in ended if sweep is not None] == found


@at_every_rate
@pytest.mark.parametrize(("until_s", "found"), [(0.9, None), (2.0, "lost"), (3.0, "lost")])
def test_across_a_cut_nothing_is_done_however_far_back_it_was(
    fps: int, until_s: float, found: str | None
) -> None:
    seen = counter()
    run_up = [(t, x) for t, x in reps(1, Move(1.0, 0.0, 1.0, pause_s=1.0)).sampled(fps) if t < until_s]
    assert [sweep for t, x in run_up if (sweep := seen.step(t, x))] == []
    lost = seen.cut()
    assert (lost.ending if lost is not None else None) == found
    assert seen.state is State.UNKNOWN and seen.finish() is None
