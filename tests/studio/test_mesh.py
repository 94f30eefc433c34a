"""Surfaces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_videos.studio.colours import decoded, encoded, linear
from sample_videos.studio.mesh import Mesh, border, box, ellipsoid, joined, quad, vertex_normals

SHAPES = [box([0, 0, 0], [1, 2, 3], "#808080"), ellipsoid([0.5, 1, 1], [0.5, 0.2, 1], "#808080")]


@pytest.mark.parametrize("shape", SHAPES)
def test_normals_point_outwards_and_agree_with_the_faces(shape: Mesh) -> None:
    outwards = shape.vertices - shape.vertices.mean(axis=0)
    assert ((outwards * shape.normals).sum(axis=1) > 0).all()
    by_faces = vertex_normals(shape.vertices, shape.faces)
    assert (
        (by_faces * shape.normals).sum(axis=1) > 0.2
    ).all()  # the seam of a ball has faces on one side only


@pytest.mark.parametrize("shape", SHAPES)
def test_normals_are_the_mean_of_the_faces_by_their_areas(shape: Mesh) -> None:
    a, b, c, d = (shape.vertices[shape.faces[:, i]] for i in range(4))
    summed = np.zeros_like(shape.vertices)
    for face, across in zip(shape.faces, np.cross(c - a, d - b), strict=True):
        summed[face] += across
    summed /= np.linalg.norm(summed, axis=1, keepdims=True)
    assert vertex_normals(shape.vertices, shape.faces) == pytest.approx(summed)


def test_turning_goes_anticlockwise_seen_from_above() -> None:
    turned = quad([[1, 0, 0], [2, 0, 0], [2, 0, 1], [1, 0, 1]], "#ffffff").placed([0, 0, 5], 90)
    assert turned.vertices[0] == pytest.approx([0, 1, 5])
    assert turned.normals[0] == pytest.approx([1, 0, 0])


def test_joined_faces_keep_their_corners() -> None:
    both = joined(SHAPES)
    first = len(SHAPES[0].faces)
    corners = both.vertices[both.faces[first:]]
    assert np.array_equal(corners, SHAPES[1].vertices[SHAPES[1].faces])


def test_the_border_is_where_faces_end() -> None:
    strip = np.array([[0, 1, 4, 3], [1, 2, 5, 4], [3, 4, 7, 6], [4, 5, 8, 7]])
    assert np.flatnonzero(~border(9, strip)).tolist() == [4]


@given(st.floats(0, 1))
def test_srgb_there_and_back(level: float) -> None:
    assert encoded(decoded(np.array(level))) == pytest.approx(level, abs=1e-6)


def test_a_colour_is_linear_light() -> None:
    assert linear("#ff8000") == pytest.approx([1, 0.2158605, 0])
