"""The sides that a set follows, a lane each: which they are, which one is shown, and what was really the other's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from coach.judge.exercise import Exercise
from coach.judge.hold_lane import HoldLane
from coach.judge.lane import LaneUpdate
from coach.judge.readiness import Readiness
from coach.judge.rep_lane import RepLane
from coach.judge.results import HeldPose, Rep, SidedOrBoth
from coach.judge.scene import Scene
from coach.judge.whose import Whose
from coach.motion import MEASURES, VIEWS, Errors, Situation
from coach.pose import Side, other

Lane = RepLane | HoldLane


@dataclass(frozen=True, slots=True)
class Followed:
    """What one side did on a frame: whether it could be judged, and what its lane knows."""

    gate: Readiness
    update: LaneUpdate

    @property
    def ended(self) -> bool:
        """Whether a repetition or a hold ended on this frame."""
        return self.update.rep is not None or self.update.held is not None


class Lanes:
    """The lanes of one set, each made when its side is first looked at.

    asked  the one side to follow of an exercise that is done a side at a time; None: both

    What ends is handed on only where it was this side's: nobody moves both at once, but the model lets one leg follow
    the other, or mixes them up.
    """

    def __init__(self, exercise: Exercise, asked: Side | None, errors: Errors) -> None:
        self._exercise, self._asked, self._errors = exercise, asked, errors
        self._lanes: dict[Side, Lane] = {}
        self._counted: dict[Side, Rep] = {}  # the last one of each
        self._beside: Lane | None = None
        self._near: Side | None = None
        self._shown: Side | None = None
        rep = exercise.repetition
        self._whose = Whose(rep.max_s) if rep is not None and exercise.sides == "alternating" else None
        self._t = 0.0

    def __getitem__(self, side: Side) -> Lane:
        return self._lanes[side]

    def heed(self, beside: Lane) -> None:
        """That of the side that was not asked for is watched as well: what is its movement is not this one's."""
        self._beside = beside

    def step(self, scene: Scene) -> dict[Side, Followed]:
        """Take the next frame; what each side did that is looked at."""
        self._t = scene.frame.t
        gates = {side: scene.readiness(self._exercise, side) for side in self._looked_at(scene.situation)}
        updates = {
            side: self._lane(side).step(scene.seen(ready=gate.ready, elsewhere=gate.elsewhere))
            for side, gate in gates.items()
        }
        if self._whose is not None:
            self._whose.take(self._t, {side: update.signal for side, update in updates.items()})
        followed = {side: Followed(gate, self._own(side, updates[side])) for side, gate in gates.items()}
        if self._exercise.sides == "alternating":
            self._take_turns()
        return followed

    def step_unseen(self, scene: Scene, looked_at: Collection[Side]) -> list[tuple[Side, LaneUpdate]]:
        """The other lanes on the same frame: who turned round shows the other side now, and what this one did goes on
        unseen, and ends.
        """
        return [
            (side, self._own(side, lane.step(scene.seen(ready=False))))
            for side, lane in self._lanes.items()
            if side not in looked_at
        ]

    def held_so_far(self, side: SidedOrBoth) -> tuple[Side, HeldPose] | None:
        """The hold of a side, or of any, that has its time and goes on; None where there is none."""
        for of, lane in self._lanes.items():
            if isinstance(lane, HoldLane) and lane.reached and side in (of, "both"):
                held = lane.so_far()
                return None if held is None else (of, held)
        return None

    def cut(self) -> list[tuple[Side, LaneUpdate]]:
        """Nothing before this moment continues; what ended by it."""
        return [(side, self._own(side, lane.cut())) for side, lane in self._lanes.items()]

    def finish(self) -> list[tuple[Side, LaneUpdate]]:
        """The end of the set; what ended by it."""
        return [(side, self._own(side, lane.finish())) for side, lane in self._lanes.items()]

    def shown(self, followed: Mapping[Side, Followed]) -> Side:
        """The side on which something just ended, else the one that is furthest in its movement, ready ones first.

        A pose that is held goes before: if a joint of its leg is hidden for a moment the other leg is no answer.  Of
        repetitions that are done a side at a time it stays the side that it was until the other one goes all the way,
        while this one rests: nobody changes legs in between, though the other leg may follow a little.
        """
        before = self._shown if self._exercise.sides == "each" else None

        def order(side: Side) -> tuple[bool, bool, bool, float, bool, float]:
            one, lane = followed[side], self._lanes[side]
            ended, ready, went = one.ended, one.gate.ready, one.update.progress
            if isinstance(lane, HoldLane):
                return ended, is_held(lane), ready, one.update.hold_s, False, went
            rests = before is None or not self._lanes[before].moving
            takes_over = rests and lane.moving and went >= 1
            stays = side == before and not takes_over
            return ended, False, ready, float(takes_over), stays, went

        shown = max(followed, key=order)
        self._shown = shown
        return shown

    def any_moving(self, *, but_paused: bool = False) -> bool:
        """Whether something is under way on any side; but_paused: a hold that is only paused is not."""
        return any(lane.moving and not (but_paused and lane.paused) for lane in self._lanes.values())

    def _looked_at(self, situation: Situation) -> tuple[Side, ...]:
        """The near side where both move alike, else the one asked for, or both."""
        if self._exercise.sides == "both":
            lane = self._lanes.get(self._near) if self._near is not None else None
            in_a_pose = isinstance(lane, HoldLane) and lane.moving
            if not in_a_pose:  # who looks round in it has not changed sides
                self._near = near_side(self._near, situation)
            assert self._near is not None
            return (self._near,)
        return (self._asked,) if self._asked is not None else ("left", "right")

    def _lane(self, side: Side) -> Lane:
        if side not in self._lanes:
            self._lanes[side] = lane_of(self._exercise, side, self._errors)
        return self._lanes[side]

    def _take_turns(self) -> None:
        for side, lane in self._lanes.items():
            fellow = self._lanes.get(other(side))
            if isinstance(lane, RepLane) and isinstance(fellow, RepLane):
                lane.takes_turns_with(fellow)

    def _own(self, side: Side, update: LaneUpdate) -> LaneUpdate:
        """An update without what was really the other side's."""
        rep, held = update.rep, update.held
        if rep is not None and self._is_a_shadow(rep, side):
            return replace(update, rep=None)
        if rep is not None and rep.counted:
            self._counted[side] = rep
        if held is not None and self._is_the_others(held, side):
            return replace(update, held=None)
        if rep is not None and self._whose is not None:
            return replace(update, clear=self._is_clear(rep, side, self._whose))
        return update

    def _is_clear(self, rep: Rep, side: Side, whose: Whose) -> bool:
        """Whether this side went further than the other one by more than the signal errs, or only it was seen."""
        rule, view = self._exercise.repetition, next((view for view in VIEWS if view == rep.view), None)
        if rule is None or view is None:
            return True
        error = self._errors.error(MEASURES[rule.signal], view)
        return not whose.ahead(side, rep.start_s, rep.end_s) < error  # NaN is not

    def _is_a_shadow(self, rep: Rep, side: Side) -> bool:
        """Whether the other side's movement was under way all the while, and larger, or is followed on.

        One that is lost from sight while the other side's is seen is the same movement: of a step both legs read the
        rise of the body, and so is one that begins and ends within it, as of the foot that is brought up beside the
        other.
        """
        lane, fellow = self._lanes[side], self._lanes.get(other(side), self._beside)
        if not (isinstance(lane, RepLane) and isinstance(fellow, RepLane)):
            return False
        if rep.why_not_code == "lost":
            return fellow.follows_since(rep.start_s)
        each = self._exercise.sides == "each"
        before = self._counted.get(other(side))
        if each and before is not None and before.start_s <= rep.peak_s <= before.end_s:
            return True  # one that ended a moment earlier
        within = each and fellow.includes(self._t, rep.start_s)
        return within or fellow.outdoes(rep.start_s, lane.went)

    def _is_the_others(self, held: HeldPose, side: Side) -> bool:
        """Whether the other side's pose is held and was all the while: nobody holds both."""
        fellow = self._lanes.get(other(side))
        return isinstance(fellow, HoldLane) and fellow.holds_through(held.start_s, held.end_s)


def near_side(before: Side | None, situation: Situation) -> Side:
    """The near side after another frame: from the front it stays what it was, since neither is nearer.

    Before anybody was seen it is the right one, as good as the other.
    """
    if situation.near is not None and (before is None or situation.view in ("side", "three_quarter")):
        return situation.near
    return before or "right"


def lane_of(exercise: Exercise, side: Side, errors: Errors) -> Lane:
    """A lane of an exercise's kind."""
    kind = RepLane if exercise.repetition is not None else HoldLane
    return kind(exercise, side, errors)


def is_held(lane: Lane) -> bool:
    """Whether a pose is held, or was a moment ago and is not done with."""
    return isinstance(lane, HoldLane) and lane.moving and not (lane.paused and lane.reached)
