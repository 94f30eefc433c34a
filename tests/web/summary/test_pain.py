"""What is said to pain."""

import pytest

from coach.care.safety import REST_FROM, SCALE
from coach.care.types import Pain
from coach.judge import exercise_ids
from coach.language import LANGUAGES, Language
from coach.web.summary.pain import PainAnswer, pain_answer
from tests.web.summary.sets import loaded

BRIDGE = loaded("bridge")


def test_no_pain_needs_no_answer() -> None:
    assert pain_answer(Pain(0), BRIDGE) == PainAnswer()


@pytest.mark.parametrize("pain", SCALE[1:])
def test_any_pain_is_told_when_to_stop_and_from_four_on_to_rest(pain: int) -> None:
    answer = pain_answer(Pain(pain), BRIDGE)
    assert answer.rules == BRIDGE.stop
    assert answer.high is (pain >= REST_FROM) is bool(answer.swap)


@pytest.mark.parametrize(
    ("before", "after", "rests"),
    [(6, 4, False), (6, 5, False), (5, 5, False), (4, 5, True), (3, 4, True), (6, 6, True), (9, 7, True)],
)
def test_pain_that_fell_is_not_answered_with_rest_and_another_exercise(
    before: int, after: int, rests: bool
) -> None:
    answer = pain_answer(Pain(after), loaded("squat"), Pain(before))
    assert answer.high is bool(answer.swap) is rests
    assert ("by tomorrow morning" in answer.text) is not rests


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_instead_is_told_by_its_name(language: Language) -> None:
    for name in exercise_ids():
        exercise = loaded(name, language)
        swap = pain_answer(Pain(7), exercise).swap
        other = exercise.swap.exercise
        assert (loaded(other, language).name if other in exercise_ids() else other) in swap
        assert exercise.swap.when in swap


def test_another_kind_of_exercise_is_told_as_the_file_tells_it() -> None:
    own = BRIDGE.model_copy(update={"swap": BRIDGE.swap.model_copy(update={"exercise": "a short walk"})})
    assert (
        pain_answer(Pain(5), own).swap
        == "When lifting the hips hurts your back, do this instead: a short walk."
    )


@pytest.mark.parametrize(
    ("before", "after", "stops"),
    [
        (Pain(1), Pain(3), True),
        (Pain(2), Pain(3), False),
        (Pain(6), Pain(7), False),
        (None, Pain(3), False),
        (Pain(0), Pain(0, numb=True), True),
        (None, Pain(None, numb=True), True),
        (Pain(4), Pain(8), True),
    ],
)
def test_a_clear_rise_and_new_numbness_end_the_day(before: Pain | None, after: Pain, stops: bool) -> None:
    answer = pain_answer(after, BRIDGE, before)
    assert answer.stops is stops
    assert not stops or (answer.high and "therapist" in answer.text)
    assert not (stops and answer.swap), "who is to stop is not sent on to another exercise"


def test_what_was_taken_back_needs_no_answer() -> None:
    assert pain_answer(Pain(None), BRIDGE, Pain(3)) == PainAnswer()
