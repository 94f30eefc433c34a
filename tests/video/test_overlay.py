"""What is drawn is what the coach knows; what was not seen is not drawn."""

import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.judge import Cue, Feedback, load_exercise
from coach.pose import INDEX, PoseFrame
from coach.video.overlay import CUE_S, Overlay, counted
from coach.video.signs import ORANGE
from tests.judge.parts import a_hold

SIZE = (320, 240)
GREY = np.full((240, 320, 3), 128, np.uint8)
BODY = {
    "left_shoulder": (160, 100),
    "right_shoulder": (170, 100),
    "left_hip": (160, 140),
    "left_knee": (200, 150),
    "left_ankle": (200, 190),
}
FAULT = Cue("heels", "Press your heels down", "fault", ("left_heel",))
PRAISE = Cue("good", "Good", "praise")


def feedback(t: float = 1.0, **fields: Any) -> Feedback:
    usual: dict[str, Any] = {
        "t": t,
        "ready": True,
        "phase": "out",
        "count": 3,
        "attempts": 4,
        "hold_s": 0.0,
        "side": "both",
        "progress": 0.5,
        "view": "side",
    }
    return Feedback(**usual | fields)


def body(size: tuple[int, int] = SIZE, **moved: tuple[float, float]) -> PoseFrame:
    empty = PoseFrame.empty(1.0, size)
    xy, visibility = empty.xy.copy(), np.zeros(33, np.float32)
    for name, place in (BODY | moved).items():
        xy[INDEX[name]], visibility[INDEX[name]] = place, 0.9
    return replace(empty, xy=xy, visibility=visibility)


NOBODY = PoseFrame.empty(1.0, SIZE)
SQUAT, BRIDGE, PIGEON = (load_exercise(name) for name in ("squat", "bridge", "pigeon"))


def changed(fields: Feedback, frame: PoseFrame = NOBODY, overlay: Overlay | None = None) -> Any:
    """Where the picture differs from the empty one."""
    drawn = (overlay or Overlay(SIZE)).draw(GREY, frame, fields, SQUAT)
    return (drawn != GREY).any(axis=2)


def orange(drawn: Any) -> Any:
    return (np.abs(drawn.astype(int) - ORANGE) < 12).all(axis=2)


def near(mask: Any, place: tuple[float, float], radius: int = 16) -> bool:
    x, y = round(place[0]), round(place[1])
    return bool(mask[max(0, y - radius) : y + radius, max(0, x - radius) : x + radius].any())


# The skeleton


def test_joints_and_bones_are_drawn_and_the_picture_is_left_alone() -> None:
    before = GREY.copy()
    mask = changed(feedback(), body())
    assert all(near(mask, place, 2) for place in BODY.values())
    assert mask[145, 180], "the thigh"
    assert (before == GREY).all()


def test_what_was_not_seen_is_not_drawn() -> None:
    frame = body()
    visibility = frame.visibility.copy()
    visibility[INDEX["left_ankle"]] = 0.49
    mask = changed(feedback(), replace(frame, visibility=visibility))
    assert not near(mask, BODY["left_ankle"])
    xy = frame.xy.copy()
    xy[INDEX["left_knee"]] = np.nan
    mask = changed(feedback(), frame.with_xy(xy))
    assert not near(mask, BODY["left_knee"])
    assert near(mask, BODY["left_ankle"])


def test_nobody() -> None:
    assert (changed(feedback(), NOBODY) == changed(feedback())).all()


def test_the_joint_at_fault_is_marked() -> None:
    plain = Overlay(SIZE).draw(GREY, body(), feedback(), SQUAT)
    drawn = Overlay(SIZE).draw(GREY, body(), feedback(highlight=("left_knee",)), SQUAT)
    assert not orange(plain).any()
    assert near(orange(drawn), BODY["left_knee"])
    assert not near(orange(drawn), BODY["left_hip"])


def test_a_joint_at_fault_that_was_not_seen_is_not_marked() -> None:
    drawn = Overlay(SIZE).draw(GREY, body(), feedback(highlight=("right_knee",)), SQUAT)
    assert not orange(drawn).any()


def test_joints_on_one_spot_share_a_mark() -> None:
    one = Overlay(SIZE).draw(GREY, body(), feedback(highlight=("left_shoulder",)), SQUAT)
    both = Overlay(SIZE).draw(GREY, body(), feedback(highlight=("left_shoulder", "right_shoulder")), SQUAT)
    assert orange(both).sum() < 1.5 * orange(one).sum()


def test_a_picture_of_another_size_than_the_pose() -> None:
    half = replace(body((640, 480)), xy=body().xy * 2)
    scaled = Overlay(SIZE).draw(GREY, half, feedback(), SQUAT, scale=0.5)
    assert (scaled == Overlay(SIZE).draw(GREY, body(), feedback(), SQUAT)).all()


@given(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)))
def test_a_joint_anywhere_does_no_harm(place: tuple[float, float]) -> None:
    changed(feedback(highlight=("left_knee",)), body(left_knee=place))


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (64, 480), (480, 64), (1280, 720)])
def test_pictures_of_any_size(size: tuple[int, int]) -> None:
    image = np.zeros((size[1], size[0], 3), np.uint8)
    frame = body(size, left_knee=(size[0] / 2, size[1] / 2))
    drawn = Overlay(size).draw(image, frame, feedback(cue=FAULT, highlight=("left_knee",)), SQUAT)
    assert drawn.shape == image.shape
    assert drawn.any()


def test_a_picture_that_is_not_of_the_overlay() -> None:
    with pytest.raises(ValueError, match="pictures of"):
        Overlay((100, 100)).draw(GREY, NOBODY, feedback(), SQUAT)


# The caption


def captioned(overlay: Overlay, fields: Feedback) -> bool:
    return bool(changed(fields, overlay=overlay)[-5:, :].all())


def test_a_cue_stays_for_a_while() -> None:
    overlay = Overlay(SIZE)
    assert not captioned(overlay, feedback(0.9))
    assert captioned(overlay, feedback(1.0, cue=FAULT))
    assert captioned(overlay, feedback(1.0 + CUE_S - 0.1))
    assert not captioned(overlay, feedback(1.0 + CUE_S))


def test_a_new_cue_takes_the_place_of_the_last_one() -> None:
    one, other = Overlay(SIZE), Overlay(SIZE)
    changed(feedback(1.0, cue=FAULT), overlay=one)
    first = one.draw(GREY, NOBODY, feedback(1.5, cue=PRAISE), SQUAT)
    assert (first == other.draw(GREY, NOBODY, feedback(1.5, cue=PRAISE), SQUAT)).all()


def test_advice_is_shown_as_long_as_nothing_can_be_judged() -> None:
    advice = Cue("step_back", "Step back", "advice")
    overlay = Overlay(SIZE)
    assert all(captioned(overlay, feedback(t, ready=False, advice=advice)) for t in (0.0, 5.0, 50.0))
    assert not captioned(overlay, feedback(51.0, ready=True))


def test_what_is_only_counted_is_said_where_no_cue_is_fresh() -> None:
    overlay, only = Overlay(SIZE), Cue("only_counts", "I only count", "advice")
    assert captioned(overlay, feedback(0.0, ready=True, advice=only))


FEET = {"left_ankle": (200, 225), "left_heel": (195, 232)}
LATER = {"left_ankle": (200, 180), "left_heel": (195, 180)}


def test_a_caption_covers_no_foot() -> None:
    overlay, clear = Overlay(SIZE), Overlay(SIZE)
    drawn = overlay.draw(GREY, body(**FEET), feedback(cue=FAULT), SQUAT)
    plain = clear.draw(GREY, body(**FEET), feedback(), SQUAT)
    assert (drawn[150:] == plain[150:]).all(), "the feet are as without it"
    assert (drawn[:2, 200:] != plain[:2, 200:]).any(), "it is on top, beside the counter"
    assert (drawn[:60, :60] == plain[:60, :60]).all(), "which stays readable"


def test_a_caption_does_not_jump() -> None:
    overlay = Overlay(SIZE)
    places = []
    for n in range(40):
        frame = body(**(FEET if n % 2 else LATER))  # feet at the edge of the caption, seen now so, now so
        overlay.draw(GREY, frame, feedback(1.0 + n / 30, cue=FAULT if n == 0 else None), SQUAT)
        places.append(overlay._on_top)
    assert places == [False] + [True] * 39


def test_where_on_top_is_no_room_a_caption_stays_at_the_bottom() -> None:
    size = (100, 240)
    image = np.full((240, 100, 3), 128, np.uint8)
    frame = body(size, left_heel=(50, 235))
    fields = feedback(cue=FAULT, phase="peak", hold_s=2.0)
    drawn = Overlay(size).draw(image, frame, fields, load_exercise("bridge"))
    assert (drawn[-5:] != image[-5:]).all(axis=2).any()


def test_a_video_that_starts_again_has_no_old_cue() -> None:
    overlay = Overlay(SIZE)
    captioned(overlay, feedback(10.0, cue=FAULT))
    assert not captioned(overlay, feedback(0.0))


# The counter


def test_repetitions_and_their_phase() -> None:
    assert SQUAT.repetition
    assert counted(feedback(), SQUAT) == ("3", "reps", (SQUAT.repetition.phases.out,))
    assert counted(feedback(count=1, phase=""), SQUAT) == ("1", "rep", ())
    assert counted(feedback(side="left", phase="", attempts=3), SQUAT)[2] == ("left side",)


def test_before_anything_moves_nobody_knows_the_side() -> None:
    assert counted(feedback(side="left", phase="", attempts=0), SQUAT)[2] == ()
    assert counted(feedback(side="left", phase="away", attempts=0, hold_s=0.0), PIGEON)[2] == ("Timer waits",)
    assert "left side" in counted(feedback(side="left", phase="out", attempts=0), SQUAT)[2]


def test_the_hold_of_a_repetition_is_timed_where_the_exercise_asks_for_one() -> None:
    below = counted(feedback(phase="peak", hold_s=2.9), BRIDGE)[2]
    assert any(line.startswith("Hold 2") for line in below)
    assert len(counted(feedback(phase="back", hold_s=2.9), BRIDGE)[2]) == 1
    assert len(counted(feedback(phase="peak", hold_s=2.9), SQUAT)[2]) == 1


def test_a_held_pose_shows_its_seconds() -> None:
    assert PIGEON.hold
    number, unit, below = counted(feedback(phase="hold", hold_s=12.7, side="right"), PIGEON)
    assert (number, unit) == ("12", f"of {PIGEON.hold.target_s:g} s")
    assert below == ("Hold", "right side")
    assert counted(feedback(phase="away", hold_s=12.7), PIGEON)[2] == ("Timer waits",)


def test_the_time_of_a_hold_stays_when_it_is_over() -> None:
    over = a_hold(0.0, 12.9, side="right", counted=False)
    after = feedback(side="left", phase="away", attempts=1, hold_s=0.0)
    assert counted(after, PIGEON, over) == ("12", "of 30 s", ("Timer waits", "right side"))
    assert counted(feedback(side="left", phase="hold", hold_s=2.0), PIGEON, over)[0] == "2"
    overlay = Overlay((64, 48))
    overlay._remember(feedback(held=over))
    overlay._remember(after)
    assert overlay._held == over


def test_it_draws_without_opencv() -> None:
    assert not any(name.startswith("coach.video") and "cv2" in vars(m) for name, m in sys.modules.items())


def test_the_panel_speaks_the_language_of_the_exercise() -> None:
    german = load_exercise("bridge", language="de")
    number, unit, below = counted(feedback(phase="peak", hold_s=2.9, side="left"), german)
    assert (number, unit, below) == ("3", "Mal", ("Oben", "2 von 3 s gehalten", "linke Seite"))
