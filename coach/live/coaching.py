"""A session as a person lives it: getting into place, a countdown, the set, pauses, rests between sets, the end.

It depends on frames and their clock alone.  The engine sees every frame of a set from the first one on, whatever the
stage, so that a live set is judged exactly as its recording would be.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from coach.judge import Feedback, SetResult
from coach.judge.results import SidedOrBoth
from coach.language import Words, words
from coach.live.display import Display
from coach.live.journal import Kept
from coach.live.keeper import Ended, Keeper
from coach.live.one_set import Moment, OneSet, Replays
from coach.live.progress import side_of
from coach.live.rest import Rest
from coach.live.screen import Line, Screen, Stage
from coach.live.settings import LiveSettings
from coach.live.speech import Speech
from coach.live.stages import Stages
from coach.live.tally import Tally
from coach.live.voice import Aloud
from coach.pose import PoseFrame


@dataclass(frozen=True, slots=True)
class Coached:
    """What is left of a live session: a result for each set, the repetitions to look at again, what was said when."""

    results: tuple[SetResult, ...]
    replays: tuple[Replays, ...]
    said: tuple[tuple[float, str], ...]
    ended: Ended


class Coaching:
    """Coaches one session of one exercise: `step` with every frame until the stage is DONE."""

    def __init__(
        self, settings: LiveSettings, keepers: Iterable[Keeper] = (), kept: Kept | None = None
    ) -> None:
        """keepers: take down what happens; kept: what an earlier process wrote, to go on with."""
        self.settings = settings
        self._keepers = tuple(keepers)
        self._words: Words = words(settings.language, Path(__file__).parent)
        self._tally = Tally(settings, self._words, () if kept is None else kept.results)
        self._display = Display(settings, self._words)
        self._aloud = Aloud(settings.spoken)
        self._told_others = False
        self._rest: Rest | None = None
        self._ended = None if kept is None else kept.over
        self._take_up(OneSet(settings, () if kept is None else kept.parts), -float("inf"))

    @property
    def stage(self) -> Stage:
        """Where in the session somebody is."""
        if self._ended is not None:
            return Stage.DONE
        return self._stages.stage if self._rest is None else Stage.RESTING

    @property
    def coached(self) -> Coached:
        """Everything so far; complete once the stage is DONE."""
        tally, ended = self._tally, self._ended or Ended.STOPPED
        return Coached(tuple(tally.results), tuple(tally.replays), tuple(self._aloud.said), ended)

    @property
    def most_frequent_fault(self) -> str | None:
        """The one thing to work on."""
        return self._tally.most_frequent_fault

    # --- one frame ----------------------------------------------------------------------------------

    def step(self, frame: PoseFrame) -> Screen:
        """Take the next repaired frame; its time must not be before the last one's."""
        if self._ended is not None:
            return self._still(frame.t)
        if self._rest is not None:
            return self._step_in_rest(frame, self._rest)
        self._stages.arrived(frame.t)
        speaking = frame.t < self._aloud.until_s
        before = self.stage is Stage.PLACING and not speaking  # then nothing is worth the end of a sentence
        feedback = self._set.judge(frame, speaks=before or self.stage is Stage.GOING, hushed=speaking)
        moment = self._keep(frame, feedback)
        say = self._stages.step(frame, feedback)
        if self._stages.left:
            say += self._finish(Ended.LEFT)
        due = self._due(frame, moment)
        if self._set.progress.all_done and self._ended is None:
            over = self._set_done(frame.t)
            if self._ended is not None:  # what is left for next time is not said just before it as well
                due = [sentence for sentence in due if sentence != self._tally.to_work_on]
            due += over
        return self._shown(frame.t, feedback, say + due)

    def stop(self, t: float) -> Screen:
        """The person ends it: what was under way is closed."""
        return self._still(t, [] if self._ended is not None else self._finish(Ended.STOPPED))

    def _keep(self, frame: PoseFrame, feedback: Feedback) -> Moment:
        """Take down a frame of the set."""
        moment = self._set.keep(frame, feedback)
        ended = [part for part in (feedback.rep, feedback.held) if part is not None]
        for keeper in self._keepers:
            keeper.frame(frame)
            keeper.parts(ended)
        if moment.completed and feedback.reached:
            self._keep_so_far(feedback.side)
        return moment

    def _keep_so_far(self, side: SidedOrBoth) -> None:
        """What is told as done is kept at once, though the pose may be held on for long."""
        held = self._set.held_so_far(side)
        if held is not None:
            for keeper in self._keepers:
                keeper.reached(held)

    def _due(self, frame: PoseFrame, moment: Moment) -> list[str]:
        """What there is to say of a frame; what is to be read of it as well is."""
        lines: list[Line] = []
        cue = moment.feedback.cue
        if self.stage is Stage.GOING:
            lines += self._speech.due(moment, speaking=frame.t < self._aloud.until_s)
        elif cue is not None and self.stage is Stage.PLACING:
            lines.append(Line(cue.text))
        if frame.others and not self._told_others and self.stage is not Stage.PAUSED:
            self._told_others = True
            lines.append(Line(self._words("others"), "advice"))
        for line in lines:
            self._display.read(line, frame.t)
        return [line.text for line in lines]

    # --- sets and rests -----------------------------------------------------------------------------

    def _take_up(self, one: OneSet, t: float, stage: Stage = Stage.PLACING) -> None:
        """A set begins, or goes on where it is known only now that it has begun."""
        self._rest = None
        self._set = one
        self._speech = Speech(self.settings, self._words, one.progress)
        self._stages = Stages(self._words, t, stage, further=bool(self._tally.results))

    def _step_in_rest(self, frame: PoseFrame, rest: Rest) -> Screen:
        feedback = rest.watch(frame)
        if feedback is not None:
            return self._begin_early(frame.t, rest, feedback)
        if rest.left(frame.t) > 0:
            return self._still(frame.t, rest.calls(frame.t))
        return self._still(frame.t, [self._next_set(frame.t)])

    def _next_set(self, t: float) -> str:
        """It begins; what is said of it."""
        self._take_up(OneSet(self.settings), t)
        self._display.clear()
        return self._words("next_set", n=self._tally.number, of=self.settings.dose.sets)

    def _begin_early(self, t: float, rest: Rest, feedback: Feedback) -> Screen:
        """What was seen since the first repetition is the next set."""
        self._take_up(rest.next, t, Stage.GOING)
        moments = [self._keep(frame, seen) for frame, seen in rest.frames]
        count = self._set.progress.count(side_of(feedback))
        say = [str(count)] if count else []
        say += self._speech.changes(moments)
        if self._set.progress.all_done:
            say += self._set_done(t)
        return self._shown(t, feedback, say)

    def _set_done(self, t: float) -> list[str]:
        if self._tally.number >= self.settings.dose.sets:
            return self._finish(Ended.DOSE)
        self._close_set()
        told = self._tally.set_done()
        if not round(self.settings.dose.rest_s):  # one sentence: the next would cut it off
            return [told, self._next_set(t)]
        self._rest = Rest(self.settings, self._words, t)
        return [told]

    def _finish(self, ended: Ended) -> list[str]:
        if self._rest is None:
            self._close_set(or_leave_out=bool(self._tally.results))
        self._ended = ended
        for keeper in self._keepers:
            keeper.ended(ended)
        said = [self._words("left")] if ended is Ended.LEFT else []
        return said + self._tally.parting()

    def _close_set(self, or_leave_out: bool = False) -> None:
        """or_leave_out: a further set in which nothing was tried is none."""
        result, replays = self._set.finish()
        if or_leave_out and not result.attempts:
            return
        self._tally.add(result, replays)
        for keeper in self._keepers:
            keeper.closed(result)

    # --- what is shown ------------------------------------------------------------------------------

    def _shown(self, t: float, feedback: Feedback, say: list[str]) -> Screen:
        if self.stage in (Stage.RESTING, Stage.DONE):
            return self._still(t, say)
        screen = self._display.going(t, self._stages, feedback, self._set.progress, self._tally.number)
        return replace(screen, say=self._aloud.take(t, say))

    def _still(self, t: float, say: Iterable[str] = ()) -> Screen:
        """The screen while nothing is judged."""
        left = None if self._rest is None or self._ended is not None else self._rest.left(t)
        screen = self._display.still(self.stage, self._tally, self._set.progress, left)
        return replace(screen, say=self._aloud.take(t, [*say]))
