"""The engine: one frame in, feedback out; at the end, the result of the set.

It depends on the frames and their clock alone, so the same video gives the same result every time.
"""

from collections import Counter
from collections.abc import Callable
from typing import Final, TypeVar

import numpy as np

from coach.judge.cues import Candidate, CueChooser
from coach.judge.exercise import Exercise
from coach.judge.hold_lane import HoldLane
from coach.judge.lane import LaneUpdate, Seen
from coach.judge.readiness import Readiness, readiness
from coach.judge.rep_lane import RepLane, is_clean
from coach.judge.results import (
    Cue,
    Feedback,
    HeldPose,
    NotJudged,
    RangeOfMotion,
    Rep,
    SetResult,
    SidedOrBoth,
    sided,
)
from coach.judge.samples import Probe
from coach.judge.verdicts import Judgement, Verdict, cannot_judge
from coach.motion import Body, ErrorTable, Observer, Situation, load_errors, position_of
from coach.pose import PoseFrame, Side, other

Lane = RepLane | HoldLane
Part = TypeVar("Part", Rep, HeldPose)
TICK_S: Final = 0.2  # how often the engine writes down why something cannot be judged
WORTH_SAYING: Final = 0.05  # share of the time below which something unseen is not reported
URGENT_WHY_NOT, URGENT_ADVICE, URGENT_PRAISE = 5, 6, 0


class Engine:
    """Coaches one set of one exercise.

    >>> engine = Engine(load_exercise("squat"))
    >>> for frame in track: feedback = engine.step(frame)
    >>> result = engine.finish()
    """

    def __init__(
        self, exercise: Exercise, side: Side | None = None, errors: ErrorTable | None = None
    ) -> None:
        self.exercise = exercise
        self._errors = errors or load_errors()
        self._side = side
        self._observer = Observer()
        self._lanes: dict[Side, Lane] = {}
        self._near: Side | None = None
        self._cues = CueChooser()
        self._reps: list[Rep] = []
        self._holds: list[HeldPose] = []
        self._checks: dict[str, Judgement] = {}
        self._was_faulty = False
        self._notes = Notes(exercise)
        self._first_t: float | None = None
        self._last_t = 0.0

    # --- one frame ----------------------------------------------------------------------------------

    def step(self, frame: PoseFrame) -> Feedback:
        """Take the next frame; its time must not be before the last one's."""
        if self._first_t is None:
            self._first_t = frame.t
        self._last_t = frame.t
        if frame.cut:
            self._cut()
        body = Body.of(frame)
        situation = self._observer.step(frame.t, body)
        sides = self._sides(situation)
        gates = {side: readiness(self.exercise, frame, body, situation, side) for side in sides}
        updates = {
            side: self._lane(side).step(Seen(frame, body, situation, gates[side].ready)) for side in sides
        }
        for update in updates.values():
            self._record(update)
        shown = self._shown(updates, gates)
        self._notes.take(frame, body, situation, gates[shown], shown)
        return self._feedback(frame.t, shown, updates[shown], gates[shown], situation)

    def finish(self) -> SetResult:
        """The end of the set: what was under way is closed, and everything is summed up."""
        for lane in self._lanes.values():
            ended = lane.finish()
            if isinstance(ended, Rep):
                self._reps.append(ended)
            elif isinstance(ended, HeldPose):
                self._holds.append(ended)
        self._reps.sort(key=lambda rep: rep.start_s)
        self._holds.sort(key=lambda hold: hold.start_s)
        return self._result()

    def _cut(self) -> None:
        self._observer.reset()
        for lane in self._lanes.values():
            self._record(lane.cut())

    def _lane(self, side: Side) -> Lane:
        if side not in self._lanes:
            kind = RepLane if self.exercise.repetition is not None else HoldLane
            self._lanes[side] = kind(self.exercise, side, self._errors)
        return self._lanes[side]

    def _sides(self, situation: Situation) -> tuple[Side, ...]:
        """The sides to measure: the near one where both move alike, else the one asked for, or both."""
        if self.exercise.sides == "both":
            if self._near is None or situation.view in ("side", "three_quarter"):
                self._near = situation.near
            return (self._near,)
        return (self._side,) if self._side is not None else ("left", "right")

    @staticmethod
    def _shown(updates: dict[Side, LaneUpdate], gates: dict[Side, Readiness]) -> Side:
        """The side that is furthest in its movement, ready ones first."""
        return max(
            updates, key=lambda side: (gates[side].ready, updates[side].hold_s, updates[side].progress)
        )

    def _record(self, update: LaneUpdate) -> None:
        if update.rep is not None:
            self._reps.append(self._with_reasons(update.rep))
        if update.held is not None:
            self._holds.append(self._with_reasons(update.held))

    def _with_reasons(self, part: Part) -> Part:
        """Fill in why something could not be judged, from what was noted meanwhile."""
        verdicts: dict[str, Verdict] = {}
        for name, verdict in part.verdicts.items():
            if verdict.verdict is Judgement.CANNOT_JUDGE and not verdict.reason:
                verdict = cannot_judge(self._notes.reason(name, part.start_s, part.end_s))
            verdicts[name] = verdict
        return part.model_copy(update={"verdicts": verdicts})

    # --- feedback -----------------------------------------------------------------------------------

    def _feedback(
        self, t: float, side: Side, update: LaneUpdate, gate: Readiness, situation: Situation
    ) -> Feedback:
        lane = self._lanes[side]
        rep = update.rep
        if rep is not None:
            self._checks = {name: v.verdict for name, v in rep.verdicts.items()}
        for name in update.faults:
            self._checks[name] = Judgement.FAULT
        cue = self._cues.choose(t, self._candidates(update, gate, side))
        if cue is not None and cue.code in update.faults:
            lane.spoke(cue.code, update.faults[cue.code])
        return Feedback(
            t=t,
            ready=gate.ready,
            phase=update.phase if gate.ready else "",
            count=self.counted,
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
            signal=update.signal,
        )

    def _candidates(self, update: LaneUpdate, gate: Readiness, side: Side) -> list[Candidate]:
        found = [self._fault(name, side) for name in update.faults]
        if update.rep is not None:
            found += self._after(update.rep, side)
        if update.left_pose and self.exercise.hold is not None:
            found.append(Candidate(Cue("left_pose", self.exercise.hold.left, "hold"), URGENT_WHY_NOT))
        if gate.advice is not None and not (gate.ready or self._any_moving()):
            found.append(Candidate(gate.advice, URGENT_ADVICE))
        return found

    def _after(self, rep: Rep, side: Side) -> list[Candidate]:
        """What to say when a repetition ended: why it did not count, its worst fault, or praise."""
        if not rep.counted:
            return [Candidate(Cue("why_not", rep.why_not or "", "why_not"), URGENT_WHY_NOT)]
        faults = [n for n, v in rep.verdicts.items() if v.verdict is Judgement.FAULT]
        was_faulty, self._was_faulty = self._was_faulty, bool(faults)
        if faults:
            return [self._fault(name, side) for name in faults]
        if was_faulty and is_clean(rep):
            return [Candidate(Cue("praise", "That one was right", "praise"), URGENT_PRAISE)]
        return []

    def _fault(self, name: str, side: Side) -> Candidate:
        check = self.exercise.checks[name]
        return Candidate(Cue(name, check.cue, "fault", self._joints(name, side)), check.severity)

    def _joints(self, name: str, side: Side) -> tuple[str, ...]:
        check = self.exercise.checks[name]
        measured = other(side) if check.side == "other" else side
        return tuple(
            f"{other(measured)}_{j.removeprefix('other_')}" if j.startswith("other_") else f"{measured}_{j}"
            for j in check.highlight
        )

    def _any_moving(self) -> bool:
        return any(lane.moving for lane in self._lanes.values())

    @property
    def counted(self) -> int:
        """Repetitions, or holds, that counted so far."""
        return sum(part.counted for part in (*self._reps, *self._holds))

    # --- the whole set ------------------------------------------------------------------------------

    def _result(self) -> SetResult:
        parts = (*self._reps, *self._holds)
        faults = Counter(
            name
            for part in parts
            for name, verdict in part.verdicts.items()
            if verdict.verdict is Judgement.FAULT
        )
        ranges = self._ranges()
        return SetResult(
            exercise=self.exercise.id,
            name=self.exercise.name,
            duration_s=round(self._last_t - (self._first_t or 0.0), 3),
            counted=self.counted,
            attempts=len(parts),
            reps=tuple(self._reps),
            holds=tuple(self._holds),
            not_judged=self._notes.not_judged(),
            advice=self._notes.advice(),
            faults={name: faults[name] for name in self.exercise.checks if faults[name]},
            range_of_motion=ranges,
            symmetry_percent=_symmetry(ranges),
            view=self._notes.view(),
            seen_share=self._notes.seen_share(),
            versions={"format": "1", "error_table": self._errors.date},
        )

    def _ranges(self) -> tuple[RangeOfMotion, ...]:
        found: dict[SidedOrBoth, list[float]] = {}
        for rep in self._reps:
            if rep.counted and rep.range_deg is not None:
                found.setdefault(rep.side, []).append(rep.range_deg)
        return tuple(
            RangeOfMotion(side=side, median_deg=round(float(np.median(v)), 1), best_deg=max(v))
            for side, v in sorted(found.items())
        )


def _symmetry(ranges: tuple[RangeOfMotion, ...]) -> float | None:
    """The smaller side's range by the larger one's, in percent; None unless both sides moved."""
    by_side = {r.side: r.median_deg for r in ranges}
    if "left" not in by_side or "right" not in by_side:
        return None
    low, high = sorted((by_side["left"], by_side["right"]))
    return round(100 * low / high, 1) if high > 0 else None


class Notes:
    """Written down every TICK_S: what could not be judged and why, which advice was given, the view."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._next = -float("inf")
        self._rows: list[tuple[float, dict[str, str]]] = []
        self._advice: Counter[str] = Counter()
        self._views: Counter[str] = Counter()
        self._ticks = self._seen = 0
        self._probes: dict[tuple[str, Side], Probe] = {}

    def take(
        self, frame: PoseFrame, body: Body, situation: Situation, gate: Readiness, side: Side
    ) -> None:
        """Note one frame; frames between ticks are passed over."""
        if frame.t < self._next:
            return
        self._next = frame.t + TICK_S
        self._ticks += 1
        self._seen += frame.found
        if gate.advice is not None:
            self._advice[gate.advice.text] += 1
        if not frame.found or (gate.advice is not None and gate.advice.code == "advice.position"):
            return
        if situation.view is not None:
            self._views[situation.view] += 1
        self._rows.append((frame.t, self._blocked(body, situation, gate, side)))

    def _blocked(self, body: Body, situation: Situation, gate: Readiness, side: Side) -> dict[str, str]:
        row: dict[str, str] = {}
        for name, check in self._exercise.checks.items():
            if check.unseen is not None:
                reason = check.unseen
            elif gate.advice is not None:
                reason = gate.advice.text
            elif check.measure is None:
                reason = ""
            else:
                measured = other(side) if check.side == "other" else side
                reason = self._probe(check.measure, measured).blocked_by(body, situation, check.views)
            if reason:
                row[name] = reason
        return row

    def _probe(self, measure: str, side: Side) -> Probe:
        key = (measure, side)
        if key not in self._probes:
            self._probes[key] = Probe.of(measure, side)
        return self._probes[key]

    def reason(self, check: str, start_s: float, end_s: float) -> str:
        """The most frequent reason for not judging a check between two times."""
        rows = [row for t, row in self._rows if start_s - TICK_S <= t <= end_s]
        reasons = Counter(row[check] for row in rows if check in row)
        return reasons.most_common(1)[0][0] if reasons else "it was not seen for long enough"

    def not_judged(self) -> tuple[NotJudged, ...]:
        """Each check that could not be judged for a share of the time, with its main reason."""
        found = []
        for name in self._exercise.checks:
            reasons = Counter(row[name] for _, row in self._rows if name in row)
            share = reasons.total() / len(self._rows) if self._rows else 0.0
            if share >= WORTH_SAYING:
                reason = reasons.most_common(1)[0][0]
                found.append(NotJudged(check=name, reason=reason, share=round(share, 3)))
        return tuple(found)

    def advice(self) -> tuple[str, ...]:
        """The advice that was due for a share of the time, most frequent first."""
        return tuple(
            text for text, n in self._advice.most_common() if n >= max(2, 2 * WORTH_SAYING * self._ticks)
        )

    def view(self) -> str | None:
        """The view of most of the time."""
        return self._views.most_common(1)[0][0] if self._views else None

    def seen_share(self) -> float:
        """Share of the time in which a person was seen."""
        return round(self._seen / self._ticks, 3) if self._ticks else 0.0


def likeness(exercise: Exercise) -> Callable[[PoseFrame], float]:
    """How much somebody looks like one doing this exercise: 1 in one of its positions, else 0."""
    return lambda frame: float(str(position_of(Body.of(frame))) in exercise.position)
