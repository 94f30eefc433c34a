"""Scales and ticks."""

from hypothesis import given
from hypothesis import strategies as st

from coach.report.axes import MAX_TICKS, Scale, ticks, time_label, time_ticks

NUMBERS = st.floats(-1e4, 1e4)
SPANS = st.floats(0.1, 1e4)


@given(low=NUMBERS, span=SPANS)
def test_ticks_enclose_the_values_and_are_few(low: float, span: float) -> None:
    found = ticks(low, low + span)
    assert found[0] <= low + 1e-6
    assert found[-1] >= low + span - 1e-6
    assert 2 <= len(found) <= 8


@given(low=st.floats(0, 1e5), span=st.floats(1, 1e5))
def test_time_ticks_lie_within_and_are_few(low: float, span: float) -> None:
    found = time_ticks(low, low + span)
    assert len(found) <= MAX_TICKS
    assert all(low - 0.01 <= t <= low + span + 0.01 for t in found)


def test_time_ticks_are_round() -> None:
    assert time_ticks(0, 58) == [0, 10, 20, 30, 40, 50]
    assert time_ticks(0, 333) == [0, 60, 120, 180, 240, 300]


def test_a_scale_may_run_upward() -> None:
    assert [Scale(100, 200, 300, 0)(v) for v in (100, 150, 200)] == [300, 150, 0]


def test_long_recordings_are_told_in_minutes() -> None:
    assert [time_label(20, 58), time_label(120, 333)] == ["20\xa0s", "2:00"]
