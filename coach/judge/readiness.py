"""Before anything: one person, all that this exercise needs in the picture, the right view, enough light.

Otherwise advice on what to change, and no judgement.
"""

from dataclasses import dataclass
from typing import Final

from coach.judge.exercise import Exercise
from coach.judge.results import Cue
from coach.judge.say import joint, say
from coach.language import Language
from coach.motion import Body, Framing, Situation, framing_of, landmark
from coach.pose import FROZEN, MORE_LIGHT, UNSTEADY_LEGS, PoseFrame, Side, other

# Of a thigh along the picture by the trunk: 0.7 and more, where the model invented it 0.3 to 0.5.
SHORTEST: Final = 0.55
FEET: Final = frozenset({"ankle", "heel", "foot_index"})


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a frame can be judged, or only counted; if not judged, `advice` says what to change, or why."""

    ready: bool
    advice: Cue | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether somebody is plainly in another position than those of the exercise."""
        return self.advice is not None and self.advice.code == POSITION


POSITION: Final = "advice.position"
NOBODY: Final = "advice.nobody"
SIGHTLESS: Final = frozenset({"advice.frozen", "advice.light"})  # the camera sees nothing, whoever is there
READY: Final = Readiness(True)


def readiness(
    exercise: Exercise, frame: PoseFrame, body: Body, situation: Situation, side: Side
) -> Readiness:
    """Check one frame for one exercise; `side` is the side that is measured."""
    language = exercise.language
    dark = frame.light == frame.light and frame.light < MORE_LIGHT
    if frame.doubt == FROZEN:
        return _not_yet("frozen", language)
    if not frame.found:
        return _not_yet("light" if dark else "nobody", language)
    rep = exercise.repetition
    only_counts = frame.doubt == UNSTEADY_LEGS and rep is not None and rep.count_unsteady
    if frame.doubt and not only_counts:
        return _not_yet("light" if dark else "doubt", language)
    needed = tuple(landmark(joint, side) for joint in exercise.needs)
    framing = framing_of(frame, needed)
    if not framing.ok:
        return _framing(framing, language)
    if situation.view not in exercise.views:
        return _advise("view", exercise.wrong_view)
    if situation.position not in exercise.position:
        return _advise("position", say(language)("advice.position", start=exercise.start))
    hidden = [name for name in needed if not body.seen((name,), exercise.seen)]
    if not hidden and exercise.along and situation.view == "side":
        hidden = _invented(body, side)
    if hidden:
        # From the side the far leg is hidden until the pose is taken: to show it means nothing to who stands there.
        behind = (
            exercise.hold is not None
            and situation.view == "side"
            and situation.near is not None
            and hidden[0].startswith(other(situation.near))
        )
        text = (
            say(language)("advice.position", start=exercise.start)
            if behind
            else say(language)("advice.hidden", joint=joint(hidden[0], language))
        )
        return _advise("hidden", text, tuple(hidden))
    if only_counts:
        return Readiness(True, Cue("advice.only_counts", say(language)("advice.only_counts"), "advice"))
    return READY


def _invented(body: Body, side: Side) -> list[str]:
    """The knee of a thigh that is too short in the picture to be the person's own; empty elsewhere.

    The model calls a leg visible that it made up behind the arms and the other leg.
    """
    trunk = abs(body.middle("shoulder") - body.middle("hip"))
    return [landmark("knee", side)] if abs(body.axis(side, "hip", "knee")) < SHORTEST * trunk else []


def _framing(framing: Framing, language: Language) -> Readiness:
    if framing.too_coarse:
        return _not_yet("too_coarse", language)
    if framing.cut_off and not framing.too_near:
        joints = {name.split("_", 1)[1] for name in framing.cut_off}
        own = say(language)
        parts = own("parts.feet" if joints & FEET else f"parts.{min(joints)}")
        return _advise("cut_off", own("advice.cut_off", parts=parts), framing.cut_off)
    return _not_yet("too_near" if framing.too_near else "too_far", language)


def _not_yet(code: str, language: Language) -> Readiness:
    return _advise(code, say(language)(f"advice.{code}"))


def _advise(code: str, text: str, joints: tuple[str, ...] = ()) -> Readiness:
    return Readiness(False, Cue(f"advice.{code}", text.rstrip("."), "advice", joints))
