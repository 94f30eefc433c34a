"""A pinhole camera without distortion: where a point of the scene falls in the picture."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sample_videos.studio.rotations import about_x, about_y, about_z

Floats = NDArray[np.float64]
Point = tuple[float, float, float]

SENSOR_MM: Final = 36.0  # along the picture's longer side, whichever way the camera is held
UP: Final = (0.0, 0.0, 1.0)
NEAR_M: Final = 0.1
FAR_M: Final = 30.0
# OpenGL's camera looks along −z with y up; ours has y down and looks along +z.
TO_OPENGL: Final = np.diag([1.0, -1.0, -1.0, 1.0])


@dataclass(frozen=True, slots=True)
class Camera:
    """Stands at `eye`, looks at `target` (metres), held level; or past it, and askew.

    size        width and height of the picture, px
    lens_mm     focal length for a sensor of 36 mm along the longer side
    past_deg    by how much it looks past the target, to its right and upward
    rolled_deg  turned about where it looks: positive rolls the picture's content anticlockwise

    Raises ValueError for a camera that looks straight up or down: it would have no level.
    """

    eye: Point
    target: Point
    size: tuple[int, int] = (640, 480)
    lens_mm: float = 30.0
    past_deg: tuple[float, float] = (0.0, 0.0)
    rolled_deg: float = 0.0

    def __post_init__(self) -> None:
        if min(self.size) < 1 or self.lens_mm <= 0:
            raise ValueError("a camera needs a picture of at least one pixel and a positive focal length")
        if np.hypot(self.eye[0] - self.target[0], self.eye[1] - self.target[1]) < 1e-6:
            raise ValueError("a camera cannot look straight up or down")

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return self.lens_mm / SENSOR_MM * max(self.size)

    def axes(self) -> Floats:
        """(3, 3) unit vectors of the scene, in rows: the picture's right, its down, and away from the camera."""
        aside, up = self.past_deg
        # The picture's axes are x right, y down, z away: a positive turn about x looks up, about y to the right.
        turned = about_z(-self.rolled_deg) @ about_x(-up) @ about_y(-aside)
        return np.asarray(turned @ self._on_target())

    def _on_target(self) -> Floats:
        """The axes of one that is held level and has the target in the middle."""
        away = _unit(np.subtract(self.target, self.eye))
        right = _unit(np.cross(away, UP))
        return np.stack([right, np.cross(away, right), away])

    def floor_axes(self) -> tuple[Floats, Floats]:
        """Two unit vectors along the floor, (3,) each: to the right of who looks at the target, and toward them."""
        right = self._on_target()[0]
        return right, np.cross(right, UP)

    def in_camera(self, points: ArrayLike) -> Floats:
        """Scene points (..., 3) in the camera's axes (x right, y down, z away), metres from the eye."""
        return np.asarray((np.asarray(points, float) - self.eye) @ self.axes().T)

    def from_camera(self, points: ArrayLike) -> Floats:
        """Points (..., 3) of the camera's axes in the scene: the way back from `in_camera`."""
        return np.asarray(np.asarray(points, float) @ self.axes() + self.eye)

    def project(self, points: ArrayLike) -> Floats:
        """Scene points (..., 3) in pixels (..., 2): x right, y down, (0, 0) the picture's upper left corner.

        A pixel's middle is at a half, as in all of this project.  NaN for what is not before the camera.
        """
        seen = self.in_camera(points)
        away = np.where(seen[..., 2:] > 0, seen[..., 2:], np.nan)
        return seen[..., :2] / away * self.focal_px + self._middle()

    def unproject(self, pixels: ArrayLike, away_m: ArrayLike) -> Floats:
        """The scene points (..., 3) that are seen at pixels (..., 2), `away_m` (...) along the viewing axis."""
        away = np.asarray(away_m, float)[..., None]
        across = (np.asarray(pixels, float) - self._middle()) / self.focal_px * away
        return self.from_camera(np.concatenate([across, np.broadcast_to(away, (*across.shape[:-1], 1))], -1))

    def matrix(self, near_m: float = NEAR_M, far_m: float = FAR_M) -> Floats:
        """(4, 4) from homogeneous scene points to OpenGL's clip space; depth runs from `near_m` to `far_m`."""
        return self.projection(near_m, far_m) @ self.view()

    def view(self) -> Floats:
        """(4, 4) from the scene to OpenGL's camera (x right, y up, z toward the camera)."""
        view = np.eye(4)
        view[:3, :3] = self.axes()
        view[:3, 3] = -self.axes() @ np.asarray(self.eye)
        return TO_OPENGL @ view

    def projection(self, near_m: float = NEAR_M, far_m: float = FAR_M) -> Floats:
        """(4, 4) from OpenGL's camera to its clip space."""
        width, height = self.size
        span = near_m - far_m
        projection = np.zeros((4, 4))
        projection[0, 0] = 2 * self.focal_px / width
        projection[1, 1] = 2 * self.focal_px / height
        projection[2, 2:] = (far_m + near_m) / span, 2 * far_m * near_m / span
        projection[3, 2] = -1
        return projection

    def _middle(self) -> Floats:
        return np.array(self.size) / 2


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / np.linalg.norm(vector))
