"""What ended in a set, as it is kept: repetitions, holds, and whole movements that did not count."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from coach.judge.checks import joints_of
from coach.judge.exercise import Check, Exercise
from coach.judge.lane import LaneUpdate
from coach.judge.notes import Notes
from coach.judge.overlooked import Rows
from coach.judge.results import HeldPose, Rep
from coach.judge.say import say
from coach.judge.verdicts import Judgement, Verdict, cannot_judge
from coach.language import Words
from coach.pose import Side, other

Part = TypeVar("Part", Rep, HeldPose)
BETWEEN: Final = 1.4  # times as long as a movement takes: another one fits in between, with a pause


class Record:
    """Takes what the lanes say has ended, completes its verdicts, and keeps it.

    notes    why something could not be judged is read from them
    earlier  what had ended of this very set before an interruption; it is counted on from there
    """

    def __init__(self, exercise: Exercise, notes: Notes, earlier: Iterable[Rep | HeldPose] = ()) -> None:
        before = tuple(earlier)
        self.reps = [part for part in before if isinstance(part, Rep)]
        self.holds = [part for part in before if isinstance(part, HeldPose)]
        self.passed_over = Rows()
        self._unclear: set[float] = set()  # when those began of which it is not sure whose they were
        self._exercise, self._notes = exercise, notes
        self._own = say(exercise.language)

    @property
    def parts(self) -> list[Rep | HeldPose]:
        """The repetitions, or the holds of a held pose."""
        return [*self.reps, *self.holds]

    @property
    def counted(self) -> int:
        """Repetitions, or holds, that counted so far."""
        return sum(part.counted for part in self.parts)

    def take(self, update: LaneUpdate, side: Side) -> LaneUpdate:
        """Keep what ended on this frame; the update with it as it was kept."""
        rep, held = update.rep, update.held
        if update.passed_over is not None:
            self.passed_over.take(update.passed_over, self.reps)
        if rep is None and held is None:
            return update
        if rep is not None:
            self._unclear |= set() if update.clear else {rep.start_s}
            rep = self._completed(rep, side)
            self.reps.append(rep)
            self.passed_over.attempt(rep)
        if held is not None and self._is_within_the_others(held):
            held = None
        if held is not None:
            held = self._completed(held, side)
            self.holds.append(held)
        return replace(update, rep=rep, held=held)

    def as_kept(self, held: HeldPose, side: Side) -> HeldPose:
        """A hold that goes on, as it would be kept now."""
        return self._completed(held, side)

    def close(self) -> None:
        """The set is over: everything in the order in which it was done."""
        self.reps.sort(key=lambda rep: rep.start_s)
        self.holds.sort(key=lambda hold: hold.start_s)

    def side_is_done(self, side: Side) -> bool:
        """Whether the dose of this side is just reached, and that of the other one is not."""
        dose = self._exercise.dose
        if not dose.each_side or self._exercise.sides != "each":
            return False
        wanted = dose.reps if self._exercise.repetition is not None and dose.reps is not None else 1
        done = Counter(part.side for part in self.parts if part.counted)
        return done[side] == wanted and done[other(side)] < wanted

    def _is_within_the_others(self, held: HeldPose) -> bool:
        """Whether a hold of the other side lasted all the while: nobody holds both, the model mixed up the legs."""
        return any(
            kept.side != held.side and kept.start_s <= held.start_s and held.end_s <= kept.end_s
            for kept in self.holds
        )

    def _completed(self, part: Part, side: Side) -> Part:
        """Fill in which joints were at fault, and from the notes why something could not be judged."""
        verdicts: dict[str, Verdict] = {}
        for name, verdict in part.verdicts.items():
            check = self._exercise.checks[name]
            if check.order is not None and isinstance(part, Rep):
                verdict = in_order(check, part, self.reps, self._own, self._unclear)
            elif verdict.verdict is Judgement.CANNOT_JUDGE and not verdict.reason:
                verdict = cannot_judge(self._notes.reason(name, part.start_s, part.end_s))
            if verdict.verdict is Judgement.FAULT:
                verdict = verdict.model_copy(update={"joints": joints_of(check, side)})
            verdicts[name] = verdict
        return part.model_copy(update={"verdicts": verdicts})


def in_order(
    check: Check, rep: Rep, earlier: Sequence[Rep], own: Words, unclear: Container[float] = ()
) -> Verdict:
    """Whether a repetition is of the other side than the one before it.

    What did not count is no turn of its own: who tries again with the same leg keeps the order.  Where another one
    fits between the two, with a pause, the other side's may have gone unseen.

    unclear  when those began of which it is not sure whose they were
    """
    if rep.why_not is not None:
        return cannot_judge(rep.why_not)
    before = next((r for r in reversed(earlier) if r.counted or r.side != rep.side), None)
    if before is None or rep.side != before.side:
        return Verdict(verdict=Judgement.PASS)
    if rep.start_s - before.end_s >= BETWEEN * (rep.end_s - rep.start_s):
        return Verdict(verdict=Judgement.UNSURE, reason=own("reason.between"))
    if rep.start_s in unclear or before.start_s in unclear:
        return Verdict(verdict=Judgement.UNSURE, reason=own("reason.whose"))
    return Verdict(verdict=Judgement.FAULT, reason=check.why, at_s=rep.peak_s)
