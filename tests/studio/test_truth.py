"""The truth: exact by construction, and what the coach's own engine makes of it."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.judge import Engine, HeldPose, Judgement, Rep, SetResult, load_exercise
from coach.motion import MEASURES
from coach.pose import INDEX, PoseTrack, at
from sample_videos.studio import anatomy
from sample_videos.studio.camera import Camera
from sample_videos.studio.performance import Performance
from sample_videos.studio.rotations import NONE, about_x
from sample_videos.studio.scene import Scene
from sample_videos.studio.score import PHASES
from sample_videos.studio.sight import hidden_by_depth, judged_in, track_of
from sample_videos.studio.skeleton import Body, Posture
from sample_videos.studio.truth import Truth, placements, read_truth, truth_of, write_truth

FPS = 12  # few enough to be quick, enough for the engine
SIDE = {"from": "left", "height_m": 0.9, "distance_m": 3.2}
LOW = {"from": "left", "height_m": 0.6, "distance_m": 2.5}
FRONT = {"from": "front", "height_m": 1.0, "distance_m": 3.2}


@cache
def body(who: str) -> Body:
    return Body.load(who)


def made(**keys: Any) -> Truth:
    scene = Scene.model_validate({"camera": SIDE, "picture": {"fps": FPS}, **keys})
    performance = Performance(scene, body(scene.who))
    return truth_of(performance, *placements(performance))


def judged(truth: Truth) -> SetResult:
    engine = Engine(load_exercise(truth.facts["exercise"]))
    for frame in truth.track:
        engine.step(frame)
    return engine.finish()


def found(part: Rep | HeldPose) -> set[str]:
    return {name for name, verdict in part.verdicts.items() if verdict.verdict is Judgement.FAULT}


# --- exact by construction --------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["female", "male", "female_older_heavy", "male_tall_thin"])
def test_seen_exactly_from_the_side_the_plane_tells_the_angle_in_space(who: str) -> None:
    person = body(who)
    for flexion in (10.0, 60.0, 115.0):
        legs = {f"thigh_{s}": about_x(-0.6 * flexion) for s in "lr"}
        legs |= {f"calf_{s}": about_x(0.4 * flexion) for s in "lr"}
        marks = person.landmarks(person.place(Posture({"pelvis": NONE, **legs})))[None]
        assert anatomy.ANGLES["left_knee_flexion"](marks)[0] == pytest.approx(flexion, abs=0.1)
        track = track_of(marks, Camera((60, 0, 0.9), (0, 0, 0.9), lens_mm=700), np.zeros(1))
        from coach.motion import Body as Plane

        for side in ("left", "right"):
            seen = MEASURES["knee_flexion"].value(Plane.of(track), side)[0]  # type: ignore[arg-type]
            assert seen == pytest.approx(flexion, abs=1)


def test_a_mirrored_film_has_left_and_right_swapped_as_a_mirrored_frame_has() -> None:
    keys = {"exercise": "hip_hiker", "side": "left", "camera": FRONT, "set": [{}]}
    plain, mirror = made(**keys), made(**keys, picture={"mirrored": True, "fps": FPS})
    i = len(plain.track) // 2
    wanted = plain.track[i].mirrored()
    assert mirror.track.xy[i] == pytest.approx(wanted.xy, abs=0.01)
    assert mirror.track.world[i] == pytest.approx(wanted.world, abs=1e-4)
    assert mirror.facts["reps"][0]["side"] == "right"
    assert mirror.measured("pelvic_drop", "right") == pytest.approx(
        plain.measured("pelvic_drop", "left"), abs=0.01
    )
    assert mirror.anatomical("right_knee_flexion") == pytest.approx(
        plain.anatomical("left_knee_flexion"), abs=0.01
    )


def test_what_is_outside_the_picture_is_not_seen() -> None:
    truth = made(exercise="squat", set=[{}], camera={"from": "left", "height_m": 1.4, "distance_m": 1.4})
    assert truth.track.visibility[:, INDEX["left_ankle"]].max() == 0
    assert truth.track.visibility[:, INDEX["left_hip"]].min() == 1


def test_what_has_a_surface_before_it_is_hidden() -> None:
    camera = Camera((0, -3, 1), (0, 0, 1))
    points = np.array([[0, 0, 1.0], [0.5, 0, 1.0], [50.0, 0, 1.0]])
    depth = np.full((480, 640), np.inf, np.float32)
    depth[:, 300:340] = 2.0
    assert hidden_by_depth(depth, camera, points).tolist() == [True, False, False]
    assert not hidden_by_depth(depth + np.float32(0.9), camera, points).any()


def test_away_nobody_is_there() -> None:
    truth = made(exercise="squat", enter=True, set=[{}, {}], away=[{"from_s": 3, "for_s": 2}])
    away = next(m for m in truth.facts["moments"] if m["what"] == "away")
    gone = (truth.track.t > away["start_s"] + 0.1) & (truth.track.t < away["end_s"] - 0.1)
    assert (
        gone.any() and np.isnan(truth.track.xy[gone]).all() and np.isnan(truth.track.visibility[gone]).all()
    )
    assert not truth.track[int(np.flatnonzero(gone)[0])].found
    assert truth.track.visibility[0].max() == 0  # begins outside the picture


def test_the_truth_can_be_written_and_read_and_is_a_track_of_the_coach(tmp_path: Path) -> None:
    truth = made(exercise="squat", set=[{"faults": {"trunk": 30}}])
    write_truth(truth, tmp_path / "squat")
    track = PoseTrack.load(tmp_path / "squat.truth.npz")
    assert track.xy == pytest.approx(truth.track.xy)
    again = read_truth(tmp_path / "squat")
    assert again.facts == truth.facts
    assert again.measured("knee_flexion", "left") == pytest.approx(truth.measured("knee_flexion", "left"))
    assert again.xyz == pytest.approx(truth.xyz, abs=1e-5)
    first = (tmp_path / "squat.truth.npz").read_bytes()
    write_truth(truth, tmp_path / "squat")
    assert (tmp_path / "squat.truth.npz").read_bytes() == first


def test_phases_and_repetitions_are_told_for_every_frame() -> None:
    truth = made(exercise="squat", set=[{}, {}])
    rep = truth.facts["reps"][1]
    i = round(rep["peak_s"] * truth.facts["fps"])
    assert truth.rep[i] == 1
    assert truth.facts["phases"][truth.phase[i]] == "peak"
    assert truth.rep[0] == -1
    knee = truth.anatomical("left_knee_flexion")
    assert knee[i] == pytest.approx(knee.max(), abs=1)
    assert rep["range_deg"] == pytest.approx(knee[i] - knee[int(rep["start_s"] * FPS)], abs=1)


def test_partial_repetitions_do_not_count_and_are_their_own_fault() -> None:
    truth = made(exercise="squat", set=[{}, {"range": 0.5}, {"range": 0.95}])
    whole, half, nearly = truth.facts["reps"]
    assert (whole["counted"], half["counted"], nearly["counted"]) == (True, False, True)
    assert (whole["why"], half["why"]) == ("", "range")
    assert whole["faults"] == {} and half["faults"]["depth"] > 35
    assert truth.facts["counted"] == 2 and truth.facts["attempts"] == 3


# --- which checks a camera can see ------------------------------------------------------------------


def test_from_the_side_and_from_the_front_other_checks_are_seen() -> None:
    side = made(exercise="squat", set=[{}]).facts
    front = made(exercise="squat", camera=FRONT, set=[{}]).facts
    assert (side["view"], side["near_side"]) == ("side", "left")
    assert (front["view"], front["near_side"]) == ("front", None)
    seen = {name for name, check in side["checks"].items() if check["seen"]}
    assert seen == {"depth", "trunk", "heels_down"}
    assert {name for name, check in front["checks"].items() if check["seen"]} == {"knees_over_feet"}
    assert "front or back" in side["checks"]["knees_over_feet"]["why"]


def test_a_check_whose_joints_are_outside_the_picture_is_not_seen() -> None:
    near = made(
        exercise="squat", set=[{}], camera={"from": "right", "height_m": 1.3, "distance_m": 1.5}
    ).facts
    assert near["near_side"] == "right"
    assert not near["checks"]["heels_down"]["seen"]
    assert "outside" in near["checks"]["heels_down"]["why"]


def test_what_no_camera_sees_is_not_seen() -> None:
    checks = made(exercise="bridge", camera=LOW, set=[{}]).facts["checks"]
    assert not checks["feet_flat"]["seen"]
    assert checks["hold"]["seen"] and checks["straight_line"]["seen"]
    from_the_feet = made(exercise="bridge", camera={**LOW, "from": "feet"}, set=[{}]).facts
    assert from_the_feet["view"] == "front"
    assert not any(check["seen"] for check in from_the_feet["checks"].values())


# --- the coach's engine on the truth ----------------------------------------------------------------


def fault(**sizes: float) -> dict[str, Any]:
    return {"faults": sizes}


REPETITIONS: dict[str, dict[str, Any]] = {
    "squat, side": {
        "exercise": "squat",
        "set": [{}, fault(trunk=38), fault(heels_down=30), fault(depth=42), {"range": 0.5}, {}],
    },
    "squat, right side": {"exercise": "squat", "camera": {**SIDE, "from": "right"}, "set": [{"repeat": 2}]},
    "squat, front": {"exercise": "squat", "camera": FRONT, "set": [{}, fault(knees_over_feet=17), {}]},
    "bridge, clean": {"exercise": "bridge", "camera": LOW, "set": [{"repeat": 2}]},
    "bridge, other side": {
        "exercise": "bridge",
        "camera": {**LOW, "from": "right", "turned_deg": 10},
        "set": [{}, fault(no_arch=20, hold=1.0)],
    },
    "bridge, faulty": {
        "exercise": "bridge",
        "camera": LOW,
        "set": [
            fault(knees_over_ankles=25),
            fault(knees_over_ankles=-26),
            fault(straight_line=28),
            fault(no_arch=18),
            fault(hold=1.0),
            fault(slow_lowering=0.6),
            {"range": 0.5},
            {},
        ],
    },
    "hip hiker, left free": {
        "exercise": "hip_hiker",
        "side": "left",
        "camera": FRONT,
        "set": [{}, fault(knees_straight=48), fault(trunk_upright=18), fault(full_return=7), {}],
    },
    "hip hiker, right free, from behind": {
        "exercise": "hip_hiker",
        "side": "right",
        "camera": {**FRONT, "from": "back"},
        "set": [{}, fault(trunk_upright=-18), {"range": 0.3}, {}],
    },
}


@pytest.mark.parametrize("who", ["female", "male_tall_thin"])
@pytest.mark.parametrize("name", REPETITIONS)
def test_the_engine_counts_and_finds_exactly_what_was_planted(name: str, who: str) -> None:
    truth = made(who=who, **REPETITIONS[name])
    result = judged(truth)
    planted = truth.facts["reps"]
    assert (result.counted, result.attempts) == (truth.facts["counted"], truth.facts["attempts"])
    assert [found(rep) for rep in result.reps] == [set(rep["faults"]) & _seen(truth) for rep in planted]
    assert [rep.side for rep in result.reps] == [rep["side"] for rep in planted]
    assert [rep.counted for rep in result.reps] == [rep["counted"] for rep in planted]
    for rep, wanted in zip(result.reps, planted, strict=True):
        assert rep.peak_s == pytest.approx(wanted["peak_s"], abs=0.3)
        assert rep.view == wanted["view"]


def _seen(truth: Truth) -> set[str]:
    """What the engine can report at all: a small partial range is no fault of a hip hiker."""
    return {name for name, check in truth.facts["checks"].items() if check["seen"]}


@pytest.mark.parametrize(("who", "side"), [("female", "left"), ("male_tall_thin", "right")])
def test_the_engine_times_holds_and_finds_their_faults(who: str, side: str) -> None:
    keys: dict[str, Any] = {"exercise": "pigeon", "who": who, "side": side}
    keys["camera"] = {"from": "front", "height_m": 0.75, "distance_m": 2.5}
    sizes = {"hips_square": 25, "knee_in_line": 35, "weight_centred": 18}
    for planted in ({}, *({name: size} for name, size in sizes.items())):
        faults = {name: {"size": size, "from_s": 4, "to_s": 9} for name, size in planted.items()}
        truth = made(**keys, set=[{"hold_s": 11, "faults": faults}])
        holds = judged(truth).holds
        assert [found(hold) for hold in holds] == [set(planted)]
        assert holds[0].side == side
        assert holds[0].held_s == pytest.approx(truth.facts["holds"][0]["held_s"], abs=2.5)


def test_a_pose_that_is_left_is_one_hold_with_a_pause() -> None:
    truth = made(
        exercise="pigeon",
        side="left",
        camera={"from": "front", "height_m": 0.75, "distance_m": 2.5},
        set=[{"hold_s": 6}, {"leaves_s": 3}, {"hold_s": 6}],
    )
    assert len(truth.facts["holds"][0]["left"]) == 1
    holds = judged(truth).holds
    assert len(holds) == 1 and len(holds[0].pauses) == 1


def test_coming_in_and_going_out_count_nothing() -> None:
    truth = made(exercise="squat", enter=True, leave=True, set=[{"repeat": 2}])
    result = judged(truth)
    assert (result.counted, result.attempts) == (2, 2)


def test_no_exercise_counts_nothing() -> None:
    truth = made(
        exercise="none", camera=FRONT, enter=True, leave=True, set=[{"does": "walks"}, {"does": "sits"}]
    )
    assert truth.facts["reps"] == [] and truth.facts["checks"] == {}
    assert np.isfinite(truth.xyz).all()
    assert truth.track.xy.shape[1:] == (33, 2)
    knees = truth.anatomical("left_knee_flexion")
    assert knees.max() > 70  # sat down
    assert at("left", "knee") == 25


@pytest.mark.parametrize(
    ("when", "phases"),
    [
        ("peak", {"peak"}),
        ("return", {"back"}),
        ("hold", {"hold"}),
        ("whole", {"out", "peak", "back", "hold"}),
    ],
)
def test_a_check_is_seen_or_not_while_it_is_about_something(when: str, phases: set[str]) -> None:
    every = np.arange(len(PHASES), dtype=np.int8)
    assert {PHASES[i] for i in every[judged_in(when, every)]} == phases
