"""Several sets in one film: one after the other, without a leap, and the truth of each."""

from functools import cache

import numpy as np

from coach.pose import INDEX
from sample_videos.studio.performance import Workout
from sample_videos.studio.scene import WorkoutScene
from sample_videos.studio.skeleton import Body
from sample_videos.studio.truth import Truth, placements, truth_of

FPS = 12
FASTEST_M_S = 3.0  # of hips


@cache
def workout() -> Workout:
    scene = WorkoutScene.model_validate(
        {
            "camera": {"from": "left", "distance_m": 3.6},
            "picture": {"fps": FPS},
            "workout": [
                {"exercise": "squat", "set": [{"repeat": 2}]},
                {"exercise": "lunge", "side": "left", "set": [{}]},
                {"exercise": "bridge", "set": [{"faults": {"straight_line": 25}}]},
            ],
        }
    )
    return Workout(scene, Body.load("female"))


@cache
def truth() -> Truth:
    return truth_of(workout(), *placements(workout()))


def test_the_sets_follow_each_other() -> None:
    sets = truth().facts["sets"]
    assert [one["exercise"] for one in sets] == ["squat", "lunge", "bridge"]
    assert [one["counted"] for one in sets] == [2, 1, 0]
    times = [rep[key] for one in sets for rep in one["reps"] for key in ("start_s", "peak_s", "end_s")]
    assert times == sorted(times)
    assert sets[2]["reps"][0]["faults"] == {"straight_line": 25}
    assert [m["what"] for m in sets[1]["moments"]] == ["walks_in", "gets_down", "set", "gets_up"]
    ends = [(m["start_s"], m["end_s"]) for one in sets for m in one["moments"]]
    assert all(abs(a[1] - b[0]) < 0.01 for a, b in zip(ends, ends[1:], strict=False)), (
        "no gap between moments"
    )
    assert truth().facts["duration_s"] == round(len(truth().track) / FPS, 3)


def test_nobody_leaps_from_one_set_to_the_next() -> None:
    hips = truth().xyz[:, INDEX["left_hip"]]
    assert np.linalg.norm(np.diff(hips, axis=0), axis=1).max() * FPS < FASTEST_M_S


def test_the_whole_person_stays_in_the_picture() -> None:
    assert (truth().track.visibility[:, INDEX["left_shoulder"] :] == 1).mean() > 0.99


def test_repetitions_are_numbered_through_the_film() -> None:
    assert sorted(set(truth().rep.tolist())) == [-1, 0, 1, 2, 3]


def test_one_mat_lies_under_all() -> None:
    mats = [prop for prop in workout().props if prop.what == "mat"]
    own = [prop for part in workout().parts for prop in part.props if prop.what == "mat"]
    assert len(mats) == 1 < len(own)
    for mat in own:
        reach = np.abs(np.array(mat.at) - mats[0].at) + np.array(mat.size_m) / 2
        assert (reach <= np.array(mats[0].size_m) / 2 + 1e-9).all()
