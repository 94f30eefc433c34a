"""What there is to say on a frame: faults, why something did not count, what is missing, whose turn it is, praise."""

from collections.abc import Iterator
from typing import Final

from coach.judge.checks import joints_of
from coach.judge.cues import REPEAT_S, Candidate, CueChooser
from coach.judge.exercise import Exercise
from coach.judge.hold_lane import WAITS_S, HoldLane
from coach.judge.lane import LaneUpdate
from coach.judge.lanes import Followed, Lanes
from coach.judge.record import Record
from coach.judge.results import Cue, Rep, faults_of
from coach.judge.say import say
from coach.judge.verdicts import Judgement
from coach.pose import Side

URGENT_WHY_NOT: Final = 5
URGENT_ADVICE: Final = 6
URGENT_PRAISE: Final = 0
PASSED_OVER: Final = "passed_over"
LEAD: Final = "lead."
LEFT_POSE: Final = "left_pose"
WAITS_AGAIN_S: Final = 15.0  # who keeps still short of the pose, or does the wrong side, is told again
LISTENS_AGAIN_S: Final = 1.0  # nobody was there to say anything for longer: what is said is heard anew
MOST_AGAIN_S: Final = 120.0  # the same advice is given again at least so often
UNREADY_S: Final = 0.5  # for so long nobody can be judged before they are told why
WORTH_TELLING_S: Final = 5.0  # of a hold: who is on the way into a pose goes through it for less
RESTS_S: Final = 8.0  # who keeps still for longer after a hold does not mean the next one yet


class OpenFaults:
    """Checks at fault that were not seen to pass since, of the side on which they were."""

    def __init__(self) -> None:
        self._of_side: dict[str, frozenset[str]] = {}

    def mended_by(self, rep: Rep) -> bool:
        """Take one that counted; whether by it all that was wrong was seen to be right, and not merely unseen."""
        before = self._of_side.get(rep.side, frozenset())
        now = frozenset(
            name
            for name in before.union(faults_of([rep]))
            if rep.verdicts[name].verdict is not Judgement.PASS
        )
        self._of_side[rep.side] = now
        return bool(before) and not now


class Prompts:
    """Finds what there is to say of the side that is shown, has one of it chosen, and tells whoever waits for that.

    asked  the one side that was asked for; None: both, or those that move alike
    """

    def __init__(self, exercise: Exercise, asked: Side | None, lanes: Lanes, record: Record) -> None:
        self._exercise, self._asked = exercise, asked
        self._lanes, self._record = lanes, record
        self._own = say(exercise.language)
        self._open = OpenFaults()
        self._cues = CueChooser()
        self._last_t = self._heard_since_s = -float("inf")
        self._unready_s: float | None = None  # since when nobody can be judged
        self._last_code, self._in_a_row = "", 0  # what was said last, and how often without anything else

    def choose(
        self, t: float, side: Side, one: Followed, *, wrong_side: bool, hushed: bool = False
    ) -> Cue | None:
        """What to say now of what was done on a side.

        wrong_side  it is not the one that was asked for
        hushed      something is being said, which only what is true but now may cut off
        """
        if t - self._last_t > LISTENS_AGAIN_S:
            self._heard_since_s = t
        self._last_t = t
        if one.gate.ready:
            self._unready_s = None
        elif self._unready_s is None:
            self._unready_s = t
        cue = self._cues.choose(t, list(self._found(side, one, wrong_side)), hushed=hushed)
        if cue is not None:
            self._said(cue, side, one.update)
        return cue

    def _said(self, cue: Cue, side: Side, update: LaneUpdate) -> None:
        """Whoever waits for it to be said learns that it was."""
        lane = self._lanes[side]
        self._in_a_row = self._in_a_row + 1 if cue.code == self._last_code else 1
        self._last_code = cue.code
        if cue.code in update.faults:
            lane.spoke(cue.code, update.faults[cue.code])
        elif cue.code == PASSED_OVER:
            self._record.passed_over.said()
        elif cue.code.startswith(LEAD):
            lane.led()
        elif cue.code == LEFT_POSE and isinstance(lane, HoldLane):
            lane.told_left()

    def _found(self, side: Side, one: Followed, wrong_side: bool) -> Iterator[Candidate]:
        """All that could be said; among equally urgent ones the first is preferred."""
        update = one.update
        for name in update.faults:
            yield self._fault(name, side, self._lanes[side].times_spoken(name))
        if wrong_side:
            asked = ", ".join(filter(None, (self._own(f"wrong_side.{self._asked}"), self._exercise.of_side)))
            yield self._turned("wrong_side", asked, WAITS_AGAIN_S)
        if update.rep is not None:
            yield from self._of_rep(update.rep, side)
        yield from self._left_pose(update)
        yield from self._passed_over()
        yield from self._broken_off(update)
        if not wrong_side and self._last_t - self._heard_since_s >= WAITS_S:
            yield from self._missing(update)
        yield from self._of_hold(update)
        if one.ended and self._asked is None and self._record.side_is_done(side):
            yield self._turned("other_side", self._own("other_side"), REPEAT_S)
        if not wrong_side:
            yield from self._advice(one)

    def _fault(self, name: str, side: Side, times: int = 0) -> Candidate:
        """times: how often it was said already, of the pose that is held; each time it is said more seldom."""
        check = self._exercise.checks[name]
        cue = Cue(name, check.cue, "fault", joints_of(check, side))
        return Candidate(cue, check.severity, REPEAT_S * 2 ** max(0, times - 1), cuts=True)

    def _turned(self, code: str, text: str, again_s: float) -> Candidate:
        """A sentence on the sides, for which somebody may have to turn round to the camera."""
        return Candidate(Cue(code, self._exercise.camera.turning(text), "guide"), URGENT_WHY_NOT, again_s)

    def _of_rep(self, rep: Rep, side: Side) -> Iterator[Candidate]:
        """What to say when a repetition ended: why it did not count, its worst fault, or praise."""
        if not rep.counted:
            why_not = Cue("why_not", rep.why_not or "", "why_not")
            yield Candidate(why_not, URGENT_WHY_NOT, waits=True, cuts=True)
            return
        self._cues.drop()
        mended = self._open.mended_by(rep)
        for name in faults_of([rep]):
            yield self._fault(name, side)
        if mended:
            unsure = any(verdict.verdict is Judgement.UNSURE for verdict in rep.verdicts.values())
            told = self._own("praise.better" if unsure else "praise")
            yield Candidate(Cue("praise", told, "praise"), URGENT_PRAISE)

    def _left_pose(self, update: LaneUpdate) -> Iterator[Candidate]:
        hold = self._exercise.hold
        if update.left_pose and hold is not None:
            yield Candidate(Cue(LEFT_POSE, hold.left, "hold"), URGENT_ADVICE)

    def _broken_off(self, update: LaneUpdate) -> Iterator[Candidate]:
        """That a hold which did not get its time is over: the timer waits no longer."""
        held = update.held
        if held is not None and not held.counted and held.why_not and held.held_s >= WORTH_TELLING_S:
            text = self._own("broken_off", why_not=held.why_not)
            yield Candidate(Cue("broken_off", text, "why_not"), URGENT_WHY_NOT, again_s=0.0)

    def _passed_over(self) -> Iterator[Candidate]:
        """Why movements do not count: between two of them, not during one."""
        passed = None if self._lanes.any_moving() else self._record.passed_over.due()
        if passed is not None:
            text = passed.says if passed.kind == "small" else self._own("passed_over", next=passed.says)
            yield Candidate(Cue(PASSED_OVER, text, "why_not"), URGENT_WHY_NOT)

    def _missing(self, update: LaneUpdate) -> Iterator[Candidate]:
        """What the timer waits for; once a hold counted, who keeps still for long rests."""
        rests = update.waited_s >= RESTS_S and any(hold.counted for hold in self._record.holds)
        if update.waits_for is not None and not rests:
            text = self._own("waits_for", next=update.waits_for.says)
            waits = Cue(f"waits_for.{update.waits_for.measure}", text, "guide")
            yield Candidate(waits, URGENT_PRAISE, WAITS_AGAIN_S)

    def _of_hold(self, update: LaneUpdate) -> Iterator[Candidate]:
        """How to enter the pose, and what to do in it where somebody is led."""
        hold = self._exercise.hold
        if hold is None:
            return
        if update.not_entered and hold.entry is not None:
            yield Candidate(Cue("entry", hold.entry.says, "guide"), URGENT_PRAISE)
        if update.lead and hold.guide is not None:
            text = hold.guide.rest if update.lead == "rest" else hold.guide.hold
            yield Candidate(Cue(f"{LEAD}{update.lead}", text, "guide"), URGENT_ADVICE, again_s=0.0, cuts=True)

    def _advice(self, one: Followed) -> Iterator[Candidate]:
        """What to change so that something is seen, once a movement under way is over; again and again more seldom.

        A moment in which the model loses somebody is none to tell them of.
        """
        gate = one.gate
        lasts = self._unready_s is not None and self._last_t - self._unready_s >= UNREADY_S
        if gate.advice is not None and lasts and not self._lanes.any_moving(but_paused=True):
            times = self._in_a_row if gate.advice.code == self._last_code else 0
            again_s = min(MOST_AGAIN_S, REPEAT_S * 2 ** max(0, times - 1))
            yield Candidate(gate.advice, URGENT_ADVICE, again_s)
