"""Two repetitions side by side as moving skeletons: the component, and what it is given."""

from bisect import bisect_left
from math import ceil
from pathlib import Path
from typing import Any, Final

import streamlit as st

from coach.judge import Exercise, HeldPose, Judgement, Rep
from coach.live.replay import AROUND_S, Replay
from coach.pose.landmarks import BONES, INDEX
from coach.web.beside import beside
from coach.web.summary.rows import FAILED, PASSED, caption, peak_s
from coach.web.summary.words_of_set import Attempt, messages

HERE: Final = Path(__file__).parent
SHORT_S: Final = 10.0  # what lasts longer is shown faster, so that it takes about this long


_replays = st.components.v2.component(
    "coach_replays", js=beside(HERE, "replay.js"), css=beside(HERE, "replay.css")
)


def replays(data: dict[str, Any], key: str) -> None:
    """Show the replays of `replay_data`."""
    _replays(key=key, data=data)


def replay_data(
    best: Attempt, worst: Attempt, exercise: Exercise, several_sets: bool, mirror: bool
) -> dict[str, Any]:
    """What the browser is given: places of joints and sentences, no picture."""
    say = messages(exercise.language)
    shown = [
        _shown(attempt, exercise, title, several_sets)
        for attempt, title in ((best, "best"), (worst, "worst"))
    ]
    return {
        "language": exercise.language,
        "mirror": mirror,
        "bones": [[INDEX[a], INDEX[b]] for a, b in BONES],
        "signs": {PASSED: say("met"), FAILED: say("not_met")},
        "words": {key: say(key) for key in ("play", "pause", "from_joints")},
        "shown": shown,
    }


def _shown(attempt: Attempt, exercise: Exercise, title: str, several_sets: bool) -> dict[str, Any]:
    assert attempt.replay is not None  # only such are chosen
    told = caption(attempt, exercise, title, several_sets)
    replay, speed = attempt.replay, speed_of(attempt.replay)
    return {
        "title": told.title,
        "lines": [[line.sign, line.text] for line in told.lines],
        "t": list(replay.t),
        "places": [list(places) for places in replay.places],
        "peak": peak_frame(replay, attempt.part),
        "speed": speed,
        "faster": messages(exercise.language)("faster", n=speed) if speed > 1 else "",
        "joints": joints_at_fault(attempt.part),
    }


def speed_of(replay: Replay) -> int:
    """How many times as fast it is shown."""
    return max(1, ceil(replay.t[-1] / SHORT_S)) if replay.t else 1


def peak_frame(replay: Replay, part: Rep | HeldPose) -> int:
    """Index of the frame at the end range.

    Of a long one the start is missing; that it reaches to the end of the movement is known.
    """
    whole_s = part.end_s - part.start_s
    begins_s = part.start_s - AROUND_S
    if replay.t[-1] < whole_s - AROUND_S:
        begins_s = part.end_s - replay.t[-1]
    return min(max(0, bisect_left(replay.t, peak_s(part) - begins_s)), len(replay.t) - 1)


def joints_at_fault(part: Rep | HeldPose) -> list[int]:
    """Indices of the landmarks that belong to what was at fault."""
    found = {
        INDEX[joint]
        for verdict in part.verdicts.values()
        if verdict.verdict is Judgement.FAULT
        for joint in verdict.joints
    }
    return sorted(found)
