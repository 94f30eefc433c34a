"""What is said to pain."""

import pytest

from coach.judge import exercise_ids
from coach.language import LANGUAGES, Language
from coach.web.summary.pain import REST_FROM, SCALE, PainAnswer, pain_answer
from tests.web.summary.sets import loaded

BRIDGE = loaded("bridge")


def test_no_pain_needs_no_answer() -> None:
    assert pain_answer(0, BRIDGE) == PainAnswer()


@pytest.mark.parametrize("pain", SCALE[1:])
def test_any_pain_is_told_when_to_stop_and_from_four_on_to_rest(pain: int) -> None:
    answer = pain_answer(pain, BRIDGE)
    assert answer.rules == BRIDGE.stop
    assert answer.high is (pain >= REST_FROM) is bool(answer.swap)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_instead_is_told_by_its_name(language: Language) -> None:
    for name in exercise_ids():
        exercise = loaded(name, language)
        swap = pain_answer(7, exercise).swap
        assert loaded(exercise.swap.exercise, language).name in swap and exercise.swap.when in swap


def test_another_kind_of_exercise_is_told_as_the_file_tells_it() -> None:
    own = BRIDGE.model_copy(update={"swap": BRIDGE.swap.model_copy(update={"exercise": "a short walk"})})
    assert pain_answer(5, own).swap == "When lifting the hips hurts your back, do this instead: a short walk."
