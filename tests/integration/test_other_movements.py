"""What is no exercise of the library is neither named nor counted, on landmarks that the model found in rendered films.

`sample_videos/others/NAME.npz` are the landmarks of the first seconds of films as of
`python -m sample_videos.studio.matrix others`: those of near neighbours, and of what was named once.
"""

from pathlib import Path

import pytest

from coach.judge import exercise_ids
from coach.video import analyse, analyse_workout
from sample_videos.studio.movements import OTHERS
from tests.conftest import SAMPLES

TRACKS = sorted((SAMPLES / "others").glob("*.npz"))
# What was counted once in a film of something else.
ONCE = {
    "back_raises_front": "side_lying_leg_raise",
    "bird_dogs_front": "fire_hydrant",
    "cobras_front": "fire_hydrant",
    "donkey_kicks_front": "fire_hydrant",
    "heel_slides_left": "bridge",
    "kick_backs_left": "step_up",
}


def test_the_films_show_movements_of_the_studio() -> None:
    assert {path.stem.rpartition("_")[0] for path in TRACKS} < set(OTHERS)
    assert set(ONCE) < {path.stem for path in TRACKS} and set(ONCE.values()) < set(exercise_ids())


@pytest.mark.parametrize("path", TRACKS, ids=lambda path: path.stem)
def test_nothing_is_named(path: Path) -> None:
    assert [one.exercise for one in analyse_workout(path).result.sets if one.exercise is not None] == []


@pytest.mark.parametrize(("name", "exercise"), ONCE.items())
def test_nothing_is_counted_by_the_exercise_that_it_resembles(name: str, exercise: str) -> None:
    assert analyse(SAMPLES / "others" / f"{name}.npz", exercise).result.counted == 0
