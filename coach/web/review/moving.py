"""A repetition of a kept set as a moving skeleton, drawn by the player of the summary."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from coach.judge import Exercise, HeldPose, Judgement, Rep
from coach.language import Language
from coach.live.replay import AROUND_S, EVERY_S, GRID, Places, Replay, places_of, rank
from coach.pose import PoseTrack
from coach.pose.landmarks import BONES, INDEX
from coach.web.review.wording import check_told, messages
from coach.web.summary.replay import joints_at_fault, peak_frame, speed_of
from coach.web.summary.rows import FAILED, PASSED
from coach.web.summary.words_of_set import messages as of_summary

Part = Rep | HeldPose


def replay_of(track: PoseTrack, part: Part) -> Replay | None:
    """A part cut out of the landmarks of its set; None where nothing was kept of it."""
    here = np.flatnonzero((track.t >= part.start_s - AROUND_S) & (track.t <= part.end_s + AROUND_S))
    times: list[float] = []
    places: list[Places] = []
    for i in here:
        frame = track[int(i)]
        if frame.found and (not times or frame.t >= times[-1] + EVERY_S):
            times.append(frame.t)
            places.append(places_of(frame))
    if len(times) < 2:
        return None
    width = round(GRID * track.size[0] / track.size[1])
    return Replay(tuple(round(t - times[0], 2) for t in times), tuple(places), width)


def shown_beside(parts: Sequence[Part], chosen: int) -> int | None:
    """The best of the same side, to hold the chosen one against; None where that is itself, or no better."""
    side = parts[chosen].side
    others = [i for i, part in enumerate(parts) if part.side == side and i != chosen and part.counted]
    best = max(others, key=lambda i: rank(parts[i]), default=None)
    return best if best is not None and rank(parts[best]) > rank(parts[chosen]) else None


def player_data(
    shown: Sequence[tuple[str, Part, Replay]],
    exercise: Exercise | None,
    language: Language,
    blind: bool = False,
) -> dict[str, Any]:
    """What the player is given: titles, parts and their replays.  Blind: nothing of any verdict."""
    say = of_summary(language)
    return {
        "language": language,
        "mirror": False,
        "bones": [[INDEX[a], INDEX[b]] for a, b in BONES],
        "signs": {PASSED: say("met"), FAILED: say("not_met")},
        "words": {key: say(key) for key in ("play", "pause", "from_joints")},
        "shown": [_one(title, part, replay, exercise, language, blind) for title, part, replay in shown],
    }


def _one(
    title: str, part: Part, replay: Replay, exercise: Exercise | None, language: Language, blind: bool
) -> dict[str, Any]:
    speed = speed_of(replay)
    return {
        "title": title,
        "lines": [] if blind else _lines(part, exercise, language),
        "t": list(replay.t),
        "places": [list(places) for places in replay.places],
        "peak": peak_frame(replay, part),
        "speed": speed,
        "faster": of_summary(language)("faster", n=speed) if speed > 1 else "",
        "joints": [] if blind else joints_at_fault(part),
    }


def _lines(part: Part, exercise: Exercise | None, language: Language) -> list[list[str]]:
    counted = [PASSED, messages(language)("verdict.yes")] if part.counted else [FAILED, part.why_not or ""]
    faults = [
        [FAILED, check_told(name, exercise, language)]
        for name, verdict in part.verdicts.items()
        if verdict.verdict is Judgement.FAULT
    ]
    return [counted, *faults]
