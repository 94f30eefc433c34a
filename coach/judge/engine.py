"""The engine: one frame in, feedback out; at the end, the result of the set.

It depends on the frames and their clock alone, so the same video gives the same result every time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from coach.judge.checks import joints_of
from coach.judge.exercise import Exercise
from coach.judge.lane import LaneUpdate
from coach.judge.lanes import Followed, Lanes
from coach.judge.notes import Notes
from coach.judge.other_side import OtherSide
from coach.judge.prompts import Prompts
from coach.judge.record import Record
from coach.judge.results import (
    FORMAT_VERSION,
    Cue,
    Feedback,
    HeldPose,
    Rep,
    SetResult,
    SidedOrBoth,
    faults_of,
    ranges_of,
    sided,
    symmetry_of,
)
from coach.judge.rules import rules_of
from coach.judge.say import say
from coach.judge.scene import Onlooker, Scene
from coach.judge.verdicts import Judgement
from coach.motion import Body, ErrorTable, SeenErrors, position_of
from coach.pose import Likeness, PoseFrame, Side


class Engine:
    """Coaches one set of one exercise::

    engine = Engine(load_exercise("squat"))
    for frame in track:
        feedback = engine.step(frame)
    result = engine.finish()

    earlier: what had ended of this very set before an interruption; it is counted on from there.
    """

    def __init__(
        self,
        exercise: Exercise,
        side: Side | None = None,
        errors: ErrorTable | None = None,
        earlier: Iterable[Rep | HeldPose] = (),
    ) -> None:
        self.exercise = exercise
        if exercise.sides != "each":  # both move at once, or take turns: of one alone nothing could be told
            side = None
        self._errors = SeenErrors(exercise.measured_as, errors)
        self._onlooker = Onlooker(exercise)
        self._lanes = Lanes(exercise, side, self._errors)
        self._notes = Notes(exercise)
        self._record = Record(exercise, self._notes, earlier)
        self._prompts = Prompts(exercise, side, self._lanes, self._record)
        self._other_side: OtherSide | None = None
        if side is not None:
            self._other_side = OtherSide(exercise, side, self._lanes, self._record.passed_over, self._errors)
        self._checks: dict[str, Judgement] = {}
        self._first_t = min((part.start_s for part in self._record.parts), default=None)
        self._last_t = 0.0

    @property
    def counted(self) -> int:
        """Repetitions, or holds, that counted so far."""
        return self._record.counted

    def step(self, frame: PoseFrame, *, speaks: bool = True, hushed: bool = False) -> Feedback:
        """Take the next frame; its time must not be before the last one's.

        speaks  False while nobody would say a cue: none is chosen, and what is due is told later
        hushed  something is being said, which only what is true but now may cut off
        """
        if self._first_t is None:
            self._first_t = frame.t
        self._last_t = frame.t
        self._errors.seen_by(frame.model)
        beside = self._cut() if frame.cut else []
        scene = self._onlooker.step(frame)
        followed = {
            side: replace(one, update=self._record.take(one.update, side))
            for side, one in self._lanes.step(scene).items()
        }
        beside += self._kept(self._lanes.step_unseen(scene, followed))
        side = self._lanes.shown(followed)
        wrong_side = self._does_the_other_side(scene)
        self._notes.take(scene.frame, scene.body, scene.situation, followed[side].gate, side)
        cue = None
        if speaks:
            one = followed[side]
            cue = self._prompts.choose(frame.t, side, one, wrong_side=wrong_side, hushed=hushed)
        return _told_too(self._feedback(scene, side, followed, cue), beside)

    def held_so_far(self, side: SidedOrBoth) -> HeldPose | None:
        """The hold of a side that has its time and goes on, as it would be kept now; None where there is none."""
        found = self._lanes.held_so_far(side)
        return None if found is None else self._record.as_kept(found[1], found[0])

    def finish(self, *, goes_on: bool = False) -> SetResult:
        """The end of the set: what was under way is closed, and everything is summed up.

        goes_on  the recording does, and only nobody watches any further: a repetition that is unfinished for that is
                 left out, with all that was said while it lasted
        """
        ended = self._lanes.finish()
        if goes_on:
            ended = [(side, update) for side, update in ended if not _is_unfinished(update.rep)]
        self._kept(ended)
        self._record.close()
        return self._result()

    def _cut(self) -> list[LaneUpdate]:
        """Nothing before this moment continues; what ended by it."""
        self._onlooker.cut()
        if self._other_side is not None:
            self._other_side.cut()
        return self._kept(self._lanes.cut())

    def _kept(self, ended: Iterable[tuple[Side, LaneUpdate]]) -> list[LaneUpdate]:
        return [self._record.take(update, side) for side, update in ended]

    def _does_the_other_side(self, scene: Scene) -> bool:
        """Whether it is not the side that was asked for; once anything of that counted, it is not told any more."""
        if self._other_side is None:
            return False
        return self._other_side.is_done(scene) and not self.counted

    def _feedback(
        self, scene: Scene, side: Side, followed: Mapping[Side, Followed], cue: Cue | None
    ) -> Feedback:
        gate, update = followed[side].gate, followed[side].update
        self._judge_now(update)
        at_fault = [self.exercise.checks[name] for name in update.faults]
        return Feedback(
            t=scene.frame.t,
            ready=gate.ready,
            phase=update.phase if gate.ready else "",
            count=self.counted if self.exercise.judged else update.led,
            attempts=len(self._record.parts),
            hold_s=update.hold_s,
            side=sided(side, self.exercise.sides == "both"),
            progress=update.progress,
            view=scene.situation.view,
            advice=gate.advice,
            cue=cue,
            checks=dict(self._checks),
            highlight=tuple(joint for check in at_fault for joint in joints_of(check, side)),
            rep=update.rep,
            held=update.held,
            reached=update.reached,
            signal=update.signal,
            angle=update.angle,
            lanes={of: (one.update.signal, one.update.angle) for of, one in followed.items()},
        )

    def _judge_now(self, update: LaneUpdate) -> None:
        """The checks as they are just now, or were in the last repetition; after a hold comes another hold."""
        if update.rep is not None:
            self._checks = {name: v.verdict for name, v in update.rep.verdicts.items()}
        if update.held is not None:
            self._checks = {}
        self._checks |= dict.fromkeys(update.faults, Judgement.FAULT)

    # --- the whole set ------------------------------------------------------------------------------

    def _result(self) -> SetResult:
        parts, reps = self._record.parts, self._record.reps
        faults, ranges, exercised = faults_of(parts), ranges_of(reps), _span(parts)
        return SetResult(
            exercise=self.exercise.id,
            name=self.exercise.name,
            duration_s=round(self._last_t - (self._first_t or 0.0), 3),
            counted=self.counted,
            attempts=len(parts),
            reps=tuple(reps),
            holds=tuple(self._record.holds),
            not_judged=self._notes.not_judged(exercised, parts),
            advice=(*self._what_did_not_count(), *self._notes.advice(exercised)),
            faults={name: faults[name] for name in self.exercise.checks if faults[name]},
            range_of_motion=ranges,
            symmetry_percent=symmetry_of(ranges),
            view=self._notes.view(exercised),
            seen_share=self._notes.seen_share(),
            versions=self._versions(),
            rules=rules_of(self.exercise),
        )

    def _versions(self) -> dict[str, str]:
        model = self._notes.model()
        known = {"format": str(FORMAT_VERSION), "error_table": self._errors.date}
        return known if model is None else known | {"model": model}

    def _what_did_not_count(self) -> Iterable[str]:
        own = say(self.exercise.language)
        for says, kind, n in self._record.passed_over.told():
            yield own(f"passed_over.{kind}", next=says, n=n)


def likeness(exercise: Exercise) -> Likeness:
    """How much somebody looks like one doing this exercise: 1 in one of its positions, else 0."""
    return lambda frame: float(str(position_of(Body.of(frame))) in exercise.position)


def _is_unfinished(rep: Rep | None) -> bool:
    return rep is not None and rep.why_not_code == "unfinished"


def _span(parts: Sequence[Rep | HeldPose]) -> tuple[float, float] | None:
    """From when to when somebody exercised; None where nothing was tried."""
    if not parts:
        return None
    return min(part.start_s for part in parts), max(part.end_s for part in parts)


def _told_too(feedback: Feedback, beside: Sequence[LaneUpdate]) -> Feedback:
    """The feedback with what ended beside the side that is shown; of two the first."""
    rep = next((update.rep for update in beside if update.rep is not None), None)
    held = next((update.held for update in beside if update.held is not None), None)
    if rep is None and held is None:
        return feedback
    return replace(feedback, rep=feedback.rep or rep, held=feedback.held or held)
