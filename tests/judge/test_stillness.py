"""Holding still: moving is told, trembling is not."""

from math import inf, nan

import numpy as np
import pytest

from coach.judge.stillness import LOOK_BACK_S, Stillness
from tests.judge.waves import RATES

at_every_rate = pytest.mark.parametrize("fps", RATES)


def since(values: list[float], fps: int, within: float = 4.0) -> list[float]:
    still = Stillness([within])
    return [still.step(i / fps, [value]) for i, value in enumerate(values)]


@at_every_rate
def test_who_stops_holds_still_from_there_on(fps: int) -> None:
    """An even movement of 40 in a second, then two at rest."""
    told = since([40 * min(1.0, i / fps) for i in range(3 * fps)], fps)
    assert told[fps] == pytest.approx(1.0, abs=0.15 + 1 / fps)
    assert told[-1] == -inf
    first = next(i for i in range(fps, 3 * fps) if told[i] == -inf)
    assert first / fps == pytest.approx(1.0 + LOOK_BACK_S, abs=0.15 + 1 / fps)


@at_every_rate
def test_a_reading_that_trembles_is_not_moving(fps: int) -> None:
    trembling = list(np.random.default_rng(0).normal(50, 4.0, 5 * fps))
    moving = np.mean([start > -inf for start in since(trembling, fps)[fps:]])
    assert moving < 0.2
    assert (
        np.mean([start > -inf for start in since([x + 60 * i / fps for i, x in enumerate(trembling)], fps)])
        > 0.5
    )


@at_every_rate
def test_who_wavers_about_where_they_arrived_holds_still_from_there_on(fps: int) -> None:
    """Down by 40 in a second, then to and fro by 12 in a second and a quarter."""
    ways = [
        40 * min(1.0, i / fps) + 6 * np.sin(2 * np.pi * max(0.0, i / fps - 1) / 1.25) for i in range(4 * fps)
    ]
    told = since(ways, fps)
    assert told[2 * fps :] == [-inf] * (2 * fps)
    assert max(told) < 1.9


def test_what_is_not_seen_does_not_move() -> None:
    assert set(since([nan] * 20, 10)) == {-inf}
    still = Stillness([4.0, 0.1])
    assert [still.step(i / 10, [nan, 0.5 * (i > 2)]) for i in range(5)][2:4] == [-inf, 0.3]
