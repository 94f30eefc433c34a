"""The line of the chart."""

import numpy as np
from numpy.typing import NDArray

from coach.report import Curve
from coach.report.axes import Scale
from coach.report.trace import path, pieces

X = Scale(0, 10, 0, 100)
Y = Scale(0, 10, 100, 0)


def curve(t: NDArray[np.float64] | list[float], value: NDArray[np.float64] | list[float]) -> Curve:
    return Curve(np.asarray(t, dtype=float), np.asarray(value, dtype=float), "x")


def test_a_gap_stays_open() -> None:
    assert path(curve([0, 0.1, 0.2, 0.3, 0.4], [0, 1, np.nan, 3, 4]), X, Y) == "M0 100L1 90M3 70L4 60"


def test_a_value_seen_alone_is_a_dot() -> None:
    assert path(curve([0, 1, 2], [np.nan, 5, np.nan]), X, Y) == "M10 50h0"


def test_nothing_seen_gives_no_line() -> None:
    assert path(curve([], []), X, Y) == ""
    assert path(curve([0, 1], [np.nan, np.nan]), X, Y) == ""


def test_a_jump_of_the_clock_is_a_gap() -> None:
    t = [0, 0.1, 0.2, 3, 3.1]
    assert [part.tolist() for part, _ in pieces(curve(t, [1] * 5))] == [[0, 0.1, 0.2], [3, 3.1]]


def test_a_slow_recording_is_no_gap() -> None:
    assert len(list(pieces(curve(np.arange(10.0), np.ones(10))))) == 1


def test_an_hour_is_thinned_and_keeps_its_peaks() -> None:
    t = np.arange(0, 10, 1e-4)
    value = 5 + np.sin(t)
    value[54_321] = 9.5
    line = path(curve(t, value), X, Y)
    assert line.count("L") < 300
    assert " 5L" in line, "the single highest sample, at pixel 5 from the top"
