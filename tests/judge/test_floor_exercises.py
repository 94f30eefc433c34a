"""The exercises on the floor, on stick figures: clean ones count, each fault is found, nothing else counts."""

from collections.abc import Callable

import pytest

from coach.judge import SetResult
from coach.judge.verdicts import Judgement
from coach.pose import INDEX, PoseFrame, PoseTrack, Side
from tests.judge.films import hikes, joined, result_of, shot, squats
from tests.judge.waves import Move, reps
from tests.skeletons import BACK, FRONT, LEFT, RIGHT, Camera, film, kneeling, pigeon, sitting, standing
from tests.skeletons_floor import HALF_BEHIND, HALF_LEFT, HALF_RIGHT, hero, hydrant, long_lunge, side_raise

FPS = 12
RAISE = Move(1.2, 1.3, 1.2, pause_s=1.0, height=50.0)
QUICK = Move(0.7, 0.2, 0.7, pause_s=0.7, height=24.0)
USUAL = {"roll_deg": 0.0, "elbow_deg": 0.0, "knee_deg": 90.0}  # of figures without a fault
Figures = Callable[..., PoseFrame]


def repeated(
    figure: Figures, move: Move, side: Side, n: int = 3, camera: Camera = FRONT, **fault: float
) -> PoseTrack:
    """n repetitions; each fault is as large as given at the end range."""

    def make(x: float) -> PoseFrame:
        share = min(1.0, x / move.height)
        sizes = {
            name: usual + share * (fault[name] - usual) for name, usual in USUAL.items() if name in fault
        }
        return figure(x, side, camera=camera, **sizes)

    return shot(make, reps(n, move), FPS)


def held(figure: Figures, seconds: float = 34.0, **fault: float) -> PoseTrack:
    """Three seconds before the pose, a second into it, then held; a fault is there from five seconds on."""
    camera = {k: v for k, v in fault.items() if k in ("camera", "side")}

    def make(t: float) -> PoseFrame:
        into, late = min(1.0, max(0.0, t - 3)), min(1.0, max(0.0, (t - 9) / 2))
        rest = {"thigh_up_deg": 10.0}
        sizes = {
            name: rest.get(name, 0.0) + late * (size - rest.get(name, 0.0))
            for name, size in fault.items()
            if name not in camera
        }
        return figure(into, **camera, **sizes)

    return film(make, (i / FPS for i in range(round((seconds + 4) * FPS))), FPS)


def verdicts(result: SetResult, check: str) -> set[Judgement]:
    return {part.verdicts[check].verdict for part in (*result.reps, *result.holds)}


# --- fire hydrant -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "camera"),
    [("right", HALF_RIGHT), ("left", HALF_LEFT), ("right", HALF_BEHIND), ("right", BACK)],
)
def test_fire_hydrants_are_counted_on_their_side_without_a_fault(side: Side, camera: Camera) -> None:
    result = result_of(repeated(hydrant, RAISE, side, camera=camera), "fire_hydrant")
    assert (result.counted, result.attempts) == (3, 3)
    assert {rep.side for rep in result.reps} == {side}
    assert result.faults == {}


@pytest.mark.parametrize(
    ("check", "fault"),
    [("hips_level", {"roll_deg": 30}), ("knee_bent", {"knee_deg": 25}), ("arms_straight", {"elbow_deg": 85})],
)
def test_each_fault_of_a_fire_hydrant_is_found_alone(check: str, fault: dict[str, float]) -> None:
    result = result_of(repeated(hydrant, RAISE, "right", camera=HALF_RIGHT, **fault), "fire_hydrant")
    assert result.counted == 3
    assert result.faults == {check: 3}


def test_a_fire_hydrant_without_a_pause_or_too_low() -> None:
    hasty = repeated(hydrant, Move(1.2, 0.0, 1.2, pause_s=1.0, height=50.0), "right", camera=HALF_RIGHT)
    assert result_of(hasty, "fire_hydrant").faults == {"pause": 3}
    low = Move(1.2, 1.3, 1.2, pause_s=1.0, height=18.0)
    result = result_of(repeated(hydrant, low, "right", camera=HALF_RIGHT), "fire_hydrant")
    assert result.counted == 0


def test_knee_and_roll_of_a_fire_hydrant_cannot_be_told_from_behind() -> None:
    result = result_of(repeated(hydrant, RAISE, "right", camera=BACK, knee_deg=40.0), "fire_hydrant")
    assert verdicts(result, "knee_bent") == {Judgement.CANNOT_JUDGE}
    behind = repeated(hydrant, RAISE, "right", camera=HALF_BEHIND, roll_deg=30.0)
    assert verdicts(result_of(behind, "fire_hydrant"), "hips_level") == {Judgement.CANNOT_JUDGE}


def test_a_fire_hydrant_from_the_side_gets_advice_and_no_judgement() -> None:
    result = result_of(repeated(hydrant, RAISE, "left", camera=LEFT), "fire_hydrant")
    assert result.attempts == 0
    assert any("Turn half-way" in advice for advice in result.advice)


def test_a_fire_hydrant_from_the_front_is_counted_and_only_its_pause_judged() -> None:
    result = result_of(repeated(hydrant, RAISE, "left", camera=FRONT), "fire_hydrant")
    assert (result.counted, result.attempts) == (3, 3)
    judged = {name for rep in result.reps for name, v in rep.verdicts.items() if v.value is not None}
    assert judged == {"pause"}


# --- side-lying leg raise ---------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["left", "right"])
def test_leg_raises_are_counted_without_a_fault(side: Side) -> None:
    result = result_of(repeated(side_raise, QUICK, side, n=5), "side_lying_leg_raise")
    assert (result.counted, result.attempts) == (5, 5)
    assert {rep.side for rep in result.reps} == {side}
    assert result.faults == {}


@pytest.mark.parametrize(("check", "fault"), [("hips_stacked", {"roll_deg": 25})])
def test_who_rolls_back_is_told(check: str, fault: dict[str, float]) -> None:
    result = result_of(repeated(side_raise, QUICK, "left", **fault), "side_lying_leg_raise")
    assert result.counted == 3
    assert result.faults == {check: 3}


def bent_raise(raised_deg: float, side: Side, *, camera: Camera) -> PoseFrame:
    return side_raise(raised_deg, side, knee_deg=70 * min(1.0, raised_deg / 24), camera=camera)


def low_raise(raised_deg: float, side: Side, *, camera: Camera) -> PoseFrame:
    """The leg comes back as low as the other one lies."""
    return side_raise(raised_deg - 12, side, camera=camera)


def test_a_bent_knee_a_leg_laid_down_and_a_leg_too_high() -> None:
    bent = result_of(repeated(bent_raise, QUICK, "left"), "side_lying_leg_raise")
    assert bent.counted == 3
    assert bent.faults == {"knee_straight": 3}
    laid = Move(0.8, 0.2, 0.8, pause_s=0.7, height=36.0)
    down = result_of(repeated(low_raise, laid, "left"), "side_lying_leg_raise")
    assert down.counted == 3
    assert down.faults == {"stays_up": 3}
    high = result_of(repeated(side_raise, Move(0.8, 0.3, 0.8, 0.7, 62.0), "left"), "side_lying_leg_raise")
    assert high.faults == {"not_too_high": 3}


def test_leg_raises_from_behind_are_not_judged() -> None:
    result = result_of(repeated(side_raise, QUICK, "left", camera=BACK), "side_lying_leg_raise")
    assert result.attempts == 0
    assert result.advice


# --- runner's lunge ---------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("camera", [LEFT, RIGHT])
def test_a_clean_long_lunge_is_held_on_the_side_of_its_front_leg(side: Side, camera: Camera) -> None:
    result = result_of(held(long_lunge, side=side, camera=camera), "runners_lunge")
    assert (result.counted, result.attempts) == (1, 1)
    assert result.holds[0].side == side
    assert result.holds[0].held_s == pytest.approx(34, abs=1)
    assert result.faults == {}


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        ("knee_over_ankle", {"shank_deg": 24}),
        ("back_knee_straight", {"back_bent_deg": 40}),
        ("hips_low", {"thigh_up_deg": 40}),
    ],
)
def test_each_fault_of_a_long_lunge_is_found_alone(check: str, fault: dict[str, float]) -> None:
    result = result_of(held(long_lunge, **fault), "runners_lunge")
    assert result.counted == 1
    assert result.faults == {check: 1}


def test_a_long_lunge_from_the_front_is_not_judged() -> None:
    result = result_of(held(long_lunge, camera=FRONT), "runners_lunge")
    assert result.attempts == 0
    assert any("Turn your side" in advice for advice in result.advice)


def test_a_front_leg_that_was_made_up_is_not_judged() -> None:
    def made_up(frame: PoseFrame) -> PoseFrame:
        hip, knee = (INDEX[f"left_{joint}"] for joint in ("hip", "knee"))
        xy = frame.xy.copy()
        xy[knee] = xy[hip] + 0.45 * (xy[knee] - xy[hip])
        return frame.with_xy(xy)

    seen = list(held(long_lunge, side="left", camera=LEFT))
    assert result_of(seen, "runners_lunge", "left").attempts == 1
    result = result_of([made_up(frame) for frame in seen], "runners_lunge", "left")
    assert result.attempts == 0
    assert result.advice == ("I can't see your left knee",)


# --- hero pose --------------------------------------------------------------------------------------


@pytest.mark.parametrize("camera", [FRONT, LEFT, RIGHT])
def test_a_clean_hero_pose_is_held(camera: Camera) -> None:
    result = result_of(held(hero, camera=camera), "hero_pose")
    assert (result.counted, result.attempts) == (1, 1)
    assert result.faults == {}


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        ("knees_together", {"knees_out_deg": 30}),
        ("trunk_upright", {"lean_deg": 20}),
        ("shoulders_level", {"tilt_deg": 16}),
    ],
)
def test_each_fault_of_a_hero_pose_is_found_alone(check: str, fault: dict[str, float]) -> None:
    assert result_of(held(hero, **fault), "hero_pose").faults == {check: 1}


def test_a_hero_pose_from_behind_is_not_judged() -> None:
    assert result_of(held(hero, camera=BACK), "hero_pose").attempts == 0


# --- everything else --------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", ["fire_hydrant", "side_lying_leg_raise", "runners_lunge", "hero_pose"])
def test_another_movement_counts_nothing(exercise: str) -> None:
    still = [
        film(lambda _, make=make, camera=camera: make(camera=camera), range(60), FPS)
        for make in (standing, kneeling, sitting)
        for camera in (LEFT, FRONT, HALF_RIGHT)
        # Without perspective, legs that point at the camera and away from it look alike.
        if (make, camera) != (sitting, FRONT)
    ]
    assert result_of(joined(*still), exercise).attempts == 0
    for other_movement in (squats(2), squats(2, camera=FRONT), hikes(2), squats(2, camera=HALF_BEHIND)):
        assert result_of(other_movement, exercise).attempts == 0
    if (
        exercise != "hero_pose"
    ):  # which asks for folded legs under a low seat: from the front much like this one
        assert result_of(film(lambda _: pigeon("right"), range(60), FPS), exercise).attempts == 0
