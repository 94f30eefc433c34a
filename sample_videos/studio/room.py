"""The room: floor, four walls with a skirting board, and the lamp.  The camera always stands inside."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from sample_videos.studio.camera import Camera, Point
from sample_videos.studio.colours import Colour
from sample_videos.studio.mesh import Mesh, box, joined, quad

Floats = NDArray[np.float64]

BEHIND_M: Final = (
    1.7  # from what the camera looks at to the wall behind it: near enough for a shadow on the wall
)
ASIDE_M: Final = 3.5  # to the other walls: who walks out of the picture has room beside it
BEHIND_CAMERA_M: Final = 0.8
HIGH_M: Final = 8.0  # higher than a room is, so that no picture shows the walls' upper end
SKIRTING_M: Final = (0.015, 0.1)  # thick, high
SKIRTING: Final = "#f2efe9"
LAMP_ASIDE_M, LAMP_TOWARD_M, LAMP_HIGH_M = 1.7, 2.3, 2.8


class Room(BaseModel):
    """The colours of the room."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    floor: Colour = "#a9825a"
    wall: Colour = "#d9d5cb"
    mat: Colour = "#5b4b8a"


def lamp(camera: Camera) -> Point:
    """Where the lamp hangs: above and before what the camera looks at, on the side where the person's front is."""
    right, toward = camera.floor_axes()
    aside = LAMP_ASIDE_M if right[1] < 0.1 else -LAMP_ASIDE_M  # the neutral person faces −Y
    x, y, _ = np.asarray(camera.target) + aside * right + LAMP_TOWARD_M * toward
    return float(x), float(y), LAMP_HIGH_M


def extent(camera: Camera) -> tuple[Floats, Floats]:
    """The room's corners on the floor, (2,) lowest and (2,) highest x and y.

    The walls that the camera sees are BEHIND_M behind what it looks at, along the way it looks; the camera's own
    walls are behind the camera.
    """
    middle = np.asarray(camera.target[:2])
    toward = camera.floor_axes()[1][:2]
    far = np.minimum(ASIDE_M, BEHIND_M / np.maximum(np.abs(toward), 1e-9))
    near = np.maximum(ASIDE_M, np.abs(np.asarray(camera.eye[:2]) - middle) + BEHIND_CAMERA_M)
    return middle - np.where(toward > 0, far, near), middle + np.where(toward > 0, near, far)


def room(colours: Room, camera: Camera) -> list[Mesh]:
    """Floor, walls and skirting boards for what the camera looks at."""
    low, high = extent(camera)
    corners = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]])
    walls = [_wall(corners[i], corners[(i + 1) % 4], colours.wall) for i in range(4)]
    return [_floor(corners, colours.floor, camera), joined(walls), _skirting(low, high)]


def _floor(corners: Floats, colour: Colour, camera: Camera) -> Mesh:
    """Wood; its planks run across the way the camera looks."""
    right = np.abs(camera.floor_axes()[0])
    flat = np.column_stack([corners, np.zeros(4)])
    return quad(flat, colour, grain=1.0 if right[0] >= right[1] else 2.0, casts=False)


def _wall(start: Floats, end: Floats, colour: Colour) -> Mesh:
    feet, heads = np.array([[*start, 0], [*end, 0]]), np.array([[*end, HIGH_M], [*start, HIGH_M]])
    return quad(np.concatenate([feet, heads]), colour, casts=False)


def _skirting(low: Floats, high: Floats) -> Mesh:
    thick, tall = SKIRTING_M
    boards = [
        ([*low, 0], [low[0] + thick, high[1], tall]),
        ([high[0] - thick, low[1], 0], [*high, tall]),
        ([*low, 0], [high[0], low[1] + thick, tall]),
        ([low[0], high[1] - thick, 0], [*high, tall]),
    ]
    return joined([box(least, most, SKIRTING, casts=False) for least, most in boards])
