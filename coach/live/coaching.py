"""A set as a person lives it: getting into place, a countdown, the set, pauses, rests between sets, the end.

A state machine on frames and their clock.  The engine sees every frame of a set from the first one on, whatever the
stage, so that a live set is judged exactly as its recording would be.  In a rest the next set's engine watches too: who
begins before it is over loses nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from pathlib import Path
from typing import Final, Literal

from coach.judge import Engine, Feedback, HeldPose, Rep, SetResult
from coach.language import Words, words
from coach.live.early import Early
from coach.live.journal import Kept
from coach.live.keeper import Ended, Keeper
from coach.live.lasting import lasted, since
from coach.live.progress import Beginnings, Begins, Progress, SecondsLeft, is_moving, side_of
from coach.live.replay import Recorder, Replay
from coach.live.settings import LiveSettings
from coach.live.voice import HoldVoice, spoken_together
from coach.pose import INDEX, PoseFrame

READY_S: Final = 1.0  # everything seen for so long, before the countdown
UNREADY_S: Final = 1.5
COUNTDOWN_S: Final = 5.0
COUNTED_S: Final = 3  # seconds of the countdown that are counted aloud
AWAY_S: Final = 2.0  # nobody there for so long is a pause
BACK_S: Final = 0.8
MISSING_S: Final = 1.0  # without a picture for longer, as over a connection that broke
LEAVE_S: Final = 20.0  # and for so long the end
CUE_S: Final = 4.0  # how long a cue stays on the screen
REST_CALL_S: Final = 10


class Stage(StrEnum):
    """Where in the set somebody is."""

    PLACING = "placing"
    COUNTDOWN = "countdown"
    GOING = "going"
    PAUSED = "paused"
    RESTING = "resting"
    DONE = "done"


Tone = Literal["", "advice", "fault", "why_not", "praise", "guide"]


@dataclass(frozen=True, slots=True)
class Screen:
    """What is to be seen and heard after one frame; plain data in the language of the session.

    count, of   repetitions or holds of this side that counted, and how many are asked for
    seconds     a large number of seconds, where one matters now: countdown, hold, rest; None otherwise
    progress    0 at rest, 1 at the target range; share of the time in a hold
    phase       the phase by name
    caption     the one sentence to read, with its tone
    say         what to speak on this frame, if anything
    highlight   indices of landmarks to draw as at fault; `seen`: whether this is judged at all just now
    """

    stage: Stage
    count: int
    of: int
    side: str = ""
    seconds: int | None = None
    progress: float = 0.0
    phase: str = ""
    caption: str = ""
    tone: Tone = ""
    say: str = ""
    highlight: tuple[int, ...] = ()
    seen: bool = False
    set_number: int = 1
    sets: int = 1


@dataclass(frozen=True, slots=True)
class Coached:
    """What is left of a live session: a result for each set, the repetitions to look at again, what was said when."""

    results: tuple[SetResult, ...]
    replays: tuple[tuple[tuple[Rep | HeldPose, Replay], ...], ...]
    said: tuple[tuple[float, str], ...]
    ended: Ended


class Coaching:
    """Coaches one session of one exercise: `step` with every frame until the stage is DONE."""

    def __init__(
        self, settings: LiveSettings, keepers: Iterable[Keeper] = (), kept: Kept | None = None
    ) -> None:
        """keepers: take down what happens; kept: what an earlier process wrote, to go on with."""
        self.settings = settings
        self._exercise = settings.coached
        self._keepers = tuple(keepers)
        self._words: Words = words(settings.language, Path(__file__).parent)
        self._results: list[SetResult] = list(kept.results) if kept is not None else []
        self._replays: list[tuple[tuple[Rep | HeldPose, Replay], ...]] = [() for _ in self._results]
        self._said: list[tuple[float, str]] = []
        self._told_others = False
        self._ended: Ended | None = None
        self._begin_set(-float("inf"), kept.parts if kept is not None else ())
        if kept is not None and kept.over is not None:
            self._ended = kept.over
            self._enter(Stage.DONE, kept.last_s)

    def _begin_set(self, t: float, earlier: tuple[Rep | HeldPose, ...] = ()) -> None:
        self._watch_anew(earlier)
        self._caption: tuple[str, Tone, float] = ("", "", t)
        self._enter(Stage.PLACING, t)
        self._last_t = t
        self._forget()
        self._last_second = -1

    def _watch_anew(self, earlier: tuple[Rep | HeldPose, ...] = ()) -> None:
        """Nothing of the next set was seen yet, but for what an earlier process kept of it."""
        self._engine = Engine(self._exercise, self.settings.side, earlier=earlier)
        self._progress = Progress.of(self.settings, earlier)
        self._recorder = Recorder()
        self._voice = HoldVoice(self._exercise, self._words)
        self._beginnings = Beginnings()
        self._begins: Begins = ""
        hold = self._exercise.hold
        self._guide = None if hold is None else hold.guide
        self._left = None if hold is None or self._guide else SecondsLeft(hold.target_s)
        # A pose that is held on beyond its time is no next one, and who is led waits to be.
        self._early = None if self._exercise.repetition is None else Early(self._progress.wanted)

    def _forget(self) -> None:
        """Nobody knows for how long anything has been so."""
        self._ready_since: float | None = None
        self._unready_since: float | None = None
        self._absent_since: float | None = None
        self._found_since: float | None = None

    def _missed(self, t: float) -> None:
        """Pictures did not come for a while: nothing lasted through it, and nobody was counted down."""
        self._forget()
        if self.stage is Stage.COUNTDOWN:
            self._enter(Stage.PLACING, t)

    def _enter(self, stage: Stage, t: float) -> None:
        self.stage, self._since = stage, t

    # --- one frame ----------------------------------------------------------------------------------

    def step(self, frame: PoseFrame) -> Screen:
        """Take the next repaired frame; its time must not be before the last one's."""
        if self.stage is Stage.DONE:
            return self._still(frame.t)
        if self.stage is Stage.RESTING:
            return self._rest(frame)
        if frame.t - self._last_t > MISSING_S:
            self._missed(frame.t)
        self._last_t = frame.t
        feedback = self._engine.step(frame, speaks=self.stage in (Stage.PLACING, Stage.GOING))
        completed = self._keep(frame, feedback)
        self._watch(frame, feedback)
        say = self._change_stage(frame.t, feedback)
        if self.stage is Stage.GOING:
            say += self._spoken(feedback, completed)
        elif feedback.cue is not None and self.stage is Stage.PLACING:
            say.append(feedback.cue.text)
        if frame.others and not self._told_others and self.stage is not Stage.PAUSED:
            self._told_others = True
            say.append(self._words("others"))
            self._caption = (say[-1], "advice", frame.t)
        if self._progress.all_done and self._ended is None:
            say += self._set_done(frame.t)
        return self._shown(frame.t, feedback, say)

    def stop(self, t: float) -> Screen:
        """The person ends it: what was under way is closed."""
        if self.stage is not Stage.DONE:
            say = self._finish(t, Ended.STOPPED)
            return replace(self._still(t), say=self._heard(t, say))
        return self._still(t)

    @property
    def coached(self) -> Coached:
        """Everything so far; complete once the stage is DONE."""
        return Coached(
            tuple(self._results), tuple(self._replays), tuple(self._said), self._ended or Ended.STOPPED
        )

    def _keep(self, frame: PoseFrame, feedback: Feedback) -> bool:
        """Take down a frame of the set; whether a side, or the whole, was completed by it."""
        self._recorder.take(frame, feedback)
        ended = [part for part in (feedback.rep, feedback.held) if part is not None]
        for keeper in self._keepers:
            keeper.frame(frame)
            keeper.parts(ended)
        self._begins = self._beginnings.take(feedback)
        completed = self._progress.take(feedback)
        if completed and feedback.reached:
            self._keep_so_far(feedback)
        return completed

    def _keep_so_far(self, feedback: Feedback) -> None:
        """What is told as done is kept at once, though the pose may be held on for long."""
        held = self._engine.held_so_far(feedback.side)
        if held is not None:
            for keeper in self._keepers:
                keeper.reached(held)

    # --- stages -------------------------------------------------------------------------------------

    def _watch(self, frame: PoseFrame, feedback: Feedback) -> None:
        """Since when the person is ready, not ready, there, not there."""
        t = frame.t
        self._ready_since = since(self._ready_since, t, feedback.ready)
        self._unready_since = since(self._unready_since, t, not feedback.ready)
        self._found_since = since(self._found_since, t, frame.found)
        self._absent_since = since(self._absent_since, t, not frame.found)

    def _change_stage(self, t: float, feedback: Feedback) -> list[str]:
        begun = is_moving(feedback) or (feedback.ready and feedback.rep is not None)
        if self.stage is Stage.PLACING:
            return self._place(t, begun)
        if self.stage is Stage.COUNTDOWN:
            return self._count_down(t, begun)
        if self.stage is Stage.PAUSED:
            return self._wait(t)
        if lasted(self._absent_since, t) >= AWAY_S:
            self._enter(Stage.PAUSED, t)
            return [self._words("paused")]
        return []

    def _place(self, t: float, begun: bool) -> list[str]:
        if begun:  # who has begun needs no countdown, and nothing of it is lost
            self._enter(Stage.GOING, t)
        elif lasted(self._ready_since, t) >= READY_S:
            self._enter(Stage.COUNTDOWN, t)
            return [self._words("begin")]
        return []

    def _count_down(self, t: float, begun: bool) -> list[str]:
        left = ceil(COUNTDOWN_S - (t - self._since) - 1e-6)
        if begun or left <= 0:
            self._enter(Stage.GOING, t)
            return [] if begun else [self._words("go")]
        if lasted(self._unready_since, t) >= UNREADY_S:
            self._enter(Stage.PLACING, t)
            return []
        return [str(left)] if self._second(left) and left <= COUNTED_S else []

    def _wait(self, t: float) -> list[str]:
        if lasted(self._found_since, t) >= BACK_S:
            self._enter(Stage.GOING, t)
            return [self._words("resumed")]
        if lasted(self._absent_since, t) >= LEAVE_S:
            return self._finish(t, Ended.LEFT)
        return []

    def _rest(self, frame: PoseFrame) -> Screen:
        t = frame.t
        left = ceil(self.settings.dose.rest_s - (t - self._since) - 1e-6)
        say: list[str] = []
        if self._early is not None:
            feedback = self._engine.step(frame, speaks=False)
            self._early.take(frame, feedback)
            if self._early.has_begun or (left <= 0 and self._early.goes_on(t)):
                return self._begin_early(t, self._early, feedback)
            if self._early.was_none(t):
                self._watch_anew()
        if left <= 0:
            self._begin_set(t)
            say = [self._words("next_set", n=self._set_number, of=self.settings.dose.sets)]
        elif (
            self._second(left)
            and left < self.settings.dose.rest_s
            and (left == REST_CALL_S or left <= COUNTED_S)
        ):
            say = [self._words("rest_left", seconds=left) if left == REST_CALL_S else str(left)]
        return replace(self._still(t), say=self._heard(t, say))

    def _begin_early(self, t: float, early: Early, feedback: Feedback) -> Screen:
        """What was seen since the first repetition is the next set."""
        for frame, seen in early.frames:
            self._keep(frame, seen)
        self._last_t = t
        self._forget()
        self._enter(Stage.GOING, t)
        count = self._progress.count(side_of(feedback))
        say = [str(count)] if count else []
        if self._progress.all_done:
            say += self._set_done(t)
        return self._shown(t, feedback, say)

    def _set_done(self, t: float) -> list[str]:
        if self._set_number >= self.settings.dose.sets:
            return self._finish(t, Ended.DOSE)
        done = self._set_number
        self._close_set()
        self._watch_anew()
        self._enter(Stage.RESTING, t)
        self._last_second = -1
        rest = round(self.settings.dose.rest_s)
        return [self._words("set_done", n=done, of=self.settings.dose.sets, seconds=rest)]

    def _finish(self, t: float, ended: Ended) -> list[str]:
        if self.stage is not Stage.RESTING:
            self._close_set(or_leave_out=bool(self._results))
        self._ended = ended
        for keeper in self._keepers:
            keeper.ended(ended)
        self._enter(Stage.DONE, t)
        say = [self._words("left")] if ended is Ended.LEFT else []
        say.append(self._summed_up())
        worst = self.most_frequent_fault
        if worst is not None:
            say.append(self._words("next_time", cue=self.settings.exercise.checks[worst].cue))
        return say

    def _close_set(self, or_leave_out: bool = False) -> None:
        """or_leave_out: a further set in which nothing was tried is none."""
        result = self._engine.finish()
        if or_leave_out and not result.attempts:
            return
        self._results.append(result)
        for keeper in self._keepers:
            keeper.closed(result)
        self._replays.append(self._recorder.complete(result.parts))

    def _summed_up(self) -> str:
        counted = sum(result.counted for result in self._results)
        led = sum(hold.led for result in self._results for hold in result.holds)
        if not counted and not led:
            return self._words("ended_none")
        if self.settings.exercise.repetition is not None:
            return self._words("done_reps", n=counted)
        return self._words("done_led", n=led) if led else self._words("done_hold", n=counted)

    @property
    def most_frequent_fault(self) -> str | None:
        """The one thing to work on: the check most often at fault, the more severe first among equals."""
        faults = Counter[str]()
        checks = self.settings.exercise.checks
        for result in self._results:  # one that was kept may know a check that the exercise has no longer
            faults.update({name: n for name, n in result.faults.items() if name in checks})
        return max(faults, key=lambda name: (faults[name], checks[name].severity), default=None)

    @property
    def _set_number(self) -> int:
        return min(len(self._results) + 1, self.settings.dose.sets)

    def _second(self, left: int) -> bool:
        """Whether another second has come."""
        changed, self._last_second = left != self._last_second, left
        return changed

    # --- what is said and shown -----------------------------------------------------------------------

    def _spoken(self, feedback: Feedback, completed: bool) -> list[str]:
        """The count, the seconds, the cue, the change of side."""
        say: list[str] = []
        side = side_of(feedback)
        if feedback.rep is not None and feedback.rep.counted:
            say.append(str(self._progress.count(side)))
        left = self._progress.side_left(side) if side != "both" else None
        held = self.settings.exercise.hold is not None
        if completed and held and (left is not None or not self._progress.all_done):
            say.append(self._words("time_up"))
        cue = feedback.cue
        # The change of side is told from here, when the time is up; and who is done may leave the pose.
        done_with = cue is not None and cue.code == "left_pose" and self._progress.complete(side)
        if cue is not None and cue.code != "other_side" and not done_with:
            say.append(cue.text)
            self._caption = (cue.text, _tone(cue.kind), feedback.t)
        told = self._of_the_change(feedback, completed, left is not None)
        if told:
            say.append(told)
            self._caption = (told, "guide", feedback.t)
        return say or self._voice.step(feedback)

    def _of_the_change(self, feedback: Feedback, completed: bool, left: bool) -> str:
        """That the other side's turn has come, that it still is, or that a time begins; \"\" otherwise.

        left  whether the side of this frame is done, and the other one is not
        """
        hold = self._exercise.hold
        again = self._begins or (feedback.rep is not None and feedback.rep.counted)
        if left and (completed or again):
            told = self._words("other_side" if completed else "same_side")
            return self._exercise.camera.turning(told)
        if hold is None or self._guide or not self._begins:
            return ""
        if self._begins == "again":
            return self._words("begin_again", seconds=round(hold.target_s))
        return self._words("hold")

    def _shown(self, t: float, feedback: Feedback, say: list[str]) -> Screen:
        if self.stage in (Stage.RESTING, Stage.DONE):
            return replace(self._still(t), say=self._heard(t, say))
        heard = self._heard(t, say)
        caption, tone = self._sentence(t, feedback)
        hold = self._exercise.hold
        side = "" if feedback.side == "both" else feedback.side
        count, of = self._progress.count(feedback.side), self._progress.wanted
        share = feedback.progress if hold is None else feedback.hold_s / hold.target_s
        if self._guide:
            count, of = feedback.count, self._guide.reps
            share = count / of
        return Screen(
            stage=self.stage,
            count=count,
            of=of,
            side=side,
            seconds=self._seconds(t, feedback),
            progress=round(min(1.0, max(0.0, share)), 3),
            phase=self._phase(feedback),
            caption=caption,
            tone=tone,
            say=heard,
            highlight=tuple(INDEX[name] for name in feedback.highlight),
            seen=feedback.ready,
            set_number=self._set_number,
            sets=self.settings.dose.sets,
        )

    def _sentence(self, t: float, feedback: Feedback) -> tuple[str, Tone]:
        """What is to be read: the pause, else advice for as long as it is due, else the last cue for a while."""
        if self.stage is Stage.PAUSED:
            return self._words("paused"), "advice"
        if self.stage is Stage.COUNTDOWN:
            return self._words("begin"), "guide"
        text, tone, shown_s = self._caption
        if text and t - shown_s < CUE_S:
            return text, tone
        if feedback.advice is not None:
            return feedback.advice.text, "advice"
        return "", ""

    def _seconds(self, t: float, feedback: Feedback) -> int | None:
        if self.stage is Stage.COUNTDOWN:
            return max(1, ceil(COUNTDOWN_S - (t - self._since) - 1e-6))
        if self._left is not None:
            return self._left.take(feedback)
        top_s = self._voice.top_s
        if top_s is None or feedback.phase != "peak":
            return None
        return max(0, ceil(top_s - feedback.hold_s - 1e-6))

    def _phase(self, feedback: Feedback) -> str:
        repetition = self.settings.exercise.repetition
        if repetition is None or feedback.phase not in ("rest", "out", "peak", "back"):
            return ""
        return str(getattr(repetition.phases, feedback.phase))

    def _still(self, t: float) -> Screen:
        """The screen while nothing is judged: a rest, and the end."""
        caption, seconds = "", None
        if self.stage is Stage.RESTING:
            seconds = max(0, ceil(self.settings.dose.rest_s - (t - self._since) - 1e-6))
            sets, rest = self.settings.dose.sets, round(self.settings.dose.rest_s)
            caption = self._words("set_done", n=len(self._results), of=sets, seconds=rest)
        elif self.stage is Stage.DONE:
            caption = self._summed_up()
        last = self._results[-1:]
        count = sum(result.counted for result in last)
        of = self._progress.wanted * max(1, len(self.settings.sides))
        if self._guide:
            count, of = sum(held.led for result in last for held in result.holds), self._guide.reps
        return Screen(
            self.stage,
            count,
            of,
            seconds=seconds,
            caption=caption,
            tone="guide",
            set_number=self._set_number,
            sets=self.settings.dose.sets,
        )

    def _heard(self, t: float, say: list[str]) -> str:
        """What is spoken aloud of what there is to say, as the person chose; it is kept as said."""
        if self.settings.spoken == "nothing":
            return ""
        if self.settings.spoken == "counting":
            say = [sentence for sentence in say if sentence.isdigit()]
        text = spoken_together(say)
        if text:
            self._said.append((round(t, 2), text))
        return text


def _tone(kind: str) -> Tone:
    """How a cue of a kind is shown."""
    return kind if kind in ("advice", "fault", "why_not", "praise") else "guide"  # type: ignore[return-value]
