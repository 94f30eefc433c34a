"""What was asked for: the dose of each exercise, its time to hold, its sides, the model."""

import pytest

from coach.judge import exercise_ids, load_exercise
from coach.live import Dose, LiveSettings
from coach.live.settings import usual_model
from tests.live.sets import asked


def test_there_are_eighteen() -> None:
    assert len(exercise_ids()) == 18


@pytest.mark.parametrize("name", exercise_ids())
def test_the_usual_dose_is_the_files(name: str) -> None:
    exercise = load_exercise(name)
    dose = Dose.of(exercise)
    assert dose.sets == exercise.dose.sets
    assert (dose.reps is None) == (exercise.hold is not None)
    assert dose.hold_s == (exercise.hold.target_s if exercise.hold is not None else None)
    assert exercise.hold is not None or dose.reps == exercise.dose.reps
    assert LiveSettings(exercise, dose).coached == exercise, "as its recording would be judged"


def test_another_time_to_hold_is_coached() -> None:
    settings = asked("pigeon", Dose(None, 45.0), language="de")
    assert settings.coached.hold is not None and settings.coached.hold.target_s == 45.0
    assert settings.exercise.hold is not None and settings.exercise.hold.target_s == 30.0
    assert settings.coached.language == settings.language == "de"
    assert settings.coached.checks == settings.exercise.checks


def test_a_guide_keeps_its_own_rhythm() -> None:
    settings = asked("pelvic_tilt", Dose(None, 20.0))
    assert settings.coached == settings.exercise


def test_sides_are_told_apart_where_each_has_its_dose() -> None:
    assert asked("hip_hiker").sides == ("left", "right")
    assert asked("hip_hiker", side="left").sides == ("left",)
    assert asked("squat").sides == asked("bridge_march").sides == ()


@pytest.mark.parametrize(("told", "model"), [("", "full"), ("lite", "lite"), ("huge", "full")])
def test_the_model_to_begin_with_may_be_told(told: str, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_MODEL", told)
    assert usual_model() == asked().model == model
