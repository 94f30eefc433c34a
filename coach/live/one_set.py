"""One set as it is watched: what the engine makes of its frames, what of the dose is done, what to look at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from coach.judge import Engine, Feedback, HeldPose, Rep, SetResult
from coach.judge.results import SidedOrBoth
from coach.live.progress import Beginnings, Begins, Progress
from coach.live.replay import Recorder, Replay
from coach.live.settings import LiveSettings
from coach.pose import PoseFrame

Replays: TypeAlias = tuple[tuple[Rep | HeldPose, Replay], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A frame that was kept: what the engine says, and what that means for the dose.

    completed  whether a side, or the whole, was completed by it
    begins     which hold begins on it, if any
    """

    feedback: Feedback
    completed: bool
    begins: Begins


class OneSet:
    """Watches one set.  A frame may be judged some time before it is known to be of the set, and is then kept.

    earlier  what an earlier process kept of it
    """

    def __init__(self, settings: LiveSettings, earlier: Iterable[Rep | HeldPose] = ()) -> None:
        before = tuple(earlier)
        self.progress = Progress.of(settings, before)
        self._engine = Engine(settings.coached, settings.side, earlier=before)
        self._recorder = Recorder()
        self._beginnings = Beginnings()

    def judge(self, frame: PoseFrame, *, speaks: bool, hushed: bool = False) -> Feedback:
        """What the engine makes of the next frame; `speaks`, `hushed`: as for its step."""
        return self._engine.step(frame, speaks=speaks, hushed=hushed)

    def keep(self, frame: PoseFrame, feedback: Feedback) -> Moment:
        """Take down a frame of the set that was judged."""
        self._recorder.take(frame, feedback)
        begins = self._beginnings.take(feedback)
        return Moment(feedback, self.progress.take(feedback), begins)

    def held_so_far(self, side: SidedOrBoth) -> HeldPose | None:
        """The hold that has its time and goes on, as it would be kept now; None where there is none."""
        return self._engine.held_so_far(side)

    def finish(self) -> tuple[SetResult, Replays]:
        """Close what is under way; the result, and its repetitions to look at again."""
        result = self._engine.finish()
        return result, self._recorder.complete(result.parts)
