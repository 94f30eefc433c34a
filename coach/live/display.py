"""What is shown after each frame: one sentence to read, the seconds that matter, the way, the joints at fault."""

from math import ceil
from typing import Final

from coach.judge import Feedback
from coach.language import Words
from coach.live.progress import Progress, SecondsLeft
from coach.live.screen import Line, Screen, Stage, Tone
from coach.live.settings import LiveSettings
from coach.live.stages import Stages
from coach.live.tally import Tally
from coach.live.voice import time_at_top
from coach.pose import INDEX

CUE_S: Final = 4.0  # how long a cue stays on the screen


class Display:
    """Makes the screens of a session; what it remembers is the last sentence to read, and the seconds of a hold."""

    def __init__(self, settings: LiveSettings, words: Words) -> None:
        self._settings, self._words = settings, words
        self._exercise = settings.coached
        hold = self._exercise.hold
        self._guide = None if hold is None else hold.guide
        self._top_s = time_at_top(self._exercise)
        self.clear()

    def clear(self) -> None:
        """Another set begins: nothing is left to read."""
        self._caption, self._read_s = Line(""), -float("inf")
        hold = self._exercise.hold
        self._left = None if hold is None or self._guide else SecondsLeft(hold.target_s)

    def read(self, line: Line, t: float) -> None:
        """A sentence to read from now on, if it has a tone."""
        if line.tone:
            self._caption, self._read_s = line, t

    def going(self, t: float, stages: Stages, feedback: Feedback, progress: Progress, number: int) -> Screen:
        """The screen after a frame of a set, which is the `number`th."""
        caption, tone = self._sentence(t, stages, feedback)
        hold = self._exercise.hold
        count, of = progress.count(feedback.side), progress.wanted
        share = feedback.progress if hold is None else feedback.hold_s / hold.target_s
        if self._guide:
            count, of = feedback.count, self._guide.reps
            share = count / of
        return Screen(
            stage=stages.stage,
            count=count,
            of=of,
            side="" if feedback.side == "both" else feedback.side,
            seconds=self._seconds(t, stages, feedback),
            progress=round(min(1.0, max(0.0, share)), 3),
            phase=self._phase(feedback),
            caption=caption,
            tone=tone,
            highlight=tuple(INDEX[name] for name in feedback.highlight),
            seen=feedback.ready,
            set_number=number,
            sets=self._settings.dose.sets,
        )

    def still(self, stage: Stage, tally: Tally, progress: Progress, rest_left: int | None) -> Screen:
        """The screen while nothing is judged: a rest, and the end; rest_left: whole seconds of a rest."""
        captions = {Stage.RESTING: tally.set_done, Stage.DONE: tally.summed_up}
        return Screen(
            stage,
            tally.last_count,
            self._guide.reps if self._guide else progress.wanted * max(1, len(self._settings.sides)),
            seconds=None if rest_left is None else max(0, rest_left),
            caption=captions[stage]() if stage in captions else "",
            tone="guide",
            set_number=len(tally.results) if stage is Stage.RESTING else tally.number,
            sets=self._settings.dose.sets,
        )

    def _sentence(self, t: float, stages: Stages, feedback: Feedback) -> tuple[str, Tone]:
        """What is to be read: the pause, else the last cue for a while, else advice for as long as it is due."""
        if stages.stage is Stage.PAUSED:
            return stages.paused, "advice"
        if stages.stage is Stage.COUNTDOWN:
            return self._words("begin"), "guide"
        if self._caption.text and t - self._read_s < CUE_S:
            return self._caption.text, self._caption.tone
        if feedback.advice is not None:
            return feedback.advice.text, "advice"
        return "", ""

    def _seconds(self, t: float, stages: Stages, feedback: Feedback) -> int | None:
        if stages.stage is Stage.COUNTDOWN:
            return stages.countdown_left(t)
        if self._left is not None:
            return self._left.take(feedback)
        if self._top_s is None or feedback.phase != "peak":
            return None
        return max(0, ceil(self._top_s - feedback.hold_s - 1e-6))

    def _phase(self, feedback: Feedback) -> str:
        repetition = self._exercise.repetition
        if repetition is None or feedback.phase not in ("rest", "out", "peak", "back"):
            return ""
        return str(getattr(repetition.phases, feedback.phase))
