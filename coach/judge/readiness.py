"""Before anything: one person, all that this exercise needs in the picture, the right view, enough light.

Otherwise advice on what to change, and no judgement.
"""

from dataclasses import dataclass
from typing import Final

from coach.judge.exercise import Exercise
from coach.judge.results import Cue
from coach.motion import Body, Framing, Situation, framing_of, landmark
from coach.pose import INDEX, MORE_LIGHT, PoseFrame, Side

PLAIN: Final = {
    "nobody": "I can't see anybody: step into the picture",
    "light": "More light, please",
    "doubt": "I can't make out your body: show me all of you, and clear things out of the way",
    "too_far": "Come closer to the camera",
    "too_near": "Step back from the camera",
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a frame can be judged; if not, `advice` says what to change."""

    ready: bool
    advice: Cue | None = None


READY: Final = Readiness(True)


def readiness(
    exercise: Exercise, frame: PoseFrame, body: Body, situation: Situation, side: Side
) -> Readiness:
    """Check one frame for one exercise; `side` is the side that is measured."""
    dark = frame.light == frame.light and frame.light < MORE_LIGHT
    if not frame.found:
        return _not_yet("light" if dark else "nobody")
    if frame.doubt:
        return _not_yet("light" if dark else "doubt")
    needed = tuple(landmark(joint, side) for joint in exercise.needs)
    framing = framing_of(frame, needed)
    if not framing.ok:
        return _framing(framing)
    if situation.view not in exercise.views:
        return _advise("view", exercise.wrong_view)
    if situation.position not in exercise.position:
        return _advise("position", f"Get into the starting position: {exercise.start}")
    hidden = _hidden(frame, needed, exercise.seen)
    if hidden:
        return _advise("hidden", f"I can't see your {spoken(hidden[0])}", tuple(hidden))
    return READY


def _hidden(frame: PoseFrame, needed: tuple[str, ...], least: float) -> list[str]:
    """Which landmarks are without a place, or not believed; as `Body.seen`, on plain floats."""
    places, believed = frame.xy.tolist(), frame.visibility.tolist()
    hidden = []
    for name in needed:
        i = INDEX[name]
        x = places[i][0]
        told = name.endswith(("hip", "shoulder")) or believed[i] >= least
        if x != x or not told:
            hidden.append(name)
    return hidden


def spoken(landmark_name: str) -> str:
    """``"left_foot_index"`` as people say it: "left toes"."""
    return landmark_name.replace("foot_index", "toes").replace("_", " ")


def _framing(framing: Framing) -> Readiness:
    if framing.cut_off and not framing.too_near:
        parts = {name.split("_", 1)[1].replace("foot_index", "toes") for name in framing.cut_off}
        part = "feet" if parts & {"ankle", "heel", "toes"} else f"{sorted(parts)[0]}s"
        text = f"Step back: your {part} are outside the picture"
        return _advise("cut_off", text, framing.cut_off)
    return _not_yet("too_near" if framing.too_near else "too_far")


def _not_yet(code: str) -> Readiness:
    return _advise(code, PLAIN[code])


def _advise(code: str, text: str, joints: tuple[str, ...] = ()) -> Readiness:
    return Readiness(False, Cue(f"advice.{code}", text.rstrip("."), "advice", joints))
