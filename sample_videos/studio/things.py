"""What stands in the room: mat, step, chair, table, dog, box.

Each is made at the room's middle with its front toward −Y, and `place` puts it elsewhere.
"""

from collections.abc import Sequence
from typing import Final, Literal

from sample_videos.studio.colours import Colour
from sample_videos.studio.mesh import Mesh, box, ellipsoid, joined

Thing = Literal["chair", "dog", "box"]

MAT_THICK_M: Final = 0.015
STEP_COLOUR: Final = "#4d6b4a"
CHAIR_COLOUR: Final = "#8a6a4a"
CUSHION_COLOUR: Final = "#46525e"
DOG_COLOUR: Final = "#8b6b45"
NOSE_COLOUR: Final = "#1e1a18"
BOX_COLOUR: Final = "#b08d5b"

SEAT_HIGH_M: Final = 0.45  # of a usual chair; with SEAT_DEEP_M known to who sits down on it
SEAT_WIDE_M: Final = 0.44
SEAT_DEEP_M: Final = 0.42
SEAT_THICK_M: Final = 0.04
BACK_HIGH_M: Final = 0.88
LEG_M: Final = 0.04
TABLE_HIGH_M: Final = 0.78  # of a couch for treatments, high enough for a leg to hang from its edge
TABLE_THICK_M: Final = 0.08
BOX_M: Final = (0.4, 0.3, 0.35)  # a moving carton


def mat(colour: Colour, long_m: float = 1.85, wide_m: float = 0.7) -> Mesh:
    """A mat with its length along Y; whoever is on it is MAT_THICK_M above the floor."""
    return box([-wide_m / 2, -long_m / 2, 0], [wide_m / 2, long_m / 2, MAT_THICK_M], colour)


def step(
    wide_m: float = 0.44, deep_m: float = 0.4, high_m: float = 0.15, colour: Colour = STEP_COLOUR
) -> Mesh:
    """A step to stand on."""
    return box([-wide_m / 2, -deep_m / 2, 0], [wide_m / 2, deep_m / 2, high_m], colour)


def table(long_m: float, wide_m: float, colour: Colour = CUSHION_COLOUR) -> Mesh:
    """A couch to lie on, its length along Y; its feet stand well inside, so that nothing hides a hanging leg."""
    x, y, under = wide_m / 2, long_m / 2, TABLE_HIGH_M - TABLE_THICK_M
    legs = [
        box([a, b, 0], [a + LEG_M, b + LEG_M, under], CHAIR_COLOUR)
        for a in (0.05 - x, x - 0.05 - LEG_M)
        for b in (0.35 - y, y - 0.15 - LEG_M)
    ]
    return joined([box([-x, -y, under], [x, y, TABLE_HIGH_M], colour), *legs])


def carton(colour: Colour = BOX_COLOUR) -> Mesh:
    """A plain box."""
    wide, deep, high = BOX_M
    return box([-wide / 2, -deep / 2, 0], [wide / 2, deep / 2, high], colour)


def chair(colour: Colour = CHAIR_COLOUR) -> Mesh:
    """A chair whose seat is about the origin; who sits on it faces −Y."""
    wide, deep = SEAT_WIDE_M / 2, SEAT_DEEP_M / 2
    under = SEAT_HIGH_M - SEAT_THICK_M
    legs = [
        box([x, y, 0], [x + LEG_M, y + LEG_M, BACK_HIGH_M if y > 0 else under], colour)
        for x in (-wide, wide - LEG_M)
        for y in (-deep, deep - LEG_M)
    ]
    seat = box([-wide, -deep, under], [wide, deep, SEAT_HIGH_M], CUSHION_COLOUR)
    rails = [
        box([-wide, deep - LEG_M, low], [wide, deep - LEG_M / 3, high], colour)
        for low, high in ((0.56, 0.64), (0.74, BACK_HIGH_M))
    ]
    return joined([seat, *legs, *rails])


def dog(colour: Colour = DOG_COLOUR) -> Mesh:
    """A middle-sized dog of ellipsoids that stands and looks to −Y."""
    legs = [
        ellipsoid([x, y, 0.17], [0.035, 0.045, 0.18], colour) for x in (-0.08, 0.08) for y in (-0.2, 0.22)
    ]
    ears = [ellipsoid([x, -0.36, 0.6], [0.02, 0.035, 0.07], NOSE_COLOUR) for x in (-0.07, 0.07)]
    return joined(
        [
            ellipsoid([0, 0, 0.38], [0.13, 0.32, 0.13], colour),
            ellipsoid([0, -0.28, 0.48], [0.075, 0.1, 0.12], colour),
            ellipsoid([0, -0.39, 0.6], [0.08, 0.1, 0.085], colour),
            ellipsoid([0, -0.49, 0.57], [0.042, 0.085, 0.042], colour),
            ellipsoid([0, -0.565, 0.58], [0.02, 0.02, 0.016], NOSE_COLOUR),
            ellipsoid([0, 0.36, 0.5], [0.022, 0.05, 0.13], colour),
            *legs,
            *ears,
        ]
    )


def place(what: Thing, at: Sequence[float], turned_deg: float = 0.0) -> Mesh:
    """A thing of a scene file with its origin at `at` (x, y) of the floor."""
    made = {"chair": chair, "dog": dog, "box": carton}[what]()
    return made.placed([at[0], at[1], 0.0], turned_deg)
