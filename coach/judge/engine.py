"""The engine: one frame in, feedback out; at the end, the result of the set.

It depends on the frames and their clock alone, so the same video gives the same result every time.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from coach.judge.belief import Belief
from coach.judge.cues import REPEAT_S, Candidate, CueChooser
from coach.judge.exercise import Exercise
from coach.judge.hold_lane import HoldLane
from coach.judge.lane import LaneUpdate, Seen
from coach.judge.notes import Notes
from coach.judge.overlooked import Rows
from coach.judge.readiness import Readiness, readiness
from coach.judge.rep_lane import RepLane
from coach.judge.results import (
    FORMAT_VERSION,
    Cue,
    Feedback,
    HeldPose,
    Rep,
    SetResult,
    faults_of,
    ranges_of,
    sided,
    symmetry_of,
)
from coach.judge.say import say
from coach.judge.verdicts import Judgement, Verdict, cannot_judge
from coach.motion import Body, ErrorTable, Observer, Situation, load_errors, position_of
from coach.pose import PoseFrame, Side, other

Lane = RepLane | HoldLane
Part = TypeVar("Part", Rep, HeldPose)
URGENT_WHY_NOT, URGENT_ADVICE, URGENT_PRAISE = 5, 6, 0
PASSED_OVER = "passed_over"
LEAD = "lead."
LEFT_POSE = "left_pose"
WAITS_AGAIN_S = 15.0  # who keeps still short of the pose, or does the wrong side, is told again
RESTS_S = 8.0  # who keeps still for longer after a hold does not mean the next one yet
CLEARLY_S = 3.0  # a pose that is held for so long is meant
BETWEEN = 1.4  # times as long as a movement takes: another one fits in between, with a pause


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
        self._errors = (errors or load_errors()).of(exercise.measured_as)
        self._own = say(exercise.language)
        self._side = side
        # Of repetitions of one side the other leg is watched as well: if it wavers it shall not seem to have tried.
        wavers = exercise.hold is not None or exercise.sides != "each"
        self._belief = Belief(exercise.seen) if wavers else None
        self._observer = Observer()
        self._lanes: dict[Side, Lane] = {}
        self._near: Side | None = None
        # Of the side that was not asked for, until something of the other one is kept.
        self._beside: Lane | None = None
        self._cues = CueChooser()
        before = tuple(earlier)
        self._reps = [part for part in before if isinstance(part, Rep)]
        self._holds = [part for part in before if isinstance(part, HeldPose)]
        self._checks: dict[str, Judgement] = {}
        # Checks at fault that were not seen to pass since, of the side on which they were.
        self._faulty: dict[str, frozenset[str]] = {}
        self._notes = Notes(exercise)
        self._passed_over = Rows()
        self._first_t = min((part.start_s for part in before), default=None)
        self._last_t = 0.0

    # --- one frame ----------------------------------------------------------------------------------

    def step(self, frame: PoseFrame, *, speaks: bool = True) -> Feedback:
        """Take the next frame; its time must not be before the last one's.

        speaks  False while nobody would say a cue: none is chosen, and what is due is told later
        """
        if self._first_t is None:
            self._first_t = frame.t
        self._last_t = frame.t
        beside = self._cut() if frame.cut else LaneUpdate()
        if self._belief is not None:
            frame = self._belief.step(frame)
        body = Body.of(frame)
        situation = self._observer.step(frame.t, body)
        sides = self._sides(situation)
        gates = {side: readiness(self.exercise, frame, body, situation, side) for side in sides}
        updates = {
            side: self._lane(side).step(Seen(frame, body, situation, gate.ready, gate.elsewhere))
            for side, gate in gates.items()
        }
        updates = {side: self._record(update, side) for side, update in updates.items()}
        if self.exercise.sides == "alternating":
            self._take_turns()
        # Who turned round shows the other side now: what this one did goes on unseen, and ends.
        for side in self._lanes.keys() - updates.keys():
            hidden = self._lanes[side].step(Seen(frame, body, situation, ready=False))
            beside = _told_too(beside, self._record(hidden, side))
        shown = self._shown(updates, gates, {side for side, lane in self._lanes.items() if _holds(lane)})
        wrong_side = self._is_of_the_side_not_asked_for(frame, body, situation)
        self._notes.take(frame, body, situation, gates[shown], shown)
        candidates = self._candidates(updates[shown], gates[shown], shown, wrong_side) if speaks else []
        feedback = self._feedback(frame.t, shown, updates, gates[shown], situation, candidates)
        if beside.rep is None and beside.held is None:
            return feedback
        return replace(feedback, rep=feedback.rep or beside.rep, held=feedback.held or beside.held)

    def finish(self) -> SetResult:
        """The end of the set: what was under way is closed, and everything is summed up."""
        for side, lane in self._lanes.items():
            self._record(lane.finish(), side)
        self._reps.sort(key=lambda rep: rep.start_s)
        self._holds.sort(key=lambda hold: hold.start_s)
        return self._result()

    def _cut(self) -> LaneUpdate:
        """Nothing before this moment continues; what ended by it."""
        if self._belief is not None:
            self._belief.reset()
        self._observer.reset()
        ended = LaneUpdate()
        for side, lane in self._lanes.items():
            ended = _told_too(ended, self._record(lane.cut(), side))
        return ended

    def _lane(self, side: Side) -> Lane:
        if side not in self._lanes:
            self._lanes[side] = self._new_lane(side)
        return self._lanes[side]

    def _take_turns(self) -> None:
        for side, lane in self._lanes.items():
            fellow = self._lanes.get(other(side))
            if isinstance(lane, RepLane) and isinstance(fellow, RepLane):
                lane.takes_turns_with(fellow)

    def _new_lane(self, side: Side) -> Lane:
        kind = RepLane if self.exercise.repetition is not None else HoldLane
        return kind(self.exercise, side, self._errors)

    def _sides(self, situation: Situation) -> tuple[Side, ...]:
        """The sides to measure: the near one where both move alike, else the one asked for, or both."""
        if self.exercise.sides == "both":
            if self._near is None or situation.view in ("side", "three_quarter"):
                self._near = situation.near
            return (self._near,)
        return (self._side,) if self._side is not None else ("left", "right")

    @staticmethod
    def _shown(
        updates: dict[Side, LaneUpdate], gates: dict[Side, Readiness], holding: Collection[Side]
    ) -> Side:
        """The side on which something just ended, else the one that is furthest in its movement, ready ones first.

        A pose that is held goes before: if a joint of its leg is hidden for a moment the other leg is no answer.
        """

        def order(side: Side) -> tuple[bool, bool, bool, float, float]:
            update = updates[side]
            ended = update.rep is not None or update.held is not None
            return ended, side in holding, gates[side].ready, update.hold_s, update.progress

        return max(updates, key=order)

    def _record(self, update: LaneUpdate, side: Side) -> LaneUpdate:
        """Keep what ended on this frame; the update with it as it was kept."""
        rep, held = update.rep, update.held
        if update.passed_over is not None:
            self._passed_over.take(update.passed_over, self._reps)
        if rep is None and held is None:
            return update
        if rep is not None and self._is_a_shadow(rep, side):
            rep = None
        if rep is not None:
            rep = self._completed(rep, side)
            self._reps.append(rep)
            self._passed_over.attempt(rep)
        if held is not None and self._is_of_the_other_side(held, side):
            held = None
        if held is not None:
            held = self._completed(held, side)
            self._holds.append(held)
        return replace(update, rep=rep, held=held)

    def _is_a_shadow(self, rep: Rep, side: Side) -> bool:
        """Whether the other side's movement was under way all the while, and larger, or is followed on.

        Nobody moves both sides at once: the model lets one leg follow the other.  One that is lost from sight while the
        other side's is seen is the same movement: of a step both legs read the rise of the body, and so is one that
        begins and ends within it, as of the foot that is brought up beside the other.
        """
        lane, fellow = self._lanes[side], self._lanes.get(other(side), self._beside)
        if not (isinstance(lane, RepLane) and isinstance(fellow, RepLane)):
            return False
        assert self.exercise.repetition is not None  # its lanes are those of repetitions
        lost = rep.why_not == self.exercise.repetition.why_not.lost
        if lost:
            return fellow.follows_since(rep.start_s)
        within = self.exercise.sides == "each" and fellow.includes(self._last_t, rep.start_s)
        return within or fellow.outdoes(rep.start_s, lane.went)

    def _is_of_the_side_not_asked_for(self, frame: PoseFrame, body: Body, situation: Situation) -> bool:
        """Whether somebody who was asked for one side does the other: a repetition just ended, or a pose is held.

        It is told, and neither kept nor counted; once there is anything of the side asked for, nobody looks any more.
        """
        if self._side is None or self.exercise.sides != "each" or self._reps or self._holds:
            return False
        side, own = other(self._side), self._lanes[self._side]
        if self._beside is None:
            self._beside = self._new_lane(side)
        gate = readiness(self.exercise, frame, body, situation, side)
        update = self._beside.step(Seen(frame, body, situation, gate.ready))
        if update.rep is not None:
            self._passed_over.attempt(update.rep)
        if isinstance(own, RepLane) and isinstance(self._beside, RepLane) and update.rep is not None:
            return update.rep.counted and not own.outdoes(update.rep.start_s, self._beside.went)
        return update.phase == "hold" and update.hold_s >= CLEARLY_S and not _holds(own)

    def _is_of_the_other_side(self, held: HeldPose, side: Side) -> bool:
        """Whether the other side's pose was held all the while: nobody holds both, the model mixed up the legs."""
        fellow = self._lanes.get(other(side))
        through = isinstance(fellow, HoldLane) and fellow.holds_through(held.start_s, held.end_s)
        return through or any(
            kept.side != held.side and kept.start_s <= held.start_s and held.end_s <= kept.end_s
            for kept in self._holds
        )

    def _completed(self, part: Part, side: Side) -> Part:
        """Fill in which joints were at fault, and from the notes why something could not be judged."""
        verdicts: dict[str, Verdict] = {}
        for name, verdict in part.verdicts.items():
            if self.exercise.checks[name].order is not None and isinstance(part, Rep):
                verdict = self._in_order(name, part)
            elif verdict.verdict is Judgement.CANNOT_JUDGE and not verdict.reason:
                verdict = cannot_judge(self._notes.reason(name, part.start_s, part.end_s))
            if verdict.verdict is Judgement.FAULT:
                verdict = verdict.model_copy(update={"joints": self._joints(name, side)})
            verdicts[name] = verdict
        return part.model_copy(update={"verdicts": verdicts})

    def _in_order(self, name: str, rep: Rep) -> Verdict:
        """Whether a repetition is of the other side than the one before it.

        What did not count is no turn of its own: who tries again with the same leg keeps the order.  Where another one
        fits between the two, with a pause, the other side's may have gone unseen.
        """
        if rep.why_not is not None:
            return cannot_judge(rep.why_not)
        before = next((r for r in reversed(self._reps) if r.counted or r.side != rep.side), None)
        if before is None or rep.side != before.side:
            return Verdict(verdict=Judgement.PASS)
        if rep.start_s - before.end_s >= BETWEEN * (rep.end_s - rep.start_s):
            return Verdict(verdict=Judgement.UNSURE, reason=self._own("reason.between"))
        return Verdict(verdict=Judgement.FAULT, reason=self.exercise.checks[name].why, at_s=rep.peak_s)

    # --- feedback -----------------------------------------------------------------------------------

    def _feedback(
        self,
        t: float,
        side: Side,
        updates: Mapping[Side, LaneUpdate],
        gate: Readiness,
        situation: Situation,
        candidates: list[Candidate],
    ) -> Feedback:
        lane, update = self._lanes[side], updates[side]
        rep = update.rep
        if rep is not None:
            self._checks = {name: v.verdict for name, v in rep.verdicts.items()}
        if update.held is not None:
            self._checks = {}  # what comes next is another hold
        for name in update.faults:
            self._checks[name] = Judgement.FAULT
        cue = self._cues.choose(t, candidates)
        if cue is not None:
            self._said(cue, lane, update)
        return Feedback(
            t=t,
            ready=gate.ready,
            phase=update.phase if gate.ready else "",
            count=self.counted if self.exercise.judged else update.led,
            attempts=len(self._reps) + len(self._holds),
            hold_s=update.hold_s,
            side=sided(side, self.exercise.sides == "both"),
            progress=update.progress,
            view=situation.view,
            advice=gate.advice,
            cue=cue,
            checks=dict(self._checks),
            highlight=tuple(j for name in update.faults for j in self._joints(name, side)),
            rep=rep,
            held=update.held,
            reached=update.reached,
            signal=update.signal,
            angle=update.angle,
            lanes={of: (each.signal, each.angle) for of, each in updates.items()},
        )

    def _said(self, cue: Cue, lane: Lane, update: LaneUpdate) -> None:
        """Whoever waits for it to be said learns that it was."""
        if cue.code in update.faults:
            lane.spoke(cue.code, update.faults[cue.code])
        elif cue.code == PASSED_OVER:
            self._passed_over.said()
        elif cue.code.startswith(LEAD):
            lane.led()
        elif cue.code == LEFT_POSE and isinstance(lane, HoldLane):
            lane.told_left()

    def _candidates(
        self, update: LaneUpdate, gate: Readiness, side: Side, wrong_side: bool
    ) -> list[Candidate]:
        found = [self._fault(name, side, self._lanes[side].times_spoken(name)) for name in update.faults]
        if wrong_side:
            text = self.exercise.camera.turning(self._own(f"wrong_side.{self._side}"))
            found.append(Candidate(Cue("wrong_side", text, "guide"), URGENT_WHY_NOT, WAITS_AGAIN_S))
        if update.rep is not None:
            found += self._after(update.rep, side)
        hold = self.exercise.hold
        if update.left_pose and hold is not None:
            found.append(Candidate(Cue(LEFT_POSE, hold.left, "hold"), URGENT_ADVICE))
        if not self._any_moving() and (passed := self._passed_over.due()) is not None:
            text = passed.says if passed.kind == "small" else self._own("passed_over", next=passed.says)
            found.append(Candidate(Cue(PASSED_OVER, text, "why_not"), URGENT_WHY_NOT))
        # Once a hold counted, who keeps still for long rests.
        rests = update.waited_s >= RESTS_S and any(hold.counted for hold in self._holds)
        if update.waits_for is not None and not rests and not wrong_side:
            text = self._own("waits_for", next=update.waits_for.says)
            waits = Cue(f"waits_for.{update.waits_for.measure}", text, "guide")
            found.append(Candidate(waits, URGENT_PRAISE, WAITS_AGAIN_S))
        if update.not_entered and hold is not None and hold.entry is not None:
            found.append(Candidate(Cue("entry", hold.entry.says, "guide"), URGENT_PRAISE))
        if update.lead and hold is not None and hold.guide is not None:
            text = hold.guide.rest if update.lead == "rest" else hold.guide.hold
            found.append(Candidate(Cue(f"{LEAD}{update.lead}", text, "guide"), URGENT_ADVICE, again_s=0.0))
        if (update.rep is not None or update.held is not None) and self._side_is_done(side):
            text = self.exercise.camera.turning(self._own("other_side"))
            found.append(Candidate(Cue("other_side", text, "guide"), URGENT_WHY_NOT))
        if gate.advice is not None and not (gate.ready or self._any_moving(but_paused=True)):
            found.append(Candidate(gate.advice, URGENT_ADVICE))
        return found

    def _side_is_done(self, side: Side) -> bool:
        """Whether the dose of this side is just reached, and that of the other one is not."""
        dose = self.exercise.dose
        if not dose.each_side or self.exercise.sides != "each" or self._side is not None:
            return False
        wanted = dose.reps if self.exercise.repetition is not None and dose.reps is not None else 1
        done = Counter(part.side for part in self._parts if part.counted)
        return done[side] == wanted and done[other(side)] < wanted

    def _after(self, rep: Rep, side: Side) -> list[Candidate]:
        """What to say when a repetition ended: why it did not count, its worst fault, or praise."""
        if not rep.counted:
            return [Candidate(Cue("why_not", rep.why_not or "", "why_not"), URGENT_WHY_NOT, waits=True)]
        self._cues.drop()
        faults = [n for n, v in rep.verdicts.items() if v.verdict is Judgement.FAULT]
        before = self._faulty.get(rep.side, frozenset())
        now = frozenset(
            name for name in before.union(faults) if rep.verdicts[name].verdict is not Judgement.PASS
        )
        self._faulty[rep.side] = now
        if faults:
            return [self._fault(name, side) for name in faults]
        if before and not now:  # what was wrong was seen to be right, and not merely unseen
            return [Candidate(Cue("praise", self._own("praise"), "praise"), URGENT_PRAISE)]
        return []

    def _fault(self, name: str, side: Side, times: int = 0) -> Candidate:
        """times: how often it was said already, of the pose that is held; each time it is said more seldom."""
        check = self.exercise.checks[name]
        cue = Cue(name, check.cue, "fault", self._joints(name, side))
        return Candidate(cue, check.severity, REPEAT_S * 2 ** max(0, times - 1))

    def _joints(self, name: str, side: Side) -> tuple[str, ...]:
        check = self.exercise.checks[name]
        measured = other(side) if check.side == "other" else side
        return tuple(
            f"{other(measured)}_{j.removeprefix('other_')}" if j.startswith("other_") else f"{measured}_{j}"
            for j in check.highlight
        )

    def _any_moving(self, *, but_paused: bool = False) -> bool:
        return any(lane.moving and not (but_paused and lane.paused) for lane in self._lanes.values())

    @property
    def counted(self) -> int:
        """Repetitions, or holds, that counted so far."""
        return sum(part.counted for part in self._parts)

    @property
    def _parts(self) -> list[Rep | HeldPose]:
        return [*self._reps, *self._holds]

    # --- the whole set ------------------------------------------------------------------------------

    def _result(self) -> SetResult:
        parts = self._parts
        faults, ranges = faults_of(parts), ranges_of(self._reps)
        return SetResult(
            exercise=self.exercise.id,
            name=self.exercise.name,
            duration_s=round(self._last_t - (self._first_t or 0.0), 3),
            counted=self.counted,
            attempts=len(parts),
            reps=tuple(self._reps),
            holds=tuple(self._holds),
            not_judged=self._notes.not_judged(),
            advice=(*self._what_did_not_count(), *self._notes.advice(_span(parts))),
            faults={name: faults[name] for name in self.exercise.checks if faults[name]},
            range_of_motion=ranges,
            symmetry_percent=symmetry_of(ranges),
            view=self._notes.view(),
            seen_share=self._notes.seen_share(),
            versions=self._versions(),
        )

    def _versions(self) -> dict[str, str]:
        model = self._notes.model()
        known = {"format": str(FORMAT_VERSION), "error_table": self._errors.date}
        return known if model is None else known | {"model": model}

    def _what_did_not_count(self) -> Iterable[str]:
        for says, kind, n in self._passed_over.told():
            yield self._own(f"passed_over.{kind}", next=says, n=n)


def likeness(exercise: Exercise) -> Callable[[PoseFrame], float]:
    """How much somebody looks like one doing this exercise: 1 in one of its positions, else 0."""
    return lambda frame: float(str(position_of(Body.of(frame))) in exercise.position)


def _span(parts: Sequence[Rep | HeldPose]) -> tuple[float, float] | None:
    """From when to when somebody exercised; None where nothing counted."""
    if not any(part.counted for part in parts):
        return None
    return min(part.start_s for part in parts), max(part.end_s for part in parts)


def _holds(lane: Lane) -> bool:
    """Whether a pose is held, or was a moment ago and is not done with."""
    return isinstance(lane, HoldLane) and lane.moving and not (lane.paused and lane.reached)


def _told_too(one: LaneUpdate, two: LaneUpdate) -> LaneUpdate:
    """What ended in either of two updates; of two the first."""
    return LaneUpdate(rep=one.rep or two.rep, held=one.held or two.held)
