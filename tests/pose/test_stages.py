"""The row of stages: each does its own part, and each can be left out."""

from dataclasses import replace

import numpy as np
import pytest

from coach.pose import STAGES, PoseFrame, PoseTrack, Repair, repair_track
from coach.pose.landmarks import LEG, at
from coach.pose.plausible import UNSTEADY
from tests.skeletons import RIGHT, Figure, Leg, cycles, film, jittered, squat, standing, standing_at, zoomed

ALL = ("cuts", *STAGES)
KNEE = at("left", "knee")


def lunge(depth: float = 1.0) -> PoseFrame:
    figure = Figure(left=Leg(-60 * depth, 5 * depth), right=Leg(30 * depth, 60 * depth))
    return RIGHT.frame(standing_at(figure.joints(), "left_ankle"))


def repaired(track: PoseTrack, *without: str) -> list[PoseFrame]:
    repair = Repair(without)
    return [repair.step(frame) for frame in track]


def only(stage: str) -> tuple[str, ...]:
    """Everything else, to be left out."""
    return tuple(name for name in ALL if name != stage)


def swapped_legs() -> PoseTrack:
    track = film(lunge, np.linspace(0.8, 1, 20))
    left, right = [at("left", joint) for joint in LEG], [at("right", joint) for joint in LEG]
    fields = {name: getattr(track, name).copy() for name in ("xy", "visibility", "world")}
    for array in fields.values():
        array[8:12, left], array[8:12, right] = array[8:12, right], array[8:12, left].copy()
    return replace(track, **fields)


def leaping_knee() -> PoseTrack:
    track = film(lambda _: standing(), range(20))
    xy = track.xy.copy()
    xy[10:12, KNEE, 0] += 80
    return replace(track, xy=xy)


def jump_to_another_place() -> PoseTrack:
    return film(lambda i: zoomed(standing(), 1, shift_px=(0 if i < 10 else 200, 0)), range(20))


def trembling(px: float) -> PoseTrack:
    return jittered(film(lambda _: standing(), range(30)), px)


# --- each stage alone, and left out -----------------------------------------------------------------


def test_left_right_takes_a_swap_back() -> None:
    true = film(lunge, np.linspace(0.8, 1, 20))
    alone = repaired(swapped_legs(), *only("left_right"))
    np.testing.assert_array_equal([frame.xy for frame in alone], true.xy)
    np.testing.assert_array_equal([frame.visibility for frame in alone], true.visibility)
    left_out = repaired(swapped_legs(), *ALL)
    np.testing.assert_array_equal([frame.xy for frame in left_out], swapped_legs().xy)


def test_outliers_rejects_a_leaping_knee() -> None:
    alone = repaired(leaping_knee(), *only("outliers"))
    assert [i for i, frame in enumerate(alone) if np.isnan(frame.xy).any()] == [10, 11]
    without = repaired(leaping_knee(), "outliers")
    assert not any(np.isnan(frame.xy).any() for frame in without)


def test_plausible_doubts_a_trembling_body() -> None:
    assert repaired(trembling(8), *only("plausible"))[-1].doubt == UNSTEADY
    assert repaired(trembling(8), "plausible")[-1].doubt == ""


def test_smoothing_calms_a_still_body() -> None:
    alone = np.stack([frame.xy for frame in repaired(trembling(1), *only("smoothing"))])
    without = np.stack([frame.xy for frame in repaired(trembling(1), "smoothing")])
    assert alone[10:].std(axis=0).mean() < 0.9 * without[10:].std(axis=0).mean()
    np.testing.assert_array_equal(without, trembling(1).xy)


def test_cuts_are_marked() -> None:
    assert [i for i, frame in enumerate(repaired(jump_to_another_place())) if frame.cut] == [10]
    assert not any(frame.cut for frame in repaired(jump_to_another_place(), "cuts"))


# --- together ---------------------------------------------------------------------------------------


def test_with_everything_left_out_frames_pass_untouched() -> None:
    track = jittered(jump_to_another_place(), px=5)
    for given, frame in zip(track, repaired(track, *ALL), strict=True):
        np.testing.assert_array_equal(frame.xy, given.xy)
        assert not frame.cut
        assert not frame.doubt


def test_an_unknown_stage_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(ValueError, match=r"unknown stage \['magic'\].*cuts, left_right.*smoothing"):
        Repair(without=("magic",))


def test_a_frame_without_a_pose_passes_untouched() -> None:
    empty = PoseFrame.empty(0.0, (640, 480))
    assert Repair().step(empty) is empty


def test_nothing_is_carried_across_a_cut() -> None:
    after = repaired(jump_to_another_place())[10]
    np.testing.assert_array_equal(after.xy, jump_to_another_place().xy[10])


def test_without_cuts_the_old_place_is_carried_across() -> None:
    """So that the test above does not pass by itself."""
    after = repaired(jump_to_another_place(), "cuts")[10]
    assert np.abs(after.xy - jump_to_another_place().xy[10]).max() > 2


@pytest.mark.parametrize(("unseen", "cut"), [(0, False), (6, True)])
def test_an_edit_that_fades_is_a_cut_after_frames_without_a_pose(unseen: int, cut: bool) -> None:
    repair = Repair()
    repair.step(standing(t=0.0))
    for i in range(unseen):
        repair.step(PoseFrame.empty(0.05 * (i + 1), (640, 480)))
    assert repair.step(zoomed(standing(t=0.4), 1, shift_px=(100, 0))).cut is cut


def test_nothing_is_carried_across_a_long_gap() -> None:
    """Not even the names of the legs: somebody may have turned round meanwhile."""
    repair = Repair(without=("cuts",))
    repair.step(lunge())
    for i in range(1, 40):
        repair.step(PoseFrame.empty(i / 30, (640, 480)))
    back = replace(swapped_legs()[8], t=40 / 30)
    np.testing.assert_array_equal(repair.step(back).xy, back.xy)


def test_a_short_gap_is_no_reason_to_forget() -> None:
    repair = Repair(without=("cuts", "outliers", "smoothing"))
    true, swapped = film(lunge, np.linspace(0.8, 1, 20))[8], swapped_legs()[8]
    repair.step(lunge(0.85))
    repair.step(PoseFrame.empty(0.2, (640, 480)))
    np.testing.assert_array_equal(repair.step(replace(swapped, t=0.4)).xy, true.xy)


def test_a_clean_set_is_changed_by_less_than_a_fiftieth_of_the_trunk() -> None:
    track = film(squat, cycles(0, 1, count=2, fps=30))
    frames = repaired(track)
    assert np.abs(np.stack([frame.xy for frame in frames]) - track.xy).max() < 2
    assert not any(frame.cut or frame.doubt for frame in frames)


def test_a_repaired_track_is_what_live_frames_become() -> None:
    track = jittered(swapped_legs(), px=1)
    frames, whole = repaired(track), repair_track(track)
    for name in ("xy", "visibility", "world"):
        np.testing.assert_array_equal(getattr(whole, name), [getattr(frame, name) for frame in frames])
    np.testing.assert_array_equal(whole.t, track.t)
    assert whole.size == track.size


def test_a_track_is_repaired_without_the_stages_left_out() -> None:
    track = leaping_knee()
    np.testing.assert_array_equal(repair_track(track, without=ALL).xy, track.xy)


def test_an_empty_track_stays_empty() -> None:
    assert len(repair_track(PoseTrack.of([]))) == 0
