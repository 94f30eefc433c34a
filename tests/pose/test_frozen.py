"""A picture that stands still is told; one in which anything at all changes is not."""

from typing import Any

import numpy as np
import pytest

from coach.pose import FROZEN, Frozen, nobody_in
from coach.pose.frozen import LASTS_S

RATES = (10, 15, 30)
at_every_rate = pytest.mark.parametrize("fps", RATES)


def scene(seed: int = 0, shape: tuple[int, int, int] = (96, 128, 3)) -> Any:
    return np.random.default_rng(seed).integers(0, 250, shape).astype(np.uint8)


def told(pictures: list[Any], fps: int) -> list[bool]:
    own = Frozen()
    return [own.step(picture, i / fps) for i, picture in enumerate(pictures)]


@at_every_rate
def test_the_same_picture_for_long_stands_still(fps: int) -> None:
    found = told([scene()] * (4 * fps), fps)
    assert found.index(True) / fps == pytest.approx(LASTS_S, abs=0.11)
    assert all(found[found.index(True) :])


@at_every_rate
def test_what_coding_makes_of_the_same_picture_is_no_change(fps: int) -> None:
    coded = [scene() + np.uint8(i % 3) for i in range(4 * fps)]
    assert told(coded, fps)[-1]


@at_every_rate
def test_a_person_who_breathes_is_a_change(fps: int) -> None:
    pictures = []
    for i in range(4 * fps):
        picture = scene()
        picture[40:48, 60:68] = 100 + (20 if (i // fps) % 2 else 0)
        pictures.append(picture)
    assert not any(told(pictures, fps))


@pytest.mark.parametrize("light", [0.3, 0.2, 0.1])
def test_where_it_is_dim_less_is_a_change(light: float) -> None:
    """Where 20 levels of 255 change by daylight, it is as much less; the same picture still stands still."""
    dim = (scene() * light).astype(np.uint8)
    moved = dim.copy()
    moved[40:48, 60:68] += 2 if light > 0.175 else 1
    assert not any(told([moved if (i // 10) % 2 else dim for i in range(60)], 10))
    assert told([dim] * 60, 10)[-1]


def test_a_picture_that_moves_again_is_seen_again() -> None:
    found = told([scene()] * 40 + [scene(1)] + [scene(2)], 10)
    assert found[39] and not found[40] and not found[41]


def test_another_size_is_another_picture() -> None:
    assert not told([scene()] * 40 + [scene(0, (48, 64, 3))], 10)[-1]


def test_nobody_is_in_it_and_the_reason_is_told() -> None:
    frame = nobody_in(scene(), 3.5)
    assert (frame.t, frame.size, frame.found, frame.doubt) == (3.5, (128, 96), False, FROZEN)
