"""What the tests of the movements share: bodies, a movement at parameter values, and what is read of it."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from coach.motion import MEASURES
from coach.motion import Body as Plane
from coach.pose import Side
from sample_videos.studio.camera import Camera
from sample_videos.studio.movements import MOVEMENTS, Movement
from sample_videos.studio.movements.base import mixed
from sample_videos.studio.sight import track_of
from sample_videos.studio.skeleton import Body

WHO: Final = ("female", "male_tall_thin", "female_older_heavy")
EYES: Final[Mapping[str, tuple[float, float, float]]] = {"side": (80.0, 0.0, 0.6), "front": (0.0, -80.0, 0.6)}
CONTACT_M: Final = 0.02  # by so much may what touches the ground be off it


def made(name: str, body: Body, side: Side = "left", tremor_deg: float = 0.0) -> Movement:
    """A movement of a body; `side` is for those that are done a side at a time."""
    movement = MOVEMENTS[name]
    return movement(body, side if movement.sided else None, tremor_deg)


def shares(movement: Movement, **faults: float) -> Iterator[Mapping[str, float]]:
    """Its parameters at rest and on the way to the end range."""
    plan = movement.plan(faults)
    yield movement.rest
    for share in (0.15, 0.4, 0.7, 1.0):
        yield mixed(plan.start, plan.end, share)


def lowest(movement: Movement, values: Mapping[str, float], *bones: str) -> float:
    """Height of the lowest point of these bones, or of the whole body, metres."""
    placed = movement.body.place(movement.posture(values, 0.0))
    return movement.body.lowest_m(placed, movement.body.belonging(*(bones or movement.body.names)))


def measured(
    name: str, movement: Movement, values: Mapping[str, float], view: str, side: Side = "left"
) -> float:
    """A true measure as a camera far away sees it."""
    marks = movement.body.landmarks(movement.body.place(movement.posture(values, 0.0)))[None]
    camera = Camera(EYES[view], (0.0, 0.0, 0.6), lens_mm=900)
    return float(MEASURES[name].value(Plane.of(track_of(marks, camera, np.zeros(1))), side)[0])
