"""Pieces of what is seen of a person, cut from the body's mesh, and where on the body a point is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sample_videos.studio.mesh import MATT, Faces, Mesh, border, vertex_normals
from sample_videos.studio.skeleton import Body
from sample_videos.studio.skinning import Skinning

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Line = Callable[[Floats], Floats]  # rest points (n, 3) -> (n,) metres inside a line on the surface; 0 on it

STEPS: Final = 4  # to bring an edge onto its line, which bends
PROBE_M: Final = 1e-4  # for the line's slope
FARTHEST_M: Final = 0.03  # a face's size: an edge farther from the line is another edge
ARM_FROM_M: Final = 0.21  # farther than this from the body's middle is the arm, with the body at rest
ARM_BONES: Final = ("upperarm", "lowerarm", "hand", "thumb", "index", "middle", "ring", "pinky")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A piece: rest vertices (V, 3) with how bones move them, faces (F, 4), colours (V, 3) linear."""

    name: str
    vertices0: Floats
    skinning: Skinning
    faces: Faces
    colours: Floats
    gloss: float = MATT
    closed: bool = False

    def mesh(self, matrices: Floats) -> Mesh:
        """The piece on a body in a posture, by the bones' matrices (B, 3, 4)."""
        vertices = self.skinning(matrices)
        normals = vertex_normals(vertices, self.faces)
        return Mesh(vertices, normals, self.colours, self.faces, self.gloss, closed=self.closed)


def cut(
    body: Body,
    name: str,
    faces: NDArray[np.integer],
    colours: Floats,
    *,
    offset_m: float = 0.0,
    edge_offset_m: float | None = None,
    hems: Sequence[Line] = (),
    gloss: float = MATT,
    closed: bool = False,
) -> Part:
    """A piece of the body's mesh: `faces` (F, 4) into its vertices, `colours` (3,) or one for each vertex (V, 3).

    offset_m       how far it stands off along its normals, as cloth and hair do
    edge_offset_m  the same at its open edges, if they lie closer
    hems           lines onto which its open edges are drawn, where they are near: the mesh's own are jagged
    closed         nobody ever sees it from inside
    """
    used, own = np.unique(faces, return_inverse=True)
    own = own.reshape(faces.shape)
    vertices = body.vertices0[used].copy()
    edge = border(len(used), own)
    for line in hems:
        vertices[edge] = _drawn_onto(line, vertices[edge], vertex_normals(vertices, own)[edge])
    offset = np.where(edge, offset_m if edge_offset_m is None else edge_offset_m, offset_m)
    vertices += vertex_normals(vertices, own) * offset[:, None]
    painted = np.broadcast_to(colours, (len(body.vertices0), 3))[used]
    skinning = Skinning.of(vertices, body.weights_index[used], body.weights[used])
    return Part(name, vertices, skinning, own, painted, gloss, closed)


def _drawn_onto(line: Line, points: Floats, normals: Floats) -> Floats:
    """The points (n, 3) moved along the surface onto a line; where they were if it is too far away."""
    moved = points.copy()
    for _ in range(STEPS):
        probes = (moved + step for step in PROBE_M * np.eye(3))
        slope = np.stack([line(probe) - line(moved) for probe in probes], axis=1) / PROBE_M
        slope -= (slope * normals).sum(axis=1, keepdims=True) * normals
        steepness = np.maximum((slope**2).sum(axis=1), 0.05)  # nearly level lines are not chased far
        moved -= (line(moved) / steepness)[:, None] * slope
    near = np.linalg.norm(moved - points, axis=1) < FARTHEST_M
    return np.where(near[:, None], moved, points)


def fixed(body: Body, name: str, shape: Mesh, bone: str) -> Part:
    """A piece that goes with one bone; `shape` is where it is on the rest mesh."""
    count = len(shape.vertices)
    skinning = Skinning.of(shape.vertices, np.full((count, 1), body.index[bone]), np.ones((count, 1)))
    return Part(name, shape.vertices, skinning, shape.faces, shape.colours, shape.gloss, closed=True)


class Fit:
    """Where a point of the rest mesh is on its body; points are (n, 3)."""

    def __init__(self, body: Body) -> None:
        self.body = body
        arms = [i for i, name in enumerate(body.names) if name.split("_")[0] in ARM_BONES]
        moved = np.isin(body.weights_index, arms)
        self._arm_share = (body.weights * moved).sum(axis=1)

    def joint(self, name: str) -> Floats:
        """Rest position (3,) of a joint."""
        return np.asarray(self.body.heads0[self.body.index[name]])

    def middles(self, faces: NDArray[np.integer]) -> Floats:
        """(F, 3) middles of faces."""
        return np.asarray(self.body.vertices0[faces].mean(axis=1))

    def on_arm(self, faces: NDArray[np.integer]) -> Mask:
        """(F,) whether a face goes with an arm rather than the trunk."""
        return np.asarray(self._arm_share[faces].mean(axis=1) > 0.5)

    def arm_axis(self, points: Floats) -> Floats:
        """(n, 3) from shoulder to elbow, of the arm on the point's side."""
        left, right = (self.joint(f"lowerarm_{s}") - self.joint(f"upperarm_{s}") for s in "lr")
        return np.where(points[:, :1] > 0, left, right)

    def down_arm(self, points: Floats) -> Floats:
        """(n,) how far down the upper arm: 0 at the shoulder, 1 at the elbow."""
        axis = self.arm_axis(points)
        shoulder = np.where(points[:, :1] > 0, self.joint("upperarm_l"), self.joint("upperarm_r"))
        return np.asarray(((points - shoulder) * axis).sum(axis=1) / (axis**2).sum(axis=1))

    def down_thigh(self, points: Floats) -> Floats:
        """(n,) how far down the thigh: 0 at the hip, 1 at the knee."""
        hip, knee = self.joint("thigh_l")[2], self.joint("calf_l")[2]
        return np.asarray((hip - points[:, 2]) / (hip - knee))

    def by_arm(self, points: Floats) -> Mask:
        """(n,) whether a point of an edge is the sleeve's; the hips of a heavy body are as far out, but lower."""
        return np.asarray((abs(points[:, 0]) > ARM_FROM_M) & (self.down_arm(points) < 1))

    def thigh_height(self, share: float) -> float:
        """The height (m) at that share down the thigh."""
        hip, knee = self.joint("thigh_l")[2], self.joint("calf_l")[2]
        return float(hip - share * (hip - knee))
