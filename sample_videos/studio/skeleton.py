"""The body: a baked mesh with its skeleton, put into a posture, skinned, and read as landmarks.

The bodies are baked from the CC0 data of MakeHuman (53 bones, 19,158 vertices of which the first 13,380 are skin;
the others are garment and eye geometry).  A posture is a world rotation for each segment, relative to the neutral
person: upright, facing -y, limbs straight down, feet flat and pointing forward.  So the angle between two segments
is exactly what was asked for.  Metres, z up, the person's left is +x.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coach.pose import INDEX, NAMES
from sample_videos.studio.rotations import NONE, Floats, Rotation, between, frame, slerps
from sample_videos.studio.skinning import Skinning

BODIES: Final = Path(__file__).parent / "bodies"
# Further people, by how much of whose shape they have: the four have the same vertices, bones and weights.  What sets
# two of them apart, added to a third, makes a body that none of them is.
MIXED: Final[Mapping[str, Mapping[str, float]]] = {
    "male_heavy": {"male": 1, "female_older_heavy": 0.9, "female": -0.9},
    "female_tall_thin": {"female": 1, "male_tall_thin": 0.9, "male": -0.9},
    "female_short": {"female": 1.0, "male_tall_thin": -0.4, "male": 0.4},
    "male_short_heavy": {"male": 1.3, "male_tall_thin": -0.3, "female_older_heavy": 0.8, "female": -0.8},
}
SKIN: Final = 13380  # vertices of the skin; garments, hair and eyes follow them
SIDES: Final = {"left": "l", "right": "r"}
Ints = NDArray[np.int64]

# Landmarks that are joints (MediaPipe's fingers are the first knuckles, of the thumb the second).
JOINTS: Final = {
    "shoulder": "upperarm", "elbow": "lowerarm", "wrist": "hand",
    "pinky": "pinky_01", "index": "index_01", "thumb": "thumb_02",
    "hip": "thigh", "knee": "calf", "ankle": "foot",
}  # fmt: skip
HAND: Final = ("hand", "index", "middle", "ring", "pinky", "thumb")


@dataclass(frozen=True)
class Posture:
    """Where every part of the body is.

    rotations  world rotation (3, 3) of a segment from neutral, by bone; a bone not named goes with its parent,
               the lumbar spine shares between pelvis and upper spine
    anchor     joints whose mean is at `at` (3,), metres
    """

    rotations: Mapping[str, Rotation]
    anchor: tuple[str, ...] = ("pelvis",)
    at: Floats = field(default_factory=lambda: np.array([0.0, 0.0, 1.0]))

    def with_rotations(self, **rotations: Rotation) -> "Posture":
        """The same posture with some segments turned otherwise."""
        return replace(self, rotations={**self.rotations, **rotations})

    def moved(self, by: ArrayLike) -> "Posture":
        """The same posture elsewhere: shifted by (3,) metres."""
        return replace(self, at=self.at + np.asarray(by, float))


@dataclass(frozen=True, eq=False)
class Placed:
    """A posture worked out for one body.

    joints    (B, 3) metres, the head of every bone
    turns     (B, 3, 3) how each bone is turned from its place in the rest mesh
    segments  (B, 3, 3) the same from neutral, as a posture tells it
    """

    joints: Floats
    turns: Floats
    segments: Floats

    def moved(self, by: ArrayLike) -> "Placed":
        """The same elsewhere: shifted by (3,) metres."""
        return replace(self, joints=self.joints + np.asarray(by, float))


@dataclass(frozen=True, eq=False)
class Body:
    """One person's mesh and skeleton: B bones, V vertices, at most k bones to a vertex.

    names, index     of the bones; `parents` (B,), the root's is -1
    heads0           (B, 3) metres, joints of the rest mesh
    vertices0        (V, 3) metres; weights_index, weights (V, k)
    faces            quads (F, 4) of "body", "tights" (from which clothes are cut), "eye_left", "eye_right"
    """

    name: str
    names: tuple[str, ...]
    index: Mapping[str, int]
    parents: Ints
    heads0: Floats
    vertices0: Floats
    weights_index: Ints
    weights: Floats
    faces: Mapping[str, Ints]
    neutral: Floats
    marks: Mapping[str, Ints]

    @classmethod
    def load(cls, name: str) -> Self:
        """Read a body by name: female, male, female_older_heavy or male_tall_thin, or one that is MIXED of them."""
        shares = MIXED.get(name, {name: 1.0})
        files = {of: _baked(of) for of in shares}
        baked = files[next(iter(shares))]
        names = tuple(str(bone) for bone in baked["bones"])
        index = {bone: i for i, bone in enumerate(names)}
        heads, vertices = (
            np.sum([share * files[of][key].astype(float) for of, share in shares.items()], axis=0)
            for key in ("heads", "V")
        )
        weights_index, weights = _used(baked["wi"].astype(int), baked["ww"].astype(float))
        faces = {key.replace("_l", "_left").replace("_r", "_right"): baked[f"f_{key}"] for key in FACES}
        return cls(
            name, names, index, baked["parents"], heads, vertices, weights_index, weights, faces,
            _neutral(names, index, heads), _marks(vertices, heads[index["head"]], faces),
        )  # fmt: skip

    def joint(self, placed: Placed, name: str) -> Floats:
        """Where a joint is, (3,) metres, by its bone's name."""
        return np.asarray(placed.joints[self.index[name]])

    def length(self, a: str, b: str) -> float:
        """Distance of two joints of the rest mesh, metres."""
        found = self._lengths.get((a, b))
        if found is None:
            apart = self.heads0[self.index[b]] - self.heads0[self.index[a]]
            found = self._lengths[a, b] = float(np.linalg.norm(apart))
        return found

    def leg(self, side: str = "l") -> tuple[float, float]:
        """Lengths of thigh and shank, metres; `side` is l or r."""
        return self.length(f"thigh_{side}", f"calf_{side}"), self.length(f"calf_{side}", f"foot_{side}")

    def arm(self, side: str = "l") -> tuple[float, float]:
        """Lengths of upper arm and forearm, metres."""
        return self.length(f"upperarm_{side}", f"lowerarm_{side}"), self.length(
            f"lowerarm_{side}", f"hand_{side}"
        )

    @property
    def ankle_m(self) -> float:
        """Height of the ankle over the floor with the foot flat."""
        return float(self.heads0[self.index["foot_l"], 2])

    @property
    def hip_m(self) -> float:
        """Half the distance of the hip joints."""
        return float(self.heads0[self.index["thigh_l"], 0])

    def place(self, posture: Posture) -> Placed:
        """Forward kinematics: from the rotations and the anchor to where every joint is."""
        given = with_lumbar(posture.rotations)
        found: list[Rotation] = []
        for name, parent in zip(self.names, self.parents, strict=True):
            found.append(given.get(name, NONE if parent < 0 else found[parent]))
        segments = np.array(found)
        turns = segments @ self.neutral
        bones = (turns[self.parents] @ self._bones0)[..., 0]
        joints = self._above @ bones
        anchor = joints[[self.index[name] for name in posture.anchor]].sum(0) / len(posture.anchor)
        return Placed(joints + (posture.at - anchor), turns, segments)

    def matrices(self, placed: Placed) -> Floats:
        """(B, 3, 4) how each bone moves what it carries from the rest mesh."""
        shift = placed.joints[..., None] - placed.turns @ self.heads0[..., None]
        return np.concatenate([placed.turns, shift], axis=2)

    def skin(self, placed: Placed) -> Floats:
        """Linear blend skinning of the whole mesh: (V, 3)."""
        return self.skin_of(placed, np.arange(len(self.vertices0)))

    def skin_of(self, placed: Placed, vertices: Ints) -> Floats:
        """The same for some vertices of the mesh, by index (n,)."""
        return self._skinning(vertices)(self.matrices(placed))

    def belonging(self, *bones: str) -> Ints:
        """Skin vertices (n,) that these bones move most."""
        if bones not in self._belongings:
            moved = np.isin(self._heaviest, [self.index[bone] for bone in bones])
            self._belongings[bones] = np.flatnonzero(moved)
        return self._belongings[bones]

    def landmarks(self, placed: Placed, skin: Floats | None = None) -> Floats:
        """The 33 landmarks in the order of coach.pose.NAMES: (33, 3) metres.

        Joints where the skeleton has one; else means of mesh vertices, of `skin` (V, 3) if it is at hand.
        """
        marked, first, counts = self._marked
        points = self.skin_of(placed, marked) if skin is None else skin[marked]
        out = np.empty((len(NAMES), 3))
        out[[INDEX[name] for name in self.marks]] = np.add.reduceat(points, first, axis=0) / counts[:, None]
        landmarks, bones = self._marked_joints
        out[landmarks] = placed.joints[bones]
        return out

    def lowest_m(self, placed: Placed, vertices: Ints | None = None) -> float:
        """Height of the lowest point of the skin, or of some vertices of it."""
        skinning = self._skinning(np.arange(SKIN) if vertices is None else vertices)
        return float(skinning.heights(self.matrices(placed)).min())

    # --- worked out once ----------------------------------------------------------------------------

    @cached_property
    def _bones0(self) -> Floats:
        """(B, 3, 1) from the parent's joint to each bone's own in the rest mesh; the root's is nothing."""
        bones = self.heads0 - self.heads0[self.parents]
        bones[self.parents < 0] = 0
        return np.asarray(bones[..., None])

    @cached_property
    def _above(self) -> Floats:
        """(B, B) 1 where a bone is another's ancestor or the same: sums up the bones on the way to a joint."""
        above = np.eye(len(self.names))
        for i, parent in enumerate(self.parents):
            if parent >= 0:
                above[i] += above[parent]
        return above

    @cached_property
    def _heaviest(self) -> Ints:
        """(SKIN,) the bone that moves each vertex of the skin most."""
        return np.asarray(self.weights_index[np.arange(SKIN), self.weights[:SKIN].argmax(1)])

    @cached_property
    def _marked(self) -> tuple[Ints, Ints, Ints]:
        """The vertices of all marks, where each mark's begin, and how many they are."""
        counts = np.array([len(vertices) for vertices in self.marks.values()])
        return np.concatenate(list(self.marks.values())), np.cumsum(counts) - counts, counts

    @cached_property
    def _marked_joints(self) -> tuple[Ints, Ints]:
        """The landmarks that are joints, and their bones."""
        both = [
            (INDEX[f"{side}_{landmark}"], self.index[f"{bone}_{letter}"])
            for side, letter in SIDES.items()
            for landmark, bone in JOINTS.items()
        ]
        landmarks, bones = np.array(both).T
        return landmarks, bones

    @cached_property
    def _belongings(self) -> dict[tuple[str, ...], Ints]:
        return {}

    @cached_property
    def _lengths(self) -> dict[tuple[str, str], float]:
        return {}

    @cached_property
    def _skinnings(self) -> dict[bytes, Skinning]:
        return {}

    def _skinning(self, vertices: Ints) -> Skinning:
        """Of some vertices, made once: movements ask again and again for the same parts of the body."""
        key = vertices.tobytes()
        if key not in self._skinnings:
            self._skinnings[key] = Skinning.of(
                self.vertices0[vertices], self.weights_index[vertices], self.weights[vertices]
            )
        return self._skinnings[key]


FACES: Final = ("body", "tights", "eye_l", "eye_r")


def with_lumbar(rotations: Mapping[str, Rotation]) -> dict[str, Rotation]:
    """The rotations with the lumbar spine bent evenly between pelvis and upper spine."""
    full = dict(rotations)
    if full.keys() >= {"pelvis", "spine_03"} and not full.keys() >= {"spine_01", "spine_02"}:
        lower, upper = slerps(full["pelvis"], full["spine_03"], (1 / 3, 2 / 3))
        full.setdefault("spine_01", lower)
        full.setdefault("spine_02", upper)
    return full


def _baked(name: str) -> dict[str, NDArray[Any]]:
    """What the file of a body holds."""
    with np.load(BODIES / f"body_{name}.npz", allow_pickle=False) as data:
        return dict(data)


def _used(index: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """Weights without the columns that no vertex needs, the heaviest first."""
    order = np.argsort(-weights, axis=1)[:, : int((weights > 0).sum(1).max())]
    return np.take_along_axis(index, order, 1), np.take_along_axis(weights, order, 1)


def _neutral(names: tuple[str, ...], index: Mapping[str, int], heads: Floats) -> Floats:
    """Turns (B, 3, 3) from the rest mesh, whose arms and legs are bent and spread, to the neutral person."""
    turns = np.tile(np.eye(3), (len(names), 1, 1))
    down = (0, 0, -1)

    def bone(a: str, b: str) -> Floats:
        return np.asarray(heads[index[b]] - heads[index[a]])

    for side in SIDES.values():
        for a, b in (("thigh", "calf"), ("calf", "foot")):
            turns[index[f"{a}_{side}"]] = between(bone(f"{a}_{side}", f"{b}_{side}"), down)
        upper = bone(f"upperarm_{side}", f"lowerarm_{side}")
        fore = bone(f"lowerarm_{side}", f"hand_{side}")
        hinge = -np.cross(upper, fore)
        turns[index[f"upperarm_{side}"]] = frame(down, (1, 0, 0)) @ frame(upper, hinge).T
        forearm = frame(down, (1, 0, 0)) @ frame(fore, hinge).T
        turns[index[f"lowerarm_{side}"]] = forearm
        for name in names:
            if name.endswith(f"_{side}") and name.split("_")[0] in HAND:
                turns[index[name]] = forearm
    return turns


def _marks(vertices: Floats, head: Floats, faces: Mapping[str, Ints]) -> dict[str, Ints]:
    """Mesh vertices whose mean stands for a landmark that is no joint."""
    skin = vertices[:SKIN]
    marks = {"nose": _extreme((skin[:, 2] > head[2] + 0.01) & (abs(skin[:, 0]) < 0.004), -skin[:, 1])}
    for side, sign in (("left", 1), ("right", -1)):
        foot = (skin[:, 2] < 0.06) & (skin[:, 0] * sign > 0.05)
        marks[f"{side}_heel"] = _extreme(foot, skin[:, 1])
        marks[f"{side}_foot_index"] = _extreme(foot, -skin[:, 1])
        marks[f"{side}_ear"] = _extreme(skin[:, 2] > head[2] + 0.02, sign * skin[:, 0])
        marks |= _eye_and_mouth(vertices, np.unique(faces[f"eye_{side}"]), side, sign)
    return marks


def _eye_and_mouth(vertices: Floats, eye: Ints, side: str, sign: int) -> dict[str, Ints]:
    ball = vertices[eye]
    front = eye[ball[:, 1] < ball[:, 1].mean()]
    outward = sign * vertices[front, 0]
    # The corner of the mouth: seven centimetres under the eye, two and a half from the middle.
    corner = np.array([sign * 0.024, ball[:, 1].mean(), ball[:, 2].mean() - 0.070])
    skin = vertices[:SKIN]
    near = np.linalg.norm((skin - corner)[:, [0, 2]], axis=1) < 0.006
    return {
        f"{side}_eye_inner": front[[int(np.argmin(outward))]],
        f"{side}_eye": eye,
        f"{side}_eye_outer": front[[int(np.argmax(outward))]],
        f"mouth_{side}": _extreme(near, -skin[:, 1]),
    }


def _extreme(among: NDArray[np.bool_], value: Floats) -> Ints:
    """The vertex (1,) with the largest value among some."""
    candidates = np.flatnonzero(among)
    return candidates[[int(np.argmax(value[candidates]))]]
