"""The drawing of a moment, and the player's data."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.months import judged
from coach.care.curves import POINTS, curves
from coach.judge import Judgement, Verdict, load_exercise
from coach.pose import INDEX, PoseFrame, PoseTrack
from coach.records.stock import load_stock
from coach.web.markdown import plain
from coach.web.review.evidence import angle_of, frame_at, picture_html, skeleton_svg
from coach.web.review.moving import player_data, replay_of, shown_beside


def test_the_nearest_frame() -> None:
    _, track = judged("lunge")
    frame = frame_at(track, float(track.t[10]) + 0.001)
    assert frame is not None and frame.t == track.t[10]


def test_a_drawing_is_sound_and_marks_what_is_at_fault() -> None:
    _, track = judged("lunge")
    frame = frame_at(track, 3.0)
    assert frame is not None
    drawn = skeleton_svg(frame, ("left_knee",), (("left_hip", "left_knee", "left_ankle"),), "95°")
    root = ET.fromstring(drawn)
    kinds = [element.get("class") for element in root.iter()]
    assert {"bone left", "bone right", "head", "mark", "arc", "lit", "told"} <= set(kinds)
    assert picture_html(drawn, "a < b").count("a &lt; b") == 1
    assert picture_html("", "nothing") == ""


@given(st.lists(st.floats(-1e4, 1e4) | st.just(float("nan")), min_size=66, max_size=66), st.floats(0, 1))
def test_any_pose_is_drawn_or_is_nothing(places: list[float], visibility: float) -> None:
    xy = np.array(places, np.float32).reshape(33, 2)
    frame = PoseFrame(0.0, xy, np.full(33, visibility, np.float32), np.zeros((33, 3), np.float32), (640, 480))
    drawn = skeleton_svg(frame, ("left_knee",), (("left_knee", "left_ankle"),), "1°")
    if drawn:
        root = ET.fromstring(drawn)
        assert "nan" not in drawn
        assert root.tag.endswith("svg")


def test_the_angle_of_a_check() -> None:
    bridge = load_exercise("bridge")
    fault = Verdict(verdict=Judgement.FAULT, joints=("left_hip",))
    assert angle_of("straight_line", fault, bridge, "both") == (("left_shoulder", "left_hip", "left_knee"),)
    assert angle_of("knees_over_ankles", fault, bridge, "both") == (("left_knee", "left_ankle"),)
    assert angle_of("hold", fault, bridge, "both") == ()
    assert angle_of("unknown", fault, bridge, "both") == ()


@pytest.mark.parametrize("exercise", ["lunge", "fire_hydrant", "standing_leg_lift"])
def test_curves_of_all_repetitions_lie_over_each_other(exercise: str) -> None:
    result, track = judged(exercise)
    told = curves(track, result.parts, load_exercise(exercise))
    assert told.each.shape == (len(result.parts), POINTS)
    assert told.seen
    for part, curve in zip(result.reps, told.each, strict=True):
        if part.range_deg is not None and np.isfinite(curve).mean() > 0.9 and told.unit == "deg":
            assert np.nanmax(curve) - np.nanmin(curve) == pytest.approx(part.range_deg, abs=12)


def test_a_track_that_saw_nothing_has_no_curves() -> None:
    result, track = judged("lunge")
    hidden = type(track)(track.t, track.xy * np.nan, track.visibility, track.world, track.size)
    assert not curves(hidden, result.parts, load_exercise("lunge")).seen
    assert not curves(hidden, (), load_exercise("lunge")).seen


def test_nothing_is_drawn_where_nothing_was_seen() -> None:
    """A second in the middle of a repetition in which the body was hidden, and its last half second."""
    result, track = judged("lunge")
    part = result.reps[0]
    middle = (part.start_s + part.end_s) / 2
    unseen = (abs(track.t - middle) < 0.5) | (track.t > part.end_s - 0.5)
    hidden = replace(track, xy=np.where(unseen[:, None, None], np.nan, track.xy))
    told = curves(hidden, [part], load_exercise("lunge")).each[0]
    at = np.linspace(part.start_s, part.end_s, POINTS)
    drawn = np.isfinite(told)
    assert not drawn[abs(at - middle) < 0.4].any()
    assert not drawn[at > part.end_s - 0.4].any()
    whole = curves(track, [part], load_exercise("lunge")).each[0]
    assert drawn.any() and told[drawn] == pytest.approx(whole[drawn], abs=1)


def test_who_turns_round_within_a_set_is_seen_from_the_side_that_is_near_then() -> None:
    track = load_stock().tracks["squat_clean"]
    part = next(
        one.part for one in load_stock().pieces["squat"] if (one.clip, one.size) == ("squat_clean", 1.0)
    )
    later = float(track.t[-1]) + 1
    turned = [replace(frame.mirrored(), t=frame.t + later) for frame in track]
    moved = {name: getattr(part, name) + later for name in ("start_s", "peak_s", "end_s")}
    parts = [part, part.model_copy(update=moved)]
    told = curves(PoseTrack.of([*track, *turned]), parts, load_exercise("squat")).each
    assert np.isfinite(told).mean(axis=1) == pytest.approx(1, abs=0.1)
    assert told[1] == pytest.approx(told[0], abs=1, nan_ok=True)


def test_what_the_player_is_given() -> None:
    result, track = judged("fire_hydrant")
    part = next(p for p in result.parts if any(v.verdict is Judgement.FAULT for v in p.verdicts.values()))
    replay = replay_of(track, part)
    assert replay is not None
    assert replay.t[0] == 0 and replay.t[-1] == pytest.approx(part.end_s - part.start_s, abs=1.0)
    exercise = load_exercise("fire_hydrant")
    seen = player_data([("One", part, replay)], exercise, "en")
    blind = player_data([("One", part, replay)], exercise, "en", blind=True)
    assert seen["shown"][0]["joints"] and seen["shown"][0]["lines"]
    assert blind["shown"][0]["joints"] == [] and blind["shown"][0]["lines"] == []
    assert max(max(bone) for bone in seen["bones"]) < len(INDEX)
    json.dumps(seen)


def test_the_best_of_the_same_side_is_shown_beside() -> None:
    result, _ = judged("fire_hydrant")
    faulty = next(
        n
        for n, p in enumerate(result.parts)
        if any(v.verdict is Judgement.FAULT for v in p.verdicts.values())
    )
    beside = shown_beside(result.parts, faulty)
    assert beside is not None and beside != faulty
    assert shown_beside(result.parts, beside) is None


def test_a_name_is_no_markdown() -> None:
    assert plain("*Ada* [x](y) :red[z]") == r"\*Ada\* \[x\]\(y\) \:red\[z\]"
    assert plain("Ada &amp; Eve") == r"Ada \&amp; Eve", "else Markdown would take it for &"
