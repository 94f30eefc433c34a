"""The error table that the engine reads."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.motion import MEASURES, VIEWS, ErrorTable, Measure, SeenErrors, ViewName, load_errors

IN_THEIR_VIEWS = [
    pytest.param(measure, view, id=f"{name}-{view}")
    for name, measure in MEASURES.items()
    for view in measure.views
]


def test_the_table_says_when_and_how_it_was_made() -> None:
    table = load_errors()
    assert date.fromisoformat(table.date)
    assert len(table.source) > 20


def test_the_table_is_read_once() -> None:
    assert load_errors() is load_errors()


def test_every_entry_is_a_measure_in_a_view_it_is_good_in() -> None:
    for name, by_view in load_errors().errors.items():
        assert name in MEASURES
        assert set(by_view) <= set(MEASURES[name].views)


def test_every_unit_has_a_default() -> None:
    assert {measure.unit for measure in MEASURES.values()} <= set(load_errors().default)


@pytest.mark.parametrize(("measure", "view"), IN_THEIR_VIEWS)
def test_an_error_is_positive_and_far_smaller_than_what_can_be_reached(
    measure: Measure, view: ViewName
) -> None:
    low, high = measure.reach
    assert 0 < load_errors().error(measure, view) < (high - low) / 8


def test_what_nobody_measured_has_the_default_of_its_unit() -> None:
    table = ErrorTable("2026-01-01", "a test", {"deg": 6.0, "ratio": 0.1}, {"stride": {"side": 0.02}})
    assert table.error(MEASURES["stride"], "side") == 0.02
    assert table.error(MEASURES["stride"], "front") == 0.1
    assert table.error(MEASURES["hip_extension"], "side") == 6.0


def test_what_was_measured_in_an_exercise_goes_before_what_holds_over_all() -> None:
    own = ({"stride": {"side": 0.3}}, {"stride": {"side": 0.01}})
    table = ErrorTable(
        "2026-01-01", "a test", {"deg": 6.0, "ratio": 0.1}, {"stride": {"side": 0.02}}, {}, {"lunge": own}
    )
    stride = MEASURES["stride"]
    assert (table.error(stride, "side"), table.of("lunge").error(stride, "side")) == (0.02, 0.3)
    assert table.of("lunge").error_of_change(stride, "side") == 0.01
    assert table.of("squat").error(stride, "side") == 0.02
    assert table.of("lunge").error(MEASURES["hip_extension"], "side") == 6.0


@given(st.sampled_from(IN_THEIR_VIEWS), st.sampled_from([*load_errors().exercises, "none"]))
def test_what_the_quicker_model_sees_is_nowhere_told_to_err_less(param: Any, exercise: str) -> None:
    measure, view = param.values
    usual, quicker = load_errors().of(exercise), load_errors("lite").of(exercise)
    assert quicker.error(measure, view) >= usual.error(measure, view)
    assert quicker.error_of_change(measure, view) >= usual.error_of_change(measure, view)
    assert load_errors("heavy") == load_errors("full") == load_errors()


def test_the_wider_errors_hold_once_the_quicker_model_saw_something() -> None:
    measure = max(MEASURES.values(), key=lambda m: _wider_by(m, m.views[0]))
    view, seen = measure.views[0], SeenErrors("none")
    usual, quicker = load_errors(), load_errors("lite")
    assert seen.error(measure, view) == usual.error(measure, view) < quicker.error(measure, view)
    for model in ("full", "lite", "full", ""):
        seen.seen_by(model)
    assert seen.error(measure, view) == quicker.error(measure, view)
    assert seen.date == quicker.date


def test_a_table_that_was_given_stays() -> None:
    given = replace(load_errors(), errors={"stride": {"side": 0.5}})
    seen = SeenErrors("lunge", given)
    seen.seen_by("lite")
    assert seen.error(MEASURES["hip_extension"], "side") == given.of("lunge").error(
        MEASURES["hip_extension"], "side"
    )


def _wider_by(measure: Measure, view: ViewName) -> float:
    return load_errors("lite").error(measure, view) / load_errors().error(measure, view)


def test_views_are_the_four_that_exist() -> None:
    assert set(VIEWS) == {"side", "front", "back", "three_quarter"}
