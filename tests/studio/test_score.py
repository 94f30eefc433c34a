"""The score: curves over time and the record of what happens when."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_videos.studio.movements import MOVEMENTS
from sample_videos.studio.movements.base import Tempo
from sample_videos.studio.scene import Away, Entry
from sample_videos.studio.score import LEAD_S, TAIL_S, Curve, Move, Score, Ways, compose
from sample_videos.studio.skeleton import Body

TEMPO = Tempo(2.0, 0.5, 1.5, 1.0)


def score(
    exercise: str, *entries: dict[str, Any], ways: Ways | None = None, away: tuple[Away, ...] = ()
) -> Score:
    movement = MOVEMENTS[exercise](Body.load("female"), "left" if MOVEMENTS[exercise].sided else None)
    made = [Entry.model_validate(entry) for entry in entries]
    return compose(movement, made, TEMPO, ways or Ways(), away)


def test_a_curve_rests_goes_and_rests() -> None:
    curve = Curve(1.0, [Move(2, 4, 5.0), Move(6, 7, 0.0)])
    assert [curve(t) for t in (0, 2, 3, 4, 5, 7, 9)] == pytest.approx([1, 1, 3, 5, 5, 0, 0])


@given(st.floats(0, 10))
def test_a_curve_never_leaves_the_range_of_its_values(t: float) -> None:
    assert 0 <= Curve(0.0, [Move(1, 3, 4.0), Move(5, 8, 1.0)])(t) <= 4


def test_a_repetition_takes_the_times_of_its_tempo() -> None:
    rep = score("squat", {}).reps[0]
    assert (rep.start_s, rep.peak_s, rep.end_s) == pytest.approx((LEAD_S, LEAD_S + 2.25, LEAD_S + 4.0))
    assert rep.hold_s == 0.5


def test_repetitions_follow_each_other_after_a_rest() -> None:
    made = score("squat", {"repeat": 2}, {"pause_s": 4}, {})
    starts = [rep.start_s for rep in made.reps]
    assert starts == pytest.approx([LEAD_S, LEAD_S + 5, LEAD_S + 14])
    assert made.duration_s == pytest.approx(LEAD_S + 19 + TAIL_S)


def test_curves_are_at_the_end_range_at_the_peak_and_at_rest_between() -> None:
    made = score("squat", {"faults": {"trunk": 30}}, {})
    first, second = made.reps
    assert made.values(first.peak_s)["past_deg"] == pytest.approx(30)
    assert made.values(second.peak_s)["past_deg"] == pytest.approx(6)
    for t in (0.0, first.end_s + 0.5, made.duration_s):
        assert made.values(t)["thigh_deg"] == pytest.approx(0)


def test_a_fault_of_time_changes_the_tempo_of_its_repetition_only() -> None:
    slow, short, clean = score(
        "bridge", {"faults": {"slow_lowering": 0.5}}, {"faults": {"hold": 1.0}}, {}
    ).reps
    assert slow.end_s - slow.peak_s == pytest.approx(0.25 + 0.5)
    assert short.hold_s == 1.0
    assert (clean.hold_s, clean.end_s - clean.peak_s) == pytest.approx((0.5, 1.75))


def test_the_feet_are_placed_before_the_repetition_and_do_not_move_in_it() -> None:
    made = score("bridge", {"faults": {"knees_over_ankles": 25}})
    rep = made.reps[0]
    before, during = made.values(0.0)["feet_m"], made.values(rep.start_s)["feet_m"]
    assert abs(during - before) > 0.05
    assert made.values(rep.end_s)["feet_m"] == pytest.approx(during)
    assert rep.start_s > LEAD_S


def test_the_hip_hiker_that_does_not_return_starts_the_next_one_from_there() -> None:
    """Who comes up to level in the pause did return."""
    made = score("hip_hiker", {"faults": {"full_return": 6}}, {})
    for t in (made.reps[0].end_s + 0.01, made.reps[1].start_s):
        assert made.values(t)["drop_deg"] == pytest.approx(6, abs=0.1)
    assert made.values(made.reps[1].end_s + 0.01)["drop_deg"] == pytest.approx(-4)


def test_phases_follow_each_other() -> None:
    made = score("squat", {})
    rep = made.reps[0]
    times = (0.1, rep.start_s + 0.1, rep.peak_s, rep.end_s - 0.1, rep.end_s + 0.1)
    assert [made.phase(t) for t in times] == ["rest", "out", "peak", "back", "rest"]


def test_a_hold_with_a_fault_and_a_pause_in_the_middle() -> None:
    made = score(
        "pigeon",
        {"hold_s": 10, "faults": {"hips_square": {"size": 25, "from_s": 3, "to_s": 8}}},
        {"leaves_s": 3},
        {"hold_s": 5},
    )
    hold = made.holds[0]
    assert len(made.holds) == 1
    assert hold.held_s == 15
    assert hold.end_s - hold.start_s == pytest.approx(18)
    fault = hold.faults["hips_square"]
    assert (fault.start - hold.start_s, fault.end - hold.start_s) == pytest.approx((3, 8))
    assert made.values(hold.start_s + 5)["turn_deg"] == pytest.approx(25)
    assert made.values(hold.start_s + 9)["turn_deg"] == pytest.approx(0)
    assert made.values(hold.left[0][0] + 1.3)["into"] < 0.5
    assert made.values(hold.end_s)["into"] == pytest.approx(1)
    assert made.values(made.duration_s)["into"] == pytest.approx(0)


def test_a_pause_ends_a_hold() -> None:
    assert len(score("pigeon", {"hold_s": 4}, {"pause_s": 3}, {"hold_s": 4}).holds) == 2


def test_coming_in_and_going_out_are_moments_without_gaps() -> None:
    made = score("squat", {}, ways=Ways(enter=(3.0, 1.0), leave=(1.0, 3.0)))
    assert [m.what for m in made.moments] == ["walks_in", "gets_down", "set", "gets_up", "walks_out"]
    ends = [m.end_s for m in made.moments]
    assert [m.start_s for m in made.moments] == pytest.approx([0, *ends[:-1]])
    assert ends[-1] == made.duration_s
    assert made.reps[0].start_s > 4


def test_who_goes_away_comes_back_between_repetitions() -> None:
    made = score(
        "squat", {"repeat": 3}, ways=Ways((3, 1), None, (1, 3, 3, 1)), away=(Away(from_s=10, for_s=4),)
    )
    whats = [m.what for m in made.moments]
    assert whats.count("set") == 2 and whats.count("away") == 1
    away = next(m for m in made.moments if m.what == "away")
    assert away.end_s - away.start_s == pytest.approx(4)
    assert not any(rep.start_s < away.end_s and away.start_s < rep.end_s for rep in made.reps)
