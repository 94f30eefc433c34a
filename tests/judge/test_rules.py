"""The marks of the rules: another one where a limit is another one, and nowhere else."""

import pytest

from coach.care.plans import exercise_for, movable
from coach.care.types import PlanItem
from coach.judge import Exercise, exercise_ids, load_exercise
from coach.judge.rules import COUNTING, rules_of
from coach.language import LANGUAGES
from coach.live import Dose, LiveSettings
from tests.judge.films import result_of, squats


@pytest.mark.parametrize("name", exercise_ids())
def test_texts_and_doses_are_no_rules(name: str) -> None:
    exercise = load_exercise(name)
    rules = rules_of(exercise)
    assert rules.keys() == {COUNTING, *exercise.checks}
    assert all(rules_of(load_exercise(name, language=language)) == rules for language in LANGUAGES)
    line = PlanItem("a", name, None, 5, exercise.amount.reps and 3, exercise.hold and exercise.hold.target_s)
    assert rules_of(exercise_for(line)) == rules
    held = exercise.hold is not None
    assert (
        rules_of(LiveSettings(exercise, Dose(None if held else 4, 17.0 if held else None)).coached) == rules
    )


def test_a_limit_that_was_moved_is_another_rule_of_its_check_alone() -> None:
    exercise = load_exercise("bridge")
    rules = rules_of(exercise)
    for name in movable(exercise):
        line = PlanItem("a", "bridge", sets=2, reps=5, tolerances={name: 0.01})
        moved = rules_of(exercise_for(line))
        others = {other for other, mark in moved.items() if mark != rules[other]}
        assert others == {COUNTING if name == "target" else name}


def test_a_field_that_comes_new_into_the_format_changes_nothing() -> None:
    """What is left out of a file is no part of its marks."""
    data = load_exercise("squat").model_dump(exclude_defaults=True)
    assert rules_of(Exercise.model_validate(data)) == rules_of(load_exercise("squat"))


def test_what_is_told_of_movements_that_never_count_is_no_rule() -> None:
    squat = load_exercise("squat")
    assert squat.repetition is not None and squat.repetition.small is not None
    bare = squat.model_copy(update={"repetition": squat.repetition.model_copy(update={"small": None})})
    assert rules_of(bare) == rules_of(squat)


def test_a_result_knows_its_rules() -> None:
    assert result_of(squats(1), "squat").rules == rules_of(load_exercise("squat"))
