"""What there is to say on a frame, from films of stick figures; and which faults are open."""

from dataclasses import replace

import pytest

from coach.judge import Cue, Judgement, Rep, Verdict, load_exercise
from coach.judge.lane import LaneUpdate
from coach.judge.lanes import Followed, Lanes
from coach.judge.notes import Notes
from coach.judge.prompts import WAITS_AGAIN_S, OpenFaults, Prompts
from coach.judge.readiness import READY, Readiness
from coach.judge.record import Record
from coach.judge.scene import Onlooker
from coach.motion import load_errors
from coach.pose import Side
from tests.judge.files import hiker
from tests.judge.films import coached, cues, hikes, joined, pigeons, shot, squats, unseen
from tests.judge.parts import a_rep
from tests.judge.waves import Move, reps
from tests.skeletons import believed, pigeon
from tests.skeletons_upright import leg_lift

PASS, FAULT, UNSURE = Judgement.PASS, Judgement.FAULT, Judgement.UNSURE


def judged(side: Side = "left", **checks: Judgement) -> Rep:
    return a_rep(side=side, verdicts={name: Verdict(verdict=verdict) for name, verdict in checks.items()})


def prompts(exercise: str, asked: Side | None = None) -> Prompts:
    """Of somebody who was seen for one frame."""
    loaded = load_exercise(exercise)
    lanes = Lanes(loaded, asked, load_errors())
    lanes.step(Onlooker(loaded).step(hikes(1)[0]))
    return Prompts(loaded, asked, lanes, Record(loaded, Notes(loaded)))


# --- open faults ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "mended"),
    [
        (judged(trunk=PASS, depth=PASS), True),
        (judged(trunk=UNSURE, depth=PASS), False),
        (judged(trunk=PASS, depth=FAULT), False),
        (judged("right", trunk=PASS, depth=PASS), False),
    ],
    ids=["right", "not told", "another fault", "the other side"],
)
def test_a_fault_is_mended_by_a_repetition_of_its_side_that_shows_it_right(then: Rep, mended: bool) -> None:
    faults = OpenFaults()
    assert not faults.mended_by(judged(trunk=FAULT, depth=PASS))
    assert faults.mended_by(then) == mended


def test_what_is_mended_is_so_once() -> None:
    faults = OpenFaults()
    assert [faults.mended_by(judged(trunk=each)) for each in (FAULT, PASS, PASS)] == [False, True, False]


# --- one of several ---------------------------------------------------------------------------------------


def test_who_does_the_wrong_side_is_told_that_and_again_after_a_while() -> None:
    own, one = prompts("hip_hiker", "left"), Followed(READY, LaneUpdate())
    times = [t for t in range(40) if own.choose(t, "left", one, wrong_side=True) is not None]
    assert times == [0, WAITS_AGAIN_S, 2 * WAITS_AGAIN_S]


def test_a_fault_of_the_movement_goes_before_praise_and_names_its_joints() -> None:
    faults = {"knees_straight": Verdict(verdict=FAULT)}
    cue = prompts("hip_hiker").choose(
        0.0, "left", Followed(READY, LaneUpdate(faults=faults)), wrong_side=False
    )
    assert cue is not None and (cue.code, cue.joints) == ("knees_straight", ("left_knee", "right_knee"))


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    assert prompts("hip_hiker").choose(0.0, "left", Followed(READY, LaneUpdate()), wrong_side=False) is None


def test_the_same_advice_is_given_ever_more_seldom_until_there_is_other_advice() -> None:
    own = prompts("hip_hiker")
    hidden, away = (
        Followed(Readiness(False, Cue(f"advice.{code}", code, "advice")), LaneUpdate())
        for code in ("hidden", "away")
    )
    told = [t for t in range(400) if own.choose(t, "left", hidden, wrong_side=False) is not None]
    assert told == [1, 9, 25, 57, 121, 241, 361]
    assert own.choose(401, "left", away, wrong_side=False) is not None
    told = [t for t in range(402, 440) if own.choose(t, "left", hidden, wrong_side=False) is not None]
    assert told[1] - told[0] == 8


def test_who_does_the_wrong_side_is_not_told_what_is_hidden_of_the_other_one() -> None:
    own = prompts("pigeon", "left")
    hidden = Followed(Readiness(False, Cue("advice.hidden", "I can't see it", "advice")), LaneUpdate())
    said = [own.choose(t, "left", hidden, wrong_side=True) for t in range(40)]
    assert {cue.code for cue in said if cue} == {"wrong_side"}


def test_only_what_is_true_but_now_cuts_off_what_is_being_said() -> None:
    faults = {"knees_straight": Verdict(verdict=FAULT)}
    hidden = Readiness(False, Cue("advice.hidden", "I can't see it", "advice"))
    own = prompts("hip_hiker")
    assert own.choose(0.0, "left", Followed(hidden, LaneUpdate()), wrong_side=False, hushed=True) is None
    cue = own.choose(0.1, "left", Followed(READY, LaneUpdate(faults=faults)), wrong_side=False, hushed=True)
    assert cue is not None and cue.code == "knees_straight"


def test_a_hold_that_ends_too_early_is_told_as_over() -> None:
    pose = pigeons(12.0)
    away = [replace(pigeons(0.0)[0], t=pose.t[-1] + (i + 1) / 12) for i in range(12 * 12)]
    said, result = coached([*pose, *away], "pigeon")
    assert cues(said)[:2] == ["left_pose", "broken_off"]
    (text,) = (f.cue.text for f in said if f.cue and f.cue.code == "broken_off")
    assert text == f"That was not long enough: {result.holds[0].why_not}"


# --- in a set ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["left", "right"])
def test_who_waits_for_the_timer_hears_what_is_missing(side: Side) -> None:
    high = pigeon(side, hips_m=0.4)
    said, result = coached((replace(high, t=i / 12) for i in range(12 * 12)), "pigeon")
    assert [f.cue.text for f in said if f.cue is not None] == ["The timer waits. Lower your hips"]
    assert {f.side for f in said[12:]} == {side} and result.holds == ()


def test_leaving_a_pose_is_said_and_the_timer_waits() -> None:
    frames = joined(pigeons(10.0), pigeons(10.0))
    said, result = coached(frames, "pigeon")
    (held,) = result.holds
    assert held.held_s == pytest.approx(20.0, abs=0.2) and len(held.pauses) == 1
    assert cues(said) == ["left_pose"]
    assert held.why_not == "held 20 of 30 seconds"


def test_praise_follows_a_clean_repetition_after_a_fault() -> None:
    said, result = coached(joined(squats(1, trunk_deg=60), squats(2)), "squat")
    assert cues(said) == ["trunk", "praise"]
    assert result.faults == {"trunk": 1}


def test_where_something_is_unsure_it_was_only_better() -> None:
    from_the_side = [f for f in coached(joined(squats(1, trunk_deg=60), squats(2)), "squat")[0] if f.cue]
    assert from_the_side[-1].cue is not None and from_the_side[-1].cue.text == "That one was right"
    near_limit = joined(squats(1, trunk_deg=60), squats(1, heel_rise_deg=14))
    said = [f for f in coached(near_limit, "squat")[0] if f.cue]
    assert said[-1].cue is not None and said[-1].cue.text == "That one was better"


def test_what_could_not_be_seen_again_is_not_praised() -> None:
    lifted, flat = squats(1, heel_rise_deg=35), squats(1)
    hidden = believed(flat, 0.2, "left_heel", "left_foot_index")
    said, _ = coached(joined(lifted, hidden), "squat")
    assert cues(said) == ["heels_down"]
    said, _ = coached(joined(lifted, hidden, flat), "squat")
    assert cues(said) == ["heels_down", "praise"]


def test_a_repetition_that_did_not_count_says_why() -> None:
    said, _ = coached(squats(1, move=Move(0.8, 0.0, 0.8, height=0.6)), "squat")
    assert [f.cue.kind for f in said if f.cue is not None] == ["why_not"]


def test_advice_waits_until_the_movement_is_over() -> None:
    said, _ = coached(unseen(squats(2), 2.4, 2.9), "squat")
    assert cues(said) == []
    assert any(f.advice is not None for f in said)


@pytest.mark.parametrize(("reps", "times"), [(2, 1), (4, 0)])
def test_the_coach_says_once_when_to_change_sides(reps: int, times: int) -> None:
    dose = {"reps": reps, "each_side": True, "progression": "More of them."}
    feedback, result = coached(hikes(3), hiker(dose=dose))
    assert result.counted == 3
    assert sum(f.cue is not None and f.cue.code == "other_side" for f in feedback) == times


def test_the_other_leg_done_right_is_no_praise_for_the_one_that_was_wrong() -> None:
    wave = reps(2, Move(1.2, 0.8, 2.0, pause_s=2.0, height=1.0))
    bent = shot(lambda w: leg_lift(w, "left", knee_deg=65), wave, 15)
    clean = shot(lambda w: leg_lift(w, "right"), wave, 15)
    said, _ = coached(joined(bent, clean), "standing_leg_lift")
    assert "knee_straight" in cues(said)
    assert "praise" not in cues(said)
    said, _ = coached(joined(bent, clean, shot(lambda w: leg_lift(w, "left"), wave, 15)), "standing_leg_lift")
    assert cues(said).count("praise") == 1
