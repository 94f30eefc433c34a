"""A plan: what is due, what is done of it, and what makes no sense."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.care.plans import (
    ENOUGH_OF_SET,
    TARGET,
    as_judged,
    done,
    dose_told,
    due,
    exercise_for,
    item_of,
    movable,
    plan_on,
    problems,
    share_done,
    side_name,
    week,
)
from coach.care.types import Plan, PlanItem
from coach.errors import ExerciseError, PlanError
from coach.judge import Engine, exercise_ids, load_exercise
from coach.judge.checks import band_of
from coach.judge.file_dose import MOST_REPS
from coach.judge.rules import rules_of
from coach.judge.verdicts import Judgement, judge
from coach.language import LANGUAGES, Language
from coach.motion import load_errors
from tests.care.making import a_set, ago, plan

BRIDGE = PlanItem("b", "bridge", sets=2, reps=10)
PIGEON = PlanItem("p", "pigeon", sets=1, hold_s=30)
MONDAY = date(2026, 11, 16)


def line(**changes: Any) -> PlanItem:
    return replace(BRIDGE, **changes)


# --- from a file, and back ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", exercise_ids())
def test_the_dose_of_every_file_makes_a_line_that_makes_sense(name: str) -> None:
    exercise = load_exercise(name)
    item = item_of(exercise)
    assert problems((item,)) == ()
    made = exercise_for(item)
    assert (made.dose.sets, made.checks) == (exercise.dose.sets, exercise.checks)
    assert (made.hold and made.hold.target_s) == (exercise.hold and exercise.hold.target_s)
    Engine(made)


def test_ids_are_never_the_same() -> None:
    assert len({item_of(load_exercise("bridge")).id for _ in range(50)}) == 50


def test_a_line_asks_for_its_own_dose() -> None:
    made = exercise_for(line(reps=7, sets=3))
    assert (made.dose.reps, made.dose.sets) == (7, 3)
    held = exercise_for(replace(PIGEON, hold_s=45, side="left"), "de")
    assert held.hold is not None and held.hold.target_s == 45 and held.language == "de"


def test_a_limit_moves_outwards() -> None:
    made = exercise_for(line(tolerances={"straight_line": 8, "knees_over_ankles": 3, "hold": 0.5}))
    ranges = {name: check.range for name, check in made.checks.items() if check.range}
    assert ranges["straight_line"].min == 157
    assert (ranges["knees_over_ankles"].min, ranges["knees_over_ankles"].max) == (-15, 15)
    assert ranges["hold"].min == 2.5


def test_the_end_range_moves_toward_rest_in_every_view() -> None:
    squat, made = (
        load_exercise("squat"),
        exercise_for(PlanItem("s", "squat", reps=10, tolerances={TARGET: 0.1})),
    )
    assert squat.repetition is not None and made.repetition is not None
    assert made.repetition.target_edge == pytest.approx(squat.repetition.target_edge + 0.1)
    front = made.repetition.target_from["front"].max
    assert front is not None and front > 0.6
    assert made.repetition.edge_from("front") < made.repetition.rest_edge


@given(st.sampled_from(exercise_ids()), st.data())
def test_every_limit_within_its_bound_makes_an_exercise_that_forgives_more(name: str, data: Any) -> None:
    exercise, item = load_exercise(name), item_of(load_exercise(name))
    can = movable(exercise)
    moved = {key: data.draw(st.floats(0, one.most), label=key) for key, one in can.items()}
    made = exercise_for(replace(item, tolerances=moved))
    errors, value = load_errors(), data.draw(st.floats(-200, 200))
    for key, check in made.checks.items():
        if check.range is not None:
            was, band = exercise.checks[key].range, band_of(check, "side", errors)
            assert was is not None
            if judge(value, was, band) is not Judgement.FAULT:
                assert judge(value, check.range, band) is not Judgement.FAULT
    if exercise.repetition is not None and made.repetition is not None:
        assert made.repetition.rises == exercise.repetition.rises
        assert made.repetition.target_edge != made.repetition.rest_edge


def test_a_tighter_or_a_far_wider_limit_is_refused_in_the_persons_language() -> None:
    with pytest.raises(PlanError, match="outwards") as refused:
        exercise_for(line(tolerances={"straight_line": -1}))
    assert "nach außen" in refused.value.told("de")
    with pytest.raises(PlanError, match="at most"):
        exercise_for(line(tolerances={"straight_line": 50}))
    with pytest.raises(PlanError, match="no check 'feet_flat'"):
        exercise_for(line(tolerances={"feet_flat": 1}))
    with pytest.raises(ExerciseError, match="no exercise 'brigde'"):
        exercise_for(line(exercise="brigde"))


# --- does it make sense ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (line(exercise="no_such"), "no exercise 'no_such'"),
        (line(reps=None), "how many repetitions"),
        (line(reps=0), f"1 to {MOST_REPS} repetitions"),
        (line(hold_s=3.0), "no seconds"),
        (line(side="left"), "both sides move"),
        (line(sets=0), "sets were expected"),
        (line(rest_s=-1.0), "rest of 0 to"),
        (line(rest_s=float("nan")), "rest of 0 to"),
        (line(days=(7,)), "Monday to Sunday"),
        (line(days=(1, 1)), "Monday to Sunday"),
        (line(tolerances={"hold": float("nan")}), "outwards"),
        (replace(PIGEON, reps=10), "no repetitions"),
        (replace(PIGEON, hold_s=None), "how many seconds"),
        (replace(PIGEON, hold_s=float("inf")), "seconds were expected"),
        (PlanItem("t", "pelvic_tilt", hold_s=60), "80 seconds"),
    ],
)
def test_what_makes_no_sense_is_told(wrong: PlanItem, told: str) -> None:
    (found,) = (text for text in problems((wrong,)) if told in text)
    assert found[0].isupper() and found[-1] == "."
    for language in LANGUAGES:
        assert len(problems((wrong,), language)) == len(problems((wrong,)))


def test_a_plan_without_a_line_is_none() -> None:
    assert problems(()) == ("The plan has no exercise.",)


def test_the_same_exercise_twice_on_a_day_is_told_once_and_a_side_each_is_fine() -> None:
    left, right = replace(PIGEON, id="l", side="left"), replace(PIGEON, id="r", side="right")
    assert problems((left, right)) == ()
    assert len(problems((left, PIGEON))) == 1
    assert problems((line(days=(0,)), line(id="c", days=(1,)))) == ()
    assert "Monday" in problems((line(), line(id="c")))[0]
    assert any("same id" in text for text in problems((line(days=(0,)), line(days=(1,)))))


# --- what is due ----------------------------------------------------------------------------------------


@given(st.sets(st.integers(0, 6)), st.integers(-10, 400))
def test_a_line_is_due_on_its_days_and_not_before_the_plan(days: set[int], after: int) -> None:
    wanted = plan(*sorted(days))
    day = wanted.from_day + timedelta(days=after)
    is_due = bool(due(wanted, day))
    assert is_due is (after >= 0 and (not days or day.weekday() in days))
    assert due(None, day) == ()


def test_the_plan_that_was_made_last_holds() -> None:
    old = plan(from_day=MONDAY)
    newer = replace(old, id="new", made_at=ago(1), from_day=MONDAY)
    later = replace(newer, id="later", from_day=MONDAY + timedelta(days=30), made_at=ago(0))
    assert plan_on((newer, old, later), MONDAY) == newer
    assert plan_on((newer, old, later), MONDAY - timedelta(days=1)) is None


# --- what is done ---------------------------------------------------------------------------------------


def sets_of(item: PlanItem, *counts: int, **told: Any) -> list[Any]:
    return [
        replace(a_set(0, item.exercise, counted=n, **told), item=item.id, id=f"{i}")
        for i, n in enumerate(counts)
    ]


def test_sets_are_counted_from_half_their_dose_on() -> None:
    assert [d.sets for d in done((BRIDGE,), sets_of(BRIDGE, 10, 5, 4, 0))] == [2]
    assert done((BRIDGE,), sets_of(BRIDGE, 10, 10, 10))[0].whole
    assert done((BRIDGE,), sets_of(BRIDGE, 10))[0].left == 1


def test_a_set_that_was_cut_off_counts_what_was_kept() -> None:
    assert done((BRIDGE,), sets_of(BRIDGE, 9, closed=False))[0].sets == 1


def test_a_dose_a_side_is_asked_of_both() -> None:
    hiker = PlanItem("h", "hip_hiker", reps=10)
    assert share_done(hiker, a_set(0, counted=10), 2) == 0.5
    assert done((replace(hiker, side="left"),), sets_of(hiker, 5))[0].sets == 1
    assert done((hiker,), sets_of(hiker, 9))[0].sets == 0


def test_a_hold_is_counted_by_its_seconds_and_one_side_does_not_stand_for_the_other() -> None:
    held = a_set(0, "pigeon", counted=1, hold_s={"left": 90.0})
    assert share_done(PIGEON, held, 2) == 0.5
    assert share_done(replace(PIGEON, side="right"), held, 1) == 0.0
    assert share_done(PIGEON, replace(held, hold_s={"left": 29.5, "right": 30.1}), 2) == 1.0
    assert share_done(PIGEON, replace(held, hold_s={}), 2) == 0.5


def test_many_short_holds_are_no_long_one() -> None:
    left = replace(PIGEON, side="left")
    tried = a_set(0, "pigeon", counted=0, attempts=10, hold_s={"left": 30.0})
    assert share_done(left, tried, 1) == pytest.approx(3 / 29), "kept before the longest was told"
    told = replace(tried, longest_s={"left": 12.0})
    assert share_done(left, told, 1) == pytest.approx(12 / 29)
    assert done((left,), [replace(told, item="p")])[0].sets == 0
    nearly = replace(tried, attempts=1, longest_s={"left": 29.5})
    assert 0.5 < share_done(left, nearly, 1) < 1, "no hold counted"
    assert done((left,), [replace(nearly, item="p")])[0].sets == 1


def test_repetitions_are_counted_for_their_own_side() -> None:
    hiker = PlanItem("h", "hip_hiker", reps=10)
    left_alone = a_set(0, "hip_hiker", counted=20, attempts=20, counted_by_side={"left": 20})
    assert share_done(hiker, left_alone, 2) == 0.5
    assert share_done(replace(hiker, side="right"), left_alone, 1) == 0
    assert share_done(hiker, replace(left_alone, counted_by_side={"left": 10, "right": 10}), 2) == 1
    assert share_done(hiker, replace(left_alone, counted_by_side={}), 2) == 1, "kept before sides were told"
    assert share_done(BRIDGE, a_set(0, counted=10, counted_by_side={"both": 10}), 1) == 1


def test_a_set_outside_the_plan_counts_for_the_line_of_its_exercise() -> None:
    free = [replace(s, item=None) for s in sets_of(BRIDGE, 10, 10, 10)]
    assert [d.sets for d in done((BRIDGE, replace(BRIDGE, id="c", sets=1)), free)] == [2, 1]
    assert done((PIGEON,), free)[0].sets == 0
    foreign = [replace(s, item="of an older plan") for s in free]
    assert done((BRIDGE,), foreign)[0].sets == 0


def test_a_sample_clip_that_was_watched_is_nobodys_exercise() -> None:
    assert done((BRIDGE,), [replace(s, source="sample") for s in sets_of(BRIDGE, 10)])[0].sets == 0


def test_an_exercise_whose_file_is_gone_is_still_told() -> None:
    gone = line(exercise="gone")
    assert done((gone,), sets_of(gone, 10))[0].sets == 1


def test_a_week_tells_what_was_asked_for_and_what_is_done() -> None:
    asked = replace(plan(0, 2, 4), items=(replace(BRIDGE, days=(0, 2, 4)),), from_day=MONDAY)
    sets = [replace(a_set(d), item="b", id=f"{d}") for d in (4, 4.01, 3.9, 3, 0)]
    days = week([asked], sets, MONDAY, UTC)
    assert [day.planned for day in days] == [2, 0, 2, 0, 2, 0, 0]
    assert [day.done for day in days] == [2, 1, 0, 0, 1, 0, 0]
    assert days[1].free and not days[0].free
    earlier = week([asked], sets, MONDAY - timedelta(days=7), UTC)
    assert {day.planned for day in earlier} == {None}


def test_each_day_of_a_week_is_told_by_the_plan_that_held_on_it() -> None:
    first = replace(plan(0, 1), items=(replace(BRIDGE, days=(0, 1)),), from_day=MONDAY)
    then = replace(first, id="then", made_at=ago(3), from_day=MONDAY + timedelta(days=2), items=(PIGEON,))
    days = week([first, then], [replace(a_set(d), item="b", id=f"{d}") for d in (4, 3)], MONDAY, UTC)
    assert [(day.planned, day.done) for day in days[:3]] == [(2, 1), (2, 1), (PIGEON.sets, 0)]


def test_a_set_is_shown_with_the_limits_by_which_it_was_judged() -> None:
    check, limit = next(iter(movable(load_exercise("squat")).items()))
    line_moved = PlanItem("s", "squat", reps=5, tolerances={check: limit.most / 2})
    asked = [Plan("x", "p", ago(10), MONDAY, (line_moved,), "t")]
    usual, summary = load_exercise("squat"), a_set(1, "squat")
    moved = replace(summary, rules=rules_of(exercise_for(line_moved)))
    for judged_by, of in ((exercise_for(line_moved), moved), (usual, replace(moved, rules=rules_of(usual)))):
        found = as_judged(of, asked)
        assert found is not None and found.checks == judged_by.checks
    assert as_judged(replace(summary, exercise="gone"), asked) is None


@given(st.integers(0, 40))
def test_no_more_than_all_is_done_of_a_planned_day(count: int) -> None:
    asked = Plan("x", "p", ago(10), MONDAY, (BRIDGE,), "t")
    days = week([asked], [replace(a_set(0), item="b", id=str(i)) for i in range(count)], MONDAY, UTC)
    assert days[4].done == min(2, count)
    assert 0 < ENOUGH_OF_SET <= 1


# --- in words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "language", "told"),
    [
        (BRIDGE, "en", "2 sets of 10 repetitions"),
        (replace(BRIDGE, sets=1, reps=1), "en", "one repetition"),
        (PIGEON, "de", "30 Sekunden pro Seite"),
        (replace(PIGEON, side="left"), "de", "30 Sekunden"),
        (replace(PIGEON, sets=3), "es", "3 series de 30 segundos por lado"),
    ],
)
def test_a_dose_is_told(item: PlanItem, language: Language, told: str) -> None:
    assert dose_told(item, language) == told


def test_a_side_is_told() -> None:
    assert [side_name(side, "en") for side in ("left", "right", None)] == ["left", "right", "both sides"]
