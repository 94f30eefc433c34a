"""Whether a film lies on its side, or stands on its head: a file that does not say how the phone was held."""

from array import array
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from coach.judge import Engine, Exercise, NotJudged, SetResult
from coach.judge.say import say
from coach.language import words
from coach.pose import PoseFrame, Side
from coach.pose.plausible import TWISTED

# Signals for which the whole body sinks toward the feet and rises again: turned upright, nobody who lies does that.
# The leg raise of who lies on the side is that of who stands, turned; so it cannot be told of a raise.
SINKING: Final = frozenset({"hip_height", "hip_over_foot", "lunge_depth"})
# Seen as it should be for so long at once it does not lie on its side; one that does may look so for a moment.
READY_S: Final = 3.0
# What must be seen once it is turned.  Films of squats and lunges have 2 and more, 0.67 and more, 40 degrees and more,
# 0.98 and more; those of people who lie, kneel or sit may seem to have repetitions, of 14 degrees at most, and 0.86.
FEWEST: Final = 2  # repetitions that count
MOSTLY: Final = 0.6  # of all that were tried
BENDS_DEG: Final = 30.0  # range of each, where the view shows it
SEEN: Final = 0.95  # of the time from the first to the last in the right position and view
Way = Literal[1, 2, 3]  # quarters that turn it upright
WAYS: Final[tuple[Way, ...]] = (1, 2, 3)


class Sideways:
    """Watches a film as it would be if it were turned upright, for as long as it is never as it should be.

    Only of exercises in which somebody stands and sinks; of others the geometry does not tell.
    """

    def __init__(self, exercise: Exercise, side: Side | None = None) -> None:
        self._exercise = exercise
        rep = exercise.repetition
        tells = rep is not None and rep.signal in SINKING and exercise.position[0] == "standing"
        self._turned = [_Turned(exercise, side, way) for way in WAYS] if tells else []
        self._ready_since: float | None = None

    def take(self, frame: PoseFrame, ready: bool) -> None:
        """A repaired frame, and whether it can be judged as it is."""
        if not ready:
            self._ready_since = None
        elif self._ready_since is None:
            self._ready_since = frame.t
        elif frame.t - self._ready_since >= READY_S:
            self._turned.clear()
        for turned in self._turned:
            turned.take(frame)

    def told(self, result: SetResult) -> SetResult:
        """The result; where the picture does not stand upright, with that as the one thing to change."""
        found = None if result.attempts else next((one for one in self._turned if one.is_upright()), None)
        if found is None:
            return result
        language = self._exercise.language
        here = words(language, Path(__file__).parent)
        text = here("on_its_head") if found.way == 2 else say(language)("advice.on_its_side")
        gaps = tuple(NotJudged(check=gap.check, reason=text, share=gap.share) for gap in result.not_judged)
        return result.model_copy(update={"advice": (text,), "not_judged": gaps})


class _Turned:
    """The same film, turned one way."""

    def __init__(self, exercise: Exercise, side: Side | None, way: Way) -> None:
        self._engine, self.way = Engine(exercise, side), way
        self._t, self._ready = array("d"), array("b")

    def take(self, frame: PoseFrame) -> None:
        self._t.append(frame.t)
        self._ready.append(self._engine.step(_turned(frame, self.way), speaks=False).ready)

    def is_upright(self) -> bool:
        """Whether somebody is clearly seen at the exercise."""
        result = self._engine.finish()
        reps = [
            rep
            for rep in result.reps
            if rep.counted and (rep.range_deg is None or rep.range_deg >= BENDS_DEG)
        ]
        if len(reps) < max(FEWEST, MOSTLY * result.attempts):
            return False
        start_s, end_s = reps[0].start_s, reps[-1].end_s
        seen = [ready for t, ready in zip(self._t, self._ready, strict=True) if start_s <= t <= end_s]
        return sum(seen) >= SEEN * len(seen)


def _turned(frame: PoseFrame, way: Way) -> PoseFrame:
    """The frame turned; that its body stands on its head was said of the picture as it was."""
    turned = frame.turned(1).turned(1) if way == 2 else frame.turned(way)
    return replace(turned, doubt="") if turned.doubt == TWISTED else turned
