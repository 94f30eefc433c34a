"""What is no repetition: a joint that does not keep its place."""

import math

import pytest

from coach.judge.other_movement import wandered
from coach.judge.samples import Probes, Recording, Sample
from tests.judge.files import changed

STILL = {"joint": "ankle", "within": 0.25, "says": "Keep your foot where it is"}
FPS = 30


def goes_away(away_s: tuple[float, float], hidden_s: tuple[float, float]) -> bool:
    """Whether an ankle is told to wander that, before a camera in front, is half a trunk away for a time.

    hidden_s  when it is not seen
    """

    def sample(t: float) -> Sample:
        away, hidden = (start <= t < end for start, end in (away_s, hidden_s))
        place = complex(math.nan, math.nan) if hidden else complex(0.5 * away, 0)
        return Sample(t, 0.0, (0.0, 0.0), (place,), 1.0, "front")

    exercise = changed("repetition", still=[STILL])
    recording = Recording([sample(i / FPS) for i in range(2 * FPS)])
    return bool(wandered(Probes(exercise, "left"), recording))


@pytest.mark.parametrize("hidden_s", [(0.0, 0.0), (0.1, 0.3)], ids=["seen", "hidden before"])
def test_a_foot_that_steps_away_and_stays_there_wanders(hidden_s: tuple[float, float]) -> None:
    assert goes_away((1.7, 2.0), hidden_s)


@pytest.mark.parametrize("hidden_s", [(0.0, 0.0), (0.8, 1.1)], ids=["seen", "hidden meanwhile"])
def test_how_long_a_foot_was_away_is_told_by_the_clock(hidden_s: tuple[float, float]) -> None:
    assert goes_away((0.6, 1.2), hidden_s)
    assert not goes_away((0.6, 0.9), (0.0, 0.0)), "a moment"
