"""What ended in a set, as it is kept."""

from dataclasses import replace

import pytest

from coach.judge import HeldPose, Judgement, Rep, Verdict, load_exercise
from coach.judge.exercise import Check, Exercise
from coach.judge.lane import LaneUpdate
from coach.judge.notes import Notes
from coach.judge.overlooked import PassedOver
from coach.judge.record import BETWEEN, Record, in_order
from coach.judge.say import say
from coach.judge.verdicts import cannot_judge
from tests.judge.files import IN_TURN, hiker
from tests.judge.films import coached, hikes
from tests.judge.parts import a_hold, a_rep


def recorded(exercise: Exercise, *parts: Rep | HeldPose) -> Record:
    """The record of parts that ended one after the other."""
    record = Record(exercise, Notes(exercise))
    for part in parts:
        side = "left" if part.side == "both" else part.side
        record.take(LaneUpdate(rep=part) if isinstance(part, Rep) else LaneUpdate(held=part), side)
    return record


# --- what is kept -----------------------------------------------------------------------------------------


def test_what_ended_before_an_interruption_is_counted_on_from() -> None:
    record = Record(load_exercise("squat"), Notes(load_exercise("squat")), [a_rep(), a_rep(counted=False)])
    record.take(LaneUpdate(rep=a_rep(5.0)), "left")
    assert (record.counted, len(record.reps), record.parts) == (2, 3, record.reps)


def test_a_frame_on_which_nothing_ended_stays_as_it_is() -> None:
    record, update = recorded(load_exercise("squat")), LaneUpdate(phase="out", progress=0.4)
    assert record.take(update, "left") is update
    assert record.parts == []


def test_in_the_end_all_is_in_the_order_in_which_it_was_done() -> None:
    record = recorded(load_exercise("hip_hiker"), a_rep(4.0), a_rep(0.0, side="right"))
    record.close()
    assert [rep.start_s for rep in record.reps] == [0.0, 4.0]


def test_a_hold_within_one_of_the_other_side_is_not_kept() -> None:
    record = recorded(load_exercise("pigeon"), a_hold(1.0, 31.0), a_hold(5.0, 9.0, side="right"))
    assert [hold.side for hold in record.holds] == ["left"]
    update = record.take(LaneUpdate(held=a_hold(5.0, 9.0, side="right")), "right")
    assert update.held is None, "and is told to nobody"
    record.take(LaneUpdate(held=a_hold(32.0, 62.0, side="right")), "right")
    assert [hold.side for hold in record.holds] == ["left", "right"]


def test_an_attempt_explains_what_was_passed_over_while_it_lasted() -> None:
    record = recorded(load_exercise("squat"))
    for start_s in (0.5, 10.0, 13.0):
        record.take(LaneUpdate(passed_over=PassedOver(start_s, start_s + 1, "Stand wider", "form")), "left")
    due = record.passed_over.due()
    assert due is not None and due.start_s == 13.0
    record.take(LaneUpdate(rep=a_rep(12.5)), "left")
    assert record.passed_over.due() is None


# --- its verdicts -----------------------------------------------------------------------------------------


def test_a_fault_names_its_joints_and_what_was_not_judged_its_reason() -> None:
    fault = Verdict(verdict=Judgement.FAULT)
    verdicts = {"knees_straight": fault, "trunk_upright": cannot_judge("")}
    (rep,) = recorded(load_exercise("hip_hiker"), a_rep(verdicts=verdicts)).reps
    assert rep.verdicts["knees_straight"].joints == ("left_knee", "right_knee")
    assert rep.verdicts["trunk_upright"].reason == say("en")("reason.too_short")


@pytest.mark.parametrize(
    ("earlier", "verdict"),
    [
        ([], Judgement.PASS),
        ([a_rep()], Judgement.FAULT),
        ([a_rep(side="right")], Judgement.PASS),
        ([a_rep(side="right"), a_rep(2.0, counted=False)], Judgement.PASS),
        ([a_rep(), a_rep(2.0, side="right", counted=False)], Judgement.PASS),
    ],
    ids=[
        "the first",
        "the same side",
        "the other side",
        "the same leg again",
        "after an attempt of the other",
    ],
)
def test_the_sides_take_turns(earlier: list[Rep], verdict: Judgement) -> None:
    check = Check.model_validate(IN_TURN)
    assert in_order(check, a_rep(4.0), earlier, say("en")).verdict is verdict


def test_what_did_not_count_is_not_judged_by_its_order() -> None:
    verdict = in_order(Check.model_validate(IN_TURN), a_rep(counted=False, why_not="Higher"), [], say("en"))
    assert verdict == cannot_judge("Higher")


def test_where_the_other_side_may_have_gone_unseen_the_order_is_not_known() -> None:
    check = Check.model_validate(IN_TURN)
    verdicts = [in_order(check, a_rep(2.0 + pause_s), [a_rep()], say("en")).verdict for pause_s in (2.7, 2.9)]
    assert verdicts == [Judgement.FAULT, Judgement.UNSURE] and BETWEEN == 1.4


@pytest.mark.parametrize("unclear", [0.0, 2.0])
def test_where_it_is_not_sure_whose_one_was_the_order_is_no_fault(unclear: float) -> None:
    verdict = in_order(Check.model_validate(IN_TURN), a_rep(2.0), [a_rep()], say("en"), {unclear})
    assert (verdict.verdict, verdict.reason) == (Judgement.UNSURE, "whose turn it was is not sure")


def test_what_a_lane_is_not_sure_of_is_no_fault_in_the_set() -> None:
    record = Record(hiker(sides="alternating"), Notes(hiker(sides="alternating")))
    for n, clear in enumerate((True, False, True, True)):
        record.take(
            LaneUpdate(rep=a_rep(2.2 * n, verdicts={"in_turn": cannot_judge("")}), clear=clear), "left"
        )
    said = [rep.verdicts["in_turn"].verdict for rep in record.reps]
    assert said == [Judgement.PASS, Judgement.UNSURE, Judgement.UNSURE, Judgement.FAULT]


def test_the_same_side_twice_is_at_fault() -> None:
    feedback, result = coached(hikes(3), hiker(sides="alternating"))
    said = [rep.verdicts["in_turn"].verdict for rep in result.reps]
    assert said == [Judgement.PASS, Judgement.FAULT, Judgement.FAULT]
    assert "Now the other leg" in [f.cue.text for f in feedback if f.cue is not None]


def test_where_another_one_fits_between_nobody_is_told_to_change() -> None:
    """The other side's step may have gone unseen: hips that sank so far were no step of a bridge march."""
    first, second = list(hikes(1)), list(hikes(1))
    last_t = first[-1].t
    standing = [replace(first[-1], t=last_t + (i + 1) / 30) for i in range(240)]
    later = [replace(frame, t=standing[-1].t + 1 / 30 + frame.t - second[0].t) for frame in second]
    _, result = coached([*first, *standing, *later], hiker(sides="alternating"))
    assert [rep.verdicts["in_turn"].verdict for rep in result.reps] == [Judgement.PASS, Judgement.UNSURE]


# --- the dose of a side -----------------------------------------------------------------------------------


def test_a_side_is_done_on_the_repetition_that_completes_it_and_before_the_other_one_is() -> None:
    exercise = hiker(dose={"reps": 2, "each_side": True, "progression": "More of them."})
    record = recorded(exercise)
    done = []
    for side in ("left", "left", "left", "right", "right"):
        record.take(LaneUpdate(rep=a_rep(side=side)), side)
        done.append(record.side_is_done(side))
    assert done == [False, True, False, False, False]


def test_where_no_side_has_a_dose_of_its_own_none_is_done() -> None:
    exercise = hiker(dose={"reps": 1, "progression": "More of them."})
    assert not recorded(exercise, a_rep()).side_is_done("left")
