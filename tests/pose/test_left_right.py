"""Left and right: legs that change their names for a moment, or for long, get them back."""

from dataclasses import replace

import numpy as np
import pytest

from coach.pose import PoseFrame, PoseTrack
from coach.pose.landmarks import LEG, at
from coach.pose.left_right import USUAL, LeftRight
from tests.skeletons import (
    FRONT,
    LEFT,
    RIGHT,
    Camera,
    Figure,
    Leg,
    film,
    squat,
    standing,
    standing_at,
    without,
)

FPS = 30.0
ORDER = np.arange(33)
ORDER[[at("left", j) for j in LEG]], ORDER[[at("right", j) for j in LEG]] = (
    [at("right", j) for j in LEG],
    [at("left", j) for j in LEG],
)


def lunge(depth: float = 1.0, camera: Camera = RIGHT) -> PoseFrame:
    """The left leg in front, the right one behind: the far leg in front for RIGHT, the near one for LEFT."""
    figure = Figure(left=Leg(-60 * depth, 5 * depth), right=Leg(30 * depth, 60 * depth))
    return camera.frame(standing_at(figure.joints(), "left_ankle"))


def held(camera: Camera, seconds: float = 3.0, fps: float = FPS) -> PoseTrack:
    """A lunge that sinks slowly."""
    return film(lambda depth: lunge(depth, camera), np.linspace(0.8, 1, round(seconds * fps)), fps)


def legs_swapped(frame: PoseFrame) -> PoseFrame:
    return replace(frame, xy=frame.xy[ORDER], visibility=frame.visibility[ORDER], world=frame.world[ORDER])


def legs_mixed(frame: PoseFrame, share: float) -> PoseFrame:
    """Each leg drawn towards the other one's place: 0 its own, 1 the other's."""
    return frame.with_xy(frame.xy * (1 - share) + frame.xy[ORDER] * share)


def swapped_in(track: PoseTrack, frames: range) -> list[PoseFrame]:
    return [legs_swapped(frame) if i in frames else frame for i, frame in enumerate(track)]


def repaired(frames: list[PoseFrame]) -> list[PoseFrame]:
    stage = LeftRight()
    return [stage.step(frame) for frame in frames]


def assert_same(frame: PoseFrame, expected: PoseFrame) -> None:
    for field in ("xy", "visibility", "world"):
        np.testing.assert_array_equal(getattr(frame, field), getattr(expected, field))


def assert_untouched(frames: list[PoseFrame]) -> None:
    assert all(after is before for after, before in zip(repaired(frames), frames, strict=True))


def wrong(frames: list[PoseFrame], true: PoseTrack) -> list[int]:
    """The frames with a leg under the other one's name."""
    return [i for i, (a, b) in enumerate(zip(frames, true, strict=True)) if not np.array_equal(a.xy, b.xy)]


# --- what the model swaps ---------------------------------------------------------------------------


@pytest.mark.parametrize("camera", [LEFT, RIGHT, FRONT, Camera(-60), Camera(120)])
def test_legs_that_keep_their_names_pass_untouched(camera: Camera) -> None:
    assert_untouched(list(held(camera)))


@pytest.mark.parametrize("camera", [LEFT, RIGHT])
def test_a_swap_of_some_frames_is_taken_back(camera: Camera) -> None:
    track = held(camera)
    for given, expected in zip(repaired(swapped_in(track, range(20, 25))), track, strict=True):
        assert_same(given, expected)


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_once_the_near_leg_was_seen_in_front_it_stays_there(fps: float) -> None:
    """As in the rendered lunges: named right while the legs part, and swapped in the whole hold."""
    track = held(LEFT, 4.0, fps)
    assert not wrong(repaired(swapped_in(track, range(round(0.6 * fps), len(track)))), track)


def test_what_was_seen_while_the_legs_parted_lasts_through_the_hold() -> None:
    """As in a rendered lunge: 0.2 s named rightly, then 3 s of the model's usual mistake."""
    track = held(LEFT, 3.2)
    assert not wrong(repaired(swapped_in(track, range(7, len(track)))), track)


def test_a_swap_by_way_of_mixtures_is_no_even_motion() -> None:
    """At 15 frames a second, where a swap takes three frames: then the legs seem to pass each other."""
    track = held(LEFT, 3.0, 15)
    shares = dict(zip(range(20, 23), (0.33, 0.67, 1.0), strict=True))
    after = repaired([legs_mixed(f, shares.get(i, float(i > 20))) for i, f in enumerate(track)])
    assert not [i for i in wrong(after, track) if i >= 22]


def test_near_leg_is_found_in_front_within_a_moment() -> None:
    """The model's usual mistake first, for seconds, then what it never says by mistake."""
    track = held(LEFT)
    late = wrong(repaired(swapped_in(track, range(60))), track)
    assert 60 <= max(late) <= 60 + USUAL.most * FPS + 2


@pytest.mark.parametrize("camera", [LEFT, RIGHT])
def test_a_slip_while_the_legs_part_is_mended_at_once(camera: Camera) -> None:
    track = held(camera)
    assert max(wrong(repaired(swapped_in(track, range(1))), track)) <= 1


def test_a_model_that_insists_on_the_far_leg_in_front_is_believed_in_the_end() -> None:
    track = held(RIGHT, 12.0)
    late = wrong(repaired(swapped_in(track, range(15))), track)
    assert 1 < max(late) / FPS < 15 / FPS * (1 + 1 / USUAL.differs)


def test_from_in_front_legs_lie_as_the_hips_do() -> None:
    track = film(lambda depth: squat(depth, camera=FRONT), np.linspace(0, 1, 60), FPS)
    assert not wrong(repaired(swapped_in(track, range(20, 40))), track)


def test_mixtures_go_to_the_nearer_leg() -> None:
    track = held(LEFT)
    frames = [legs_mixed(f, (0.0, 0.7, 0.25)[i % 3]) if i > 20 else f for i, f in enumerate(track)]
    given = [i for i, (a, b) in enumerate(zip(repaired(frames), frames, strict=True)) if a is not b]
    assert given == [i for i in range(21, len(track)) if i % 3 == 1]


def test_mixtures_tell_that_the_near_leg_is_in_front() -> None:
    """The model names them wrong all the time, and is in doubt now and then."""
    track = held(LEFT)
    frames = [legs_mixed(f, 0.6 if i > 20 and i % 2 == 0 else 1.0) for i, f in enumerate(track)]
    after = repaired(frames)
    assert after[20] is frames[20]
    assert [a is not b for a, b in zip(after[60:], frames[60:], strict=True)] == [True] * 30


def test_everything_but_the_legs_stays() -> None:
    track, stage = held(LEFT), LeftRight()
    for frame in list(track)[:9]:
        stage.step(frame)
    repaired = stage.step(replace(legs_swapped(track[9]), light=0.5, others=1, cut=False, doubt="unsteady"))
    assert_same(repaired, track[9])
    assert (repaired.light, repaired.others, repaired.doubt) == (0.5, 1, "unsteady")


def test_a_mirrored_picture_gives_the_mirrored_result() -> None:
    frames = swapped_in(held(LEFT), range(20, 90))
    mirrored = repaired([frame.mirrored() for frame in frames])
    for given, expected in zip(mirrored, repaired(frames), strict=True):
        assert_same(given, expected.mirrored())


# --- what people do ---------------------------------------------------------------------------------


def test_legs_close_together_are_left_alone() -> None:
    assert_untouched([squat(1), legs_swapped(squat(1, t=1 / FPS))])


def legs_apart(left_deg: float, right_deg: float, t: float = 0.0) -> PoseFrame:
    figure = Figure(left=Leg(left_deg, left_deg), right=Leg(right_deg, right_deg))
    return RIGHT.frame(standing_at(figure.joints(), "left_hip"), t)


def test_legs_that_tremble_past_each_other_are_left_alone() -> None:
    assert_untouched([legs_apart(2 * (-1) ** i, -2 * (-1) ** i, t=i / FPS) for i in range(10)])


def test_legs_that_were_together_may_part_either_way() -> None:
    """Both namings are as near: then the model's own one holds."""
    assert_untouched([legs_apart(2, -2), legs_apart(-20, 20, t=1 / FPS)])


def test_legs_that_really_change_places_keep_their_names() -> None:
    """A step: the rear leg comes to the front in half a second, passing the other."""
    assert_untouched([legs_apart(a, -a, t=i / FPS) for i, a in enumerate(np.linspace(-25, 25, 15))])


@pytest.mark.parametrize("camera", [LEFT, RIGHT])
def test_walking_with_a_camera_that_goes_along_swaps_nothing(camera: Camera) -> None:
    """The middle of the legs stays where it is."""

    def stride(phase: float) -> PoseFrame:
        a, bent = 25 * np.sin(phase), 20 * np.cos(phase)
        figure = Figure(
            left=Leg(a - max(bent, 0), a + max(bent, 0)), right=Leg(-a - max(-bent, 0), -a + max(-bent, 0))
        )
        return camera.frame(standing_at(figure.joints(), "left_hip", "right_hip", height_m=0.9))

    assert_untouched(list(film(stride, 2 * np.pi * np.arange(120) / FPS, FPS)))


@pytest.mark.parametrize("step_deg", [-6, 6, 12, 25])
def test_turning_round_swaps_nothing(step_deg: int) -> None:
    """The legs pass each other in the picture, and so do the hips."""
    turn = range(0, 720 * int(np.sign(step_deg)), step_deg)
    assert_untouched(list(film(lambda a: standing(camera=Camera((a + 180) % 360 - 180)), turn, FPS)))


# --- where nothing is known -------------------------------------------------------------------------


def test_after_a_reset_the_new_naming_holds() -> None:
    track, stage = held(LEFT), LeftRight()
    for frame in list(track)[:30]:
        stage.step(frame)
    stage.reset()
    swapped = legs_swapped(track[30])
    assert stage.step(swapped) is swapped


def test_after_a_gap_the_new_naming_holds() -> None:
    track, stage = held(LEFT), LeftRight()
    for frame in list(track)[:30]:
        stage.step(frame)
    later = replace(legs_swapped(track[30]), t=track[29].t + LeftRight.GAP_S + 0.1)
    assert stage.step(later) is later


def test_a_leg_without_a_place_is_no_reason_to_swap() -> None:
    track = held(LEFT)
    assert_untouched([track[0], without(legs_swapped(track[1]), "left_knee")])


# --- feet that are planted --------------------------------------------------------------------------

FEET = [at(side, joint) for side in ("left", "right") for joint in ("ankle", "heel", "foot_index")]


def feet_mixed(frame: PoseFrame, share: float) -> PoseFrame:
    """The feet alone drawn toward each other."""
    xy = frame.xy.copy()
    xy[FEET] = legs_mixed(frame, share).xy[FEET]
    return frame.with_xy(xy)


def test_feet_between_their_places_are_not_seen_from_the_front() -> None:
    """Where knees fall in, the model mixes up the feet."""
    track = film(lambda depth: squat(depth, knee_gap=0.3, camera=FRONT), np.linspace(0.8, 1, 60), FPS)
    after = repaired([feet_mixed(f, 0.45) if i in (30, 31) else f for i, f in enumerate(track)])
    lost = [i for i, frame in enumerate(after) if np.isnan(frame.xy[FEET]).any()]
    assert lost == [30, 31]
    assert np.isfinite(after[30].xy[[at("left", "knee"), at("left", "hip")]]).all()


def test_feet_that_stay_closer_are_where_they_are() -> None:
    """Who jumps the feet together is believed after a second."""
    track = film(lambda _: standing(camera=FRONT), range(90), FPS)
    after = repaired([feet_mixed(f, 0.3) if i >= 20 else f for i, f in enumerate(track)])
    assert np.isfinite(after[-1].xy[FEET]).all()


def test_knees_that_fall_in_are_seen() -> None:
    gaps = np.concatenate([np.linspace(1, 0.2, 15), np.full(30, 0.2)])
    track = film(lambda gap: squat(1, knee_gap=gap, camera=FRONT), gaps, FPS)
    assert_untouched(list(track))
