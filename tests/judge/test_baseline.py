"""Rest is learnt where somebody is, and anew where they went."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import asin, degrees, isnan

import numpy as np
import pytest

from coach.judge import Judgement
from coach.judge.baseline import Baseline, Rules, Stance
from coach.motion.measures import VIEWS
from coach.pose import INDEX, PoseFrame
from tests.judge.films import coached, cues, hikes, joined, pigeons, result_of, shot
from tests.judge.waves import Move, reps
from tests.skeletons import FRONT, HIP_WIDTH, SHANK, THIGH, Figure, Leg, film, pigeon, standing_at

FPS = 15
SQUAT = Move(1.2, 0.3, 1.2, pause_s=1.6, height=1.0)


def stands(feet_m: float, depth: float = 0.0, knees: float = 1.0) -> PoseFrame:
    """A squat from the front with the feet so far apart, the knees at the bottom by `knees` of that."""
    upright = (HIP_WIDTH + feet_m) / 2
    apart = upright + (knees * feet_m - upright) * depth
    out, in_ = degrees(asin((apart - HIP_WIDTH) / 2 / THIGH)), degrees(asin((feet_m - apart) / 2 / SHANK))
    leg = Leg(-85 * depth, 30 * depth, out, in_)
    figure = Figure(40 * depth, arms_deg=180 - 90 * depth, left=leg, right=leg)
    return FRONT.frame(standing_at(figure.joints(), "left_ankle", "right_ankle"), 0.0)


def still(make: Callable[[float], PoseFrame], seconds: float) -> Iterable[PoseFrame]:
    """Somebody who does `make` of the share of the time that is gone."""
    n = round(seconds * FPS)
    return [replace(make(i / n), t=i / FPS) for i in range(n)]


def squats_at(feet_m: float, n: int, knees: float = 1.0) -> Iterable[PoseFrame]:
    return shot(lambda depth: stands(feet_m, depth, knees), reps(n, SQUAT), FPS)


def steps(before_m: float, after_m: float) -> Iterable[PoseFrame]:
    return still(lambda share: stands(before_m + (after_m - before_m) * share), 1.5)


def judgements(frames: Iterable[PoseFrame], exercise: str, check: str) -> list[Judgement]:
    return [rep.verdicts[check].verdict for rep in result_of(frames, exercise).reps]


def test_who_sets_the_feet_apart_is_held_against_how_they_stand_now() -> None:
    frames = joined(squats_at(0.24, 1), steps(0.24, 0.5), squats_at(0.5, 3))
    assert judgements(frames, "squat", "knees_over_feet") == [Judgement.PASS] * 4


def test_knees_that_fall_in_are_seen_after_a_step_as_well() -> None:
    frames = joined(squats_at(0.5, 1), steps(0.5, 0.24), squats_at(0.24, 3, knees=0.6))
    assert judgements(frames, "squat", "knees_over_feet") == [Judgement.PASS, *[Judgement.FAULT] * 3]


def test_what_was_before_somebody_stood_in_position_is_no_rest_of_theirs() -> None:
    waits = still(lambda _: stands(0.1), 5.0)
    frames = joined(waits, steps(0.1, 0.48), still(lambda _: stands(0.48), 0.4), squats_at(0.48, 3))
    assert judgements(frames, "squat", "knees_over_feet") == [Judgement.PASS] * 3


def zoomed(frame: PoseFrame, by: float) -> PoseFrame:
    """Somebody who is nearer to the camera, or further away."""
    about = np.array((320, 420), np.float32)
    return frame.with_xy((frame.xy - about) * by + about)


@pytest.mark.parametrize("nearer", [0.95, 0.97, 1.03])
def test_who_steps_back_has_not_bent_the_knees(nearer: float) -> None:
    before = list(hikes(2, FPS))
    going = still(lambda share: zoomed(before[-1], 1 + (nearer - 1) * share), 2.0)
    frames = joined(before, going, [zoomed(frame, nearer) for frame in hikes(2, FPS)])
    assert judgements(frames, "hip_hiker", "knees_straight") == [Judgement.PASS] * 4


def test_a_glimpse_of_rest_is_replaced_by_a_longer_one() -> None:
    baseline = Baseline(Rules({}, stands=True))
    for i in range(5):
        baseline.add(i / FPS, (9.0,), "front")
    baseline.fix()
    for i in range(5, 40):
        baseline.add(i / FPS, (1.0,), "front")
    baseline.fix()
    assert baseline.of(0, VIEWS) == 1.0


@pytest.mark.parametrize(
    ("elsewhere", "known"),
    [
        (Stance(0j, 50 + 0j, 100.0), (True, True)),
        (Stance(0j, 50 + 0j, 96.0), (False, True)),
        (Stance(30 + 0j, 80 + 0j, 100.0), (False, False)),
    ],
)
def test_who_is_elsewhere_and_hardly_rests_is_not_held_against_where_they_were(
    elsewhere: Stance, known: tuple[bool, bool]
) -> None:
    """A size in the picture, of who is further away, is neither a bent knee nor a straight one."""
    size, angle = (0.02, True), (2.0, False)
    baseline = Baseline(Rules({0: size, 1: angle}, stands=True))

    def rests(from_s: float, seconds: float, stance: Stance, share: float) -> tuple[bool, bool]:
        for i in range(round(seconds * FPS)):
            baseline.add(from_s + i / FPS, (share, 10.0), "front", stance)
        baseline.fix()
        return not isnan(baseline.of(0, VIEWS)), not isnan(baseline.of(1, VIEWS))

    assert rests(0.0, 2.0, Stance(0j, 50 + 0j, 100.0), 1.0) == (True, True)
    share = elsewhere.scale / 100
    assert rests(4.0, 0.6, elsewhere, share) == known
    assert rests(7.0, 1.5, elsewhere, share) == (True, True), "a longer rest tells"
    assert baseline.of(0, VIEWS) == share


def test_who_stands_where_they_stood_is_held_against_the_first_rest() -> None:
    here = Stance(100 + 0j, 200 + 0j, 100.0)
    baseline = Baseline(Rules({}, stands=True))
    for value in (1.0, 9.0):
        for i in range(30):
            baseline.add(i / FPS + value, (value,), "front", here)
        baseline.fix()
    assert baseline.of(0, VIEWS) == 1.0


@pytest.mark.parametrize(
    ("other", "stepped"),
    [
        (Stance(101 + 1j, 201 + 0j, 100.0), False),
        (Stance(110 + 0j, 210 + 0j, 100.0), True),  # both elsewhere
        (Stance(110 + 0j, 200 + 0j, 100.0), False),  # one, that hangs
        (Stance(130 + 0j, 200 + 0j, 100.0), True),
        (Stance(), False),
    ],
)
def test_a_step_moves_both_feet_or_one_by_far(other: Stance, stepped: bool) -> None:
    assert other.stepped_from(Stance(100 + 0j, 200 + 0j, 100.0)) is stepped


def test_on_the_floor_the_getting_there_is_no_rest() -> None:
    rules = Rules({0: (0.1, False)})
    baseline = Baseline(rules)
    for i in range(45):
        baseline.add(i / FPS, (0.0 if i < 30 else 1.0,), "front")
    baseline.fix()
    assert baseline.of(0, VIEWS) == 1.0


# --- a value to come home to -------------------------------------------------------------------------------------


def turned(now_deg: Callable[[float], float]) -> list[PoseFrame]:
    """A pigeon whose trunk is turned so far at each time."""
    times = [i / 12 for i in range(36 * 12)]
    make = lambda t: pigeon("right", hips_m=0.4 if t < 1 else 0.0, turn_deg=now_deg(t))  # noqa: E731
    return list(film(make, times, 12))


def test_who_squares_up_is_not_told_to_turn_back() -> None:
    said, result = coached(turned(lambda t: 22 * (1 - min(1.0, max(0.0, (t - 4) / 1.5)))), "pigeon")
    assert result.holds[0].verdicts["hips_square"].verdict is Judgement.UNSURE
    assert "hips_square" not in cues(said)


def test_who_was_turned_from_the_start_is_not_praised() -> None:
    verdict = result_of(turned(lambda t: 25.0), "pigeon").holds[0].verdicts["hips_square"]
    assert verdict.verdict is Judgement.UNSURE
    assert "from the start" in verdict.reason


def test_who_turns_away_is_told_as_before() -> None:
    result = result_of(pigeons(30, turn_deg=30), "pigeon")
    assert result.holds[0].verdicts["hips_square"].verdict is Judgement.FAULT


# --- a joint that is hidden while a pose is held -----------------------------------------------------------------


def test_a_joint_that_is_hidden_is_told_and_not_that_the_pose_was_left() -> None:
    frames = list(pigeons(30))
    hidden = [
        replace(frame, visibility=np.where(np.arange(33) == INDEX["right_ankle"], 0.1, frame.visibility))
        if 12 <= frame.t < 16
        else frame
        for frame in frames
    ]
    said, _ = coached(hidden, "pigeon")
    assert "left_pose" not in cues(said)
    assert "advice.hidden" in cues(said)
    assert {f.side for f in said if 12.1 < f.t < 15.9} == {"right"}
