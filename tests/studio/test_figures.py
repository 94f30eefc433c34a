"""The postures for the drawings: those that are committed are those of the movements."""

import json

import numpy as np
import pytest

from coach.judge import exercise_ids
from sample_videos.studio.figures import FOLDER, as_json, drawable, figure_of
from sample_videos.studio.skeleton import Body


@pytest.mark.parametrize("name", drawable())
def test_the_committed_figure_is_that_of_the_movement(name: str, female: Body) -> None:
    again = "run: python -m sample_videos.studio.figures"
    path = FOLDER / f"{name}.json"
    assert path.is_file(), again
    kept, now = json.loads(path.read_text("utf-8")), figure_of(name, female)
    assert {key: kept[key] for key in ("exercise", "height_m", "toward_deg")} == {
        key: now[key] for key in ("exercise", "height_m", "toward_deg")
    }, again
    for key in ("start", "end"):  # to a thousandth: machines round otherwise
        assert np.allclose(kept[key], now[key], atol=0.002), again
    assert [prop["what"] for prop in kept["props"]] == [prop["what"] for prop in now["props"]], again


@pytest.mark.parametrize("name", drawable())
def test_a_figure_is_a_body_on_the_floor(name: str, female: Body) -> None:
    figure = figure_of(name, female)
    for key in ("start", "end"):
        landmarks = np.array(figure[key])
        assert landmarks.shape == (33, 3) and np.isfinite(landmarks).all()
        assert landmarks[:, 2].min() > -0.01 and landmarks[:, 2].max() < 1.2
    assert 1.5 < figure["height_m"] < 1.9


def test_no_figure_is_left_of_an_exercise_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} <= set(exercise_ids())


def test_json_is_a_landmark_a_line() -> None:
    text = as_json({"exercise": "x", "props": [], "start": [[0.1, 0.2, 0.3], [1, 2, 3]]})
    assert json.loads(text) == {"exercise": "x", "props": [], "start": [[0.1, 0.2, 0.3], [1, 2, 3]]}
    assert len(text.splitlines()) == 8
