"""The model's marks moved to where the joints are: back, on along the bones, and never twice."""

from dataclasses import replace

import numpy as np
import pytest

from coach.pose import INDEX, PoseFrame, PoseTrack, repair_track
from coach.pose.joints import ANKLE_ON, HIP_BACK, KNEE_ON, JointCentres, turned_of
from tests.skeletons import BACK, FRONT, LEFT, RIGHT, TRUNK, Camera, film, squat, standing, without, zoomed

JOINTS = ("hip", "knee", "ankle")


def marked(frame: PoseFrame) -> PoseFrame:
    """As if a model had marked it."""
    return replace(frame, centred=False)


def moved(frame: PoseFrame) -> dict[str, np.ndarray]:
    """(2,) pixels by which each landmark of the right side was moved."""
    after = JointCentres().step(marked(frame))
    assert after.centred
    return {j: after.xy[INDEX[f"right_{j}"]] - frame.xy[INDEX[f"right_{j}"]] for j in (*JOINTS, "shoulder")}


@pytest.mark.parametrize(("camera", "forward"), [(RIGHT, 1), (LEFT, -1)], ids=["faces right", "faces left"])
def test_from_the_side_the_hip_goes_back_and_the_leg_grows_longer(camera: Camera, forward: int) -> None:
    by = moved(standing(camera=camera))
    assert by["hip"] == pytest.approx((-forward * HIP_BACK * TRUNK * camera.px_per_m, 0), abs=0.5)
    assert by["knee"][1] > 0 and by["ankle"][1] > 0
    assert by["shoulder"] == pytest.approx((0, 0))


def test_the_leg_grows_by_a_share_of_its_bones() -> None:
    frame = squat(1.0, camera=RIGHT)
    hip, knee, ankle = (frame.xy[INDEX[f"right_{j}"]] for j in JOINTS)
    by = moved(frame)
    assert by["knee"] == pytest.approx(KNEE_ON * (knee - hip), abs=0.3)
    assert by["ankle"] == pytest.approx(ANKLE_ON * (ankle - knee), abs=0.3)


@pytest.mark.parametrize("camera", [FRONT, BACK], ids=["front", "back"])
def test_from_the_front_an_upright_body_stays_as_it_is(camera: Camera) -> None:
    assert all(np.abs(by).max() < 0.5 for by in moved(standing(camera=camera)).values())


def test_it_does_not_depend_on_how_large_the_body_is_in_the_picture() -> None:
    frame = squat(0.6, camera=RIGHT)
    small = moved(zoomed(frame, 0.5))
    assert all(small[joint] == pytest.approx(by / 2, abs=0.3) for joint, by in moved(frame).items())


def test_nothing_is_moved_twice_nor_what_is_known_exactly() -> None:
    once = JointCentres().step(marked(squat(0.5)))
    assert JointCentres().step(once) is once
    exact = squat(0.5)
    assert JointCentres().step(exact) is exact


def test_a_joint_that_was_rejected_stays_unknown_and_takes_no_other_along() -> None:
    frame = marked(without(squat(0.5), "right_knee"))
    after = JointCentres().step(frame)
    assert np.isnan(after.xy[INDEX["right_knee"]]).all()
    assert (
        np.isfinite(after.xy[INDEX["right_hip"]]).all() and np.isfinite(after.xy[INDEX["left_ankle"]]).all()
    )


@pytest.mark.parametrize(
    "joint", [f"{side}_{name}" for side in ("left", "right") for name in ("shoulder", *JOINTS)]
)
def test_a_joint_that_leaps_in_the_picture_alone_takes_no_other_along(joint: str) -> None:
    still = replace(film(lambda _: standing(camera=LEFT), range(30), 30.0), centred=False)
    leaps = replace(still, xy=still.xy.copy())
    leaps.xy[15:19, INDEX[joint], 0] += 200
    after, want = repair_track(leaps), repair_track(still)
    assert np.isnan(after.xy[15:19, INDEX[joint]]).all() and after.centred
    # How far a knee or an ankle lies on from its mark is told by the joint above.
    below = joint.replace("knee", "ankle").replace("hip", "knee")
    rest = [i for name, i in INDEX.items() if name not in (joint, below)]
    np.testing.assert_allclose(after.xy[:, rest], want.xy[:, rest], atol=0.5)


def test_where_it_cannot_be_told_how_the_body_is_turned_nothing_is_moved() -> None:
    flat = replace(marked(squat()), world=np.zeros((33, 3), np.float32))
    assert turned_of(flat) is None
    assert JointCentres().step(flat) is flat
    empty = PoseFrame.empty(0.0, (640, 480))
    assert JointCentres().step(empty) is empty


def test_a_track_knows_whether_it_is_of_joints_and_a_file_keeps_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    track = replace(film(squat, np.linspace(0, 1, 20)), centred=False)
    repaired = repair_track(track)
    assert repaired.centred and not repair_track(track, without=("joints",)).centred
    repaired.save(tmp_path / "track.npz")
    loaded = PoseTrack.load(tmp_path / "track.npz")
    assert loaded.centred and all(frame.centred for frame in loaded)
    np.testing.assert_allclose(repair_track(loaded).xy[-1], repaired.xy[-1], atol=2)
    track.save(tmp_path / "track.npz")
    assert not PoseTrack.load(tmp_path / "track.npz").centred


def test_the_truth_of_a_film_is_of_joints_though_older_files_do_not_say_so(tmp_path) -> None:  # type: ignore[no-untyped-def]
    track = film(squat, np.linspace(0, 1, 5))
    fields = {name: getattr(track, name) for name in ("t", "xy", "visibility", "world")}
    np.savez(tmp_path / "old.npz", **fields, size=np.array(track.size, np.int32), xyz=track.world)
    assert PoseTrack.load(tmp_path / "old.npz").centred
    np.savez(tmp_path / "marks.npz", **fields, size=np.array(track.size, np.int32))
    assert not PoseTrack.load(tmp_path / "marks.npz").centred
