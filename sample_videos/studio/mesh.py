"""Surfaces: points with normals and colours, joined to faces of four corners."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sample_videos.studio.colours import Colour, linear

Floats = NDArray[np.float64]
Faces = NDArray[np.int64]

MATT: Final = 0.02  # a wall, painted wood
AROUND: Final = 24  # corners round a ball: no edges are seen at the sizes here
DOWN: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """A surface.

    vertices (V, 3) metres; normals (V, 3) unit vectors; colours (V, 3) linear light, 0 to 1; faces (F, 4)
    vertex numbers.  gloss: share of light mirrored in a highlight; grain: 0 plain, 1 wood with its planks
    along X, 2 along Y; casts: whether it throws a shadow; closed: whether its inside is never seen, so that what faces
    away need not be drawn.
    """

    vertices: Floats
    normals: Floats
    colours: Floats
    faces: Faces
    gloss: float = MATT
    grain: float = 0.0
    casts: bool = True
    closed: bool = False

    def placed(self, at: ArrayLike, turned_deg: float = 0.0) -> "Mesh":
        """Turned about the vertical through its origin, anticlockwise seen from above, then moved by `at` (3,)."""
        turn = np.deg2rad(turned_deg)
        across = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
        return replace(self, vertices=self.vertices @ across.T + at, normals=self.normals @ across.T)


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """One surface of several; gloss, grain, shadow and whether it is closed are the first one's."""
    starts = np.cumsum([0, *(len(mesh.vertices) for mesh in meshes)])
    return replace(
        meshes[0],
        vertices=np.concatenate([mesh.vertices for mesh in meshes]),
        normals=np.concatenate([mesh.normals for mesh in meshes]),
        colours=np.concatenate([mesh.colours for mesh in meshes]),
        faces=np.concatenate([mesh.faces + start for mesh, start in zip(meshes, starts, strict=False)]),
    )


def vertex_normals(vertices: Floats, faces: Faces) -> Floats:
    """(V, 3) unit normals: the mean of the faces about each vertex, by their areas; zero where there is none."""
    a, b, c, d = (vertices.take(corner, axis=0) for corner in faces.T)
    (x, y, z), (u, v, w) = (c - a).T, (d - b).T
    across = y * w - z * v, z * u - x * w, x * v - y * u  # as np.cross, which takes three times as long
    each = faces.ravel()
    normals = np.stack([np.bincount(each, np.repeat(part, 4), len(vertices)) for part in across], axis=1)
    lengths = np.sqrt((normals**2).sum(axis=1, keepdims=True))
    return np.asarray(normals / np.maximum(lengths, 1e-12))


def border(vertices: int, faces: Faces) -> NDArray[np.bool_]:
    """(vertices,) True on the open edges of a surface: those that only one face has."""
    edges = np.sort(np.concatenate([faces[:, [i, (i + 1) % 4]] for i in range(4)]), axis=1)
    edges, count = np.unique(edges, axis=0, return_counts=True)
    on_border = np.zeros(vertices, bool)
    on_border[edges[count == 1]] = True
    return on_border


def quad(corners: ArrayLike, colour: Colour, *, grain: float = 0.0, casts: bool = True) -> Mesh:
    """A flat face with four corners (4, 3)."""
    vertices = np.asarray(corners, float)
    across = np.cross(vertices[2] - vertices[0], vertices[3] - vertices[1])
    normals = np.tile(across / np.linalg.norm(across), (4, 1))
    return Mesh(
        vertices, normals, np.tile(linear(colour), (4, 1)), np.arange(4)[None], grain=grain, casts=casts
    )


def box(low: ArrayLike, high: ArrayLike, colour: Colour, *, casts: bool = True) -> Mesh:
    """A box along the axes from corner `low` (3,) to corner `high` (3,)."""
    low, high = np.asarray(low, float), np.asarray(high, float)
    sides = [_side(axis, end) for axis in range(3) for end in (0, 1)]
    return joined([quad(low + side * (high - low), colour, casts=casts) for side in sides])


def ellipsoid(middle: ArrayLike, radii: ArrayLike, colour: Colour) -> Mesh:
    """An ellipsoid along the axes with three radii (3,)."""
    middle, radii = np.asarray(middle, float), np.asarray(radii, float)
    ball = _ball()
    normals = ball / radii
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return Mesh(ball * radii + middle, normals, np.tile(linear(colour), (len(ball), 1)), _ball_faces())


def _side(axis: int, end: int) -> Floats:
    """(4, 3) corners of a side of the unit box, counted so that the normal points outwards."""
    one, other = (axis + 1) % 3, (axis + 2) % 3
    corners = np.zeros((4, 3))
    corners[:, axis] = end
    corners[:, one] = 0, 1, 1, 0
    corners[:, other] = 0, 0, 1, 1
    return corners if end else corners[::-1]


def _ball() -> Floats:
    """((AROUND + 1) × (DOWN + 1), 3) points of a ball of radius 1, ring by ring from the top."""
    turn, fall = np.meshgrid(np.linspace(0, 2 * np.pi, AROUND + 1), np.linspace(0, np.pi, DOWN + 1))
    return np.stack([np.sin(fall) * np.cos(turn), np.sin(fall) * np.sin(turn), np.cos(fall)], -1).reshape(
        -1, 3
    )


def _ball_faces() -> Faces:
    """(AROUND × DOWN, 4) the faces of a ball, seen from outside anticlockwise."""
    ring, place = np.divmod(np.arange(AROUND * DOWN), AROUND)
    first = ring * (AROUND + 1) + place
    below = first + AROUND + 1
    return np.stack([first, below, below + 1, first + 1], axis=1)
