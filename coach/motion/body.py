"""A body as complex numbers: x to the right, y up, so that turning is multiplying.

One class serves a frame (leading shape ``()``) and a track (leading shape ``(T,)``); whatever is computed
from it has the same leading shape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.pose import INDEX, PoseFrame, PoseTrack, Side

Floats = Any  # a float for a frame, an array (T,) for a track
Complexes = Any

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

    @classmethod
    def of(cls, pose: PoseFrame | PoseTrack) -> "Body":
        """The body of a frame, or of a whole track."""
        xy = np.asarray(pose.xy, np.float64)
        return cls(xy[..., 0] - 1j * xy[..., 1], pose.world, pose.visibility, pose.size)

    def point(self, name: str) -> Complexes:
        """A landmark by its full name: ``"left_knee"``."""
        return self.z[..., INDEX[name]]

    def joint(self, side: Side, name: str) -> Complexes:
        """A joint of one side: ``("left", "knee")``."""
        return self.z[..., INDEX[f"{side}_{name}"]]

    def middle(self, name: str) -> Complexes:
        """Half-way between the left and the right joint."""
        return (self.joint("left", name) + self.joint("right", name)) / 2

    def axis(self, side: Side, upper: str, lower: str) -> Complexes:
        """From the lower to the upper joint of one side."""
        return self.joint(side, upper) - self.joint(side, lower)

    def seen(self, names: tuple[str, ...], least: float = SEEN) -> Any:
        """Whether all landmarks are placed and believed; hips and shoulders only need a place.

        `least` is the visibility from which a joint is believed.  The model calls hips and shoulders visible in
        every picture, so theirs says nothing.
        """
        ok: Any = True
        for name in names:
            i = INDEX[name]
            placed = np.isfinite(self.z[..., i])
            if name.endswith(("hip", "shoulder")):
                ok = ok & placed
            else:
                ok = ok & placed & (self.visibility[..., i] >= least)
        return ok


SidedValue = Callable[[Body, Side], Floats]
