"""Skinning: points moved by several bones at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_videos.studio.rotations import about_x, about_z
from sample_videos.studio.skeleton import SKIN, Body, Placed, Posture
from sample_videos.studio.skinning import Skinning


def by_the_formula(body: Body, placed: Placed, vertices: np.ndarray) -> np.ndarray:
    """Each vertex on its own: the mean of where its bones would take it, by their weights."""
    out = []
    for vertex in vertices:
        bones, weights = body.weights_index[vertex], body.weights[vertex]
        there = placed.turns[bones] @ body.vertices0[vertex] + placed.joints[bones]
        there -= np.einsum("bij,bj->bi", placed.turns[bones], body.heads0[bones])
        out.append(weights @ there)
    return np.array(out)


@given(lean=st.floats(-90, 90), turn=st.floats(-170, 170))
def test_the_skin_is_where_its_bones_take_it(female: Body, lean: float, turn: float) -> None:
    placed = female.place(
        Posture({"pelvis": about_z(turn), "spine_03": about_x(lean), "thigh_r": about_x(-lean)})
    )
    some = np.arange(0, len(female.vertices0), 397)
    assert female.skin_of(placed, some) == pytest.approx(by_the_formula(female, placed, some), abs=1e-9)
    assert female.skin(placed)[some] == pytest.approx(female.skin_of(placed, some), abs=1e-9)


def test_heights_are_the_third_coordinate(female: Body) -> None:
    placed = female.place(Posture({"pelvis": about_x(-70), "calf_l": about_x(80)}))
    assert female.lowest_m(placed) == pytest.approx(female.skin(placed)[:SKIN, 2].min(), abs=1e-12)
    feet = female.belonging("foot_l", "ball_l")
    assert female.lowest_m(placed, feet) == pytest.approx(female.skin_of(placed, feet)[:, 2].min(), abs=1e-12)


def test_weights_that_are_nothing_are_left_out() -> None:
    skinning = Skinning.of(np.ones((2, 3)), np.array([[1, 0], [0, 1]]), np.array([[1.0, 0.0], [0.25, 0.75]]))
    assert len(skinning.points) == 3
    matrices = np.stack([np.eye(3, 4), 2 * np.eye(3, 4)])
    assert skinning(matrices) == pytest.approx(np.array([[2.0] * 3, [1.75] * 3]))
    assert skinning.heights(matrices) == pytest.approx([2.0, 1.75])
