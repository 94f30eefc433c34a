"""A body as complex numbers: x to the right, y up, so that turning is multiplying.

One class serves a frame (leading shape ``()``) and a track (leading shape ``(T,)``); whatever is computed
from it has the same leading shape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.motion.geometry import incline_deg
from coach.pose import INDEX, PoseFrame, PoseTrack, Side

Floats = Any  # a float for a frame, an array (T,) for a track
Complexes = Any

JOINT: Final = {
    tuple(name.split("_", 1)): i for name, i in INDEX.items() if name.startswith(("left_", "right_"))
}
CORNERS: Final = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")  # of the trunk
SEEN: Final = 0.5  # visibility from which a joint is believed; real near joints 0.9, hidden ones 0.1 to 0.45


@dataclass(frozen=True, slots=True)
class Body:
    """Landmarks of one person: z (..., 33) complex pixels, y up; world (..., 33, 3) metres, y down.

    NaN where there is no pose or the joint was rejected.
    """

    z: NDArray[np.complexfloating]
    world: NDArray[np.floating]
    visibility: NDArray[np.floating]
    size: tuple[int, int]
    _plain: tuple[list[complex], list[list[float]], list[float]] | None = None  # the same of a single frame

    @classmethod
    def of(cls, pose: PoseFrame | PoseTrack) -> "Body":
        """The body of a frame, or of a whole track."""
        xy = np.asarray(pose.xy, np.float64)
        return cls.made(
            xy[..., 0] - 1j * xy[..., 1], np.asarray(pose.world, np.float64), pose.visibility, pose.size
        )

    @classmethod
    def made(
        cls,
        z: NDArray[np.complexfloating],
        world: NDArray[np.floating],
        visibility: NDArray[np.floating],
        size: tuple[int, int],
    ) -> "Body":
        """A body of its arrays; of a single frame plain numbers are kept too, which are quicker to work with."""
        plain = (z.tolist(), world.tolist(), visibility.tolist()) if z.ndim == 1 else None
        return cls(z, world, visibility, size, plain)

    @property
    def is_frame(self) -> bool:
        """Whether it is a single frame."""
        return self._plain is not None

    def joint(self, side: Side, name: str) -> Complexes:
        """A joint of one side: ``("left", "knee")``."""
        i = JOINT[side, name]
        return self.z[..., i] if self._plain is None else self._plain[0][i]

    def place(self, name: str) -> tuple[Floats, Floats, Floats]:
        """A landmark's world coordinates: x to the right, y down, z away from the camera, metres."""
        i = INDEX[name]
        if self._plain is not None:
            x, y, z = self._plain[1][i]
            return x, y, z
        return self.world[..., i, 0], self.world[..., i, 1], self.world[..., i, 2]

    def across(self) -> tuple[Floats, Floats, Floats]:
        """World coordinates of the line from the right to the left shoulder, metres."""
        (ax, ay, az), (bx, by, bz) = self.place("left_shoulder"), self.place("right_shoulder")
        return ax - bx, ay - by, az - bz

    def breadth(self) -> tuple[Floats, Floats, Floats]:
        """World coordinates of the line from right to left, half-way between shoulders and hips, metres."""
        ls, rs, lh, rh = self._corners()
        x, y, z = ((ls[i] - rs[i] + lh[i] - rh[i]) / 2 for i in range(3))
        return x, y, z

    def trunk(self) -> tuple[Floats, Floats, Floats]:
        """World coordinates of the line from the hips to the shoulders, metres."""
        ls, rs, lh, rh = self._corners()
        x, y, z = ((ls[i] + rs[i] - lh[i] - rh[i]) / 2 for i in range(3))
        return x, y, z

    def _corners(self) -> list[tuple[Floats, Floats, Floats]]:
        return [self.place(name) for name in CORNERS]

    def middle(self, name: str) -> Complexes:
        """Half-way between the left and the right joint."""
        return (self.joint("left", name) + self.joint("right", name)) / 2

    def lean_deg(self) -> Floats:
        """The trunk from the vertical in the picture, to whichever side: 0 upright, 90 level, 180 upside down."""
        return abs(incline_deg(self.middle("shoulder") - self.middle("hip")))

    def axis(self, side: Side, upper: str, lower: str) -> Complexes:
        """From the lower to the upper joint of one side."""
        return self.joint(side, upper) - self.joint(side, lower)

    def seen(self, names: tuple[str, ...], least: float = SEEN) -> Any:
        """Whether all landmarks are placed and believed; hips and shoulders only need a place.

        `least` is the visibility from which a joint is believed.  The model calls hips and shoulders visible in
        every picture, so theirs says nothing.
        """
        if self._plain is not None:
            return all(self._seen_here(name, least) for name in names)
        ok: Any = True
        for name in names:
            i = INDEX[name]
            placed = np.isfinite(self.z[..., i])
            if name.endswith(("hip", "shoulder")):
                ok = ok & placed
            else:
                ok = ok & placed & (self.visibility[..., i] >= least)
        return ok

    def believed(self, landmarks: tuple[int, ...], least: float) -> bool:
        """Whether the visibility of all these landmarks of a single frame reaches `least`; NaN does not."""
        assert self._plain is not None
        visibility = self._plain[2]
        return all(visibility[i] >= least for i in landmarks)

    def _seen_here(self, name: str, least: float) -> bool:
        assert self._plain is not None
        i = INDEX[name]
        x = self._plain[0][i].real
        return x == x and (name.endswith(("hip", "shoulder")) or self._plain[2][i] >= least)


SidedValue = Callable[[Body, Side], Floats]
