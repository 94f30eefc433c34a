"""Marker positions for OpenSim: the landmarks in metres, as a TRC file.

Axes: X to the right of the picture, Y up, Z toward the camera; right-handed.  The origin is the middle of the hips
in every frame: the pose model does not tell where in the room somebody is.  Depth (Z) is the model's belief and much
less certain than X and Y.

The format: https://opensimconfluence.atlassian.net/wiki/spaces/OpenSim/pages/53089972 ("Marker (.trc) Files").
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose import NAMES, PoseTrack

LEAST_RATE: Final = 1.0  # of a file without a second frame
AXES: Final = np.array([1.0, -1.0, -1.0])  # world landmarks are x right, y down, z away from the camera


def render_trc(track: PoseTrack, name: str = "track") -> str:
    """The whole file; a marker that was not seen, or not believed, is an empty cell.

    track  repaired landmarks (coach.pose.repair_track): what the repair does not believe is left out
    name   what the file calls itself; only its letters, digits, "-", "_" and "." are kept
    """
    t, places = markers(track)
    rate = f"{rate_of(t):.3f}"
    columns = "".join(f"\t{marker}\t\t" for marker in NAMES)
    axes = "".join(f"\tX{n}\tY{n}\tZ{n}" for n in range(1, len(NAMES) + 1))
    head = (
        f"PathFileType\t4\t(X/Y/Z)\t{file_name(name)}.trc",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
        f"{rate}\t{rate}\t{len(t)}\t{len(NAMES)}\tm\t{rate}\t1\t{len(t)}",
        f"Frame#\tTime{columns}",
        f"\t{axes}",
        "",
    )
    rows = (
        "\t".join((str(number), f"{at:.6f}", *map(_cell, frame.ravel()), ""))
        for number, (at, frame) in enumerate(zip(t, places, strict=True), start=1)
    )
    return "\n".join((*head, *rows)) + "\n"


def markers(track: PoseTrack) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times (T,) in seconds, strictly rising, and places (T, 33, 3) in metres, Y up; NaN where not believed."""
    kept = rising(track.t)
    places = np.asarray(track.world[kept], np.float64) * AXES + 0.0  # no minus before a zero
    places[~np.isfinite(track.xy[kept]).all(axis=-1)] = np.nan
    return np.asarray(track.t[kept], np.float64), places


def rising(t: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Which frames to keep: of those with one time the first, since OpenSim refuses time that stands still."""
    return np.diff(np.round(t, 6), prepend=-np.inf) > 0


def rate_of(t: NDArray[np.float64]) -> float:
    """Frames a second, by the median step."""
    return 1 / float(np.median(np.diff(t))) if len(t) > 1 else LEAST_RATE


def file_name(name: str) -> str:
    """A name that any program reads.

    >>> file_name("Mein Satz.mp4")
    'Mein_Satz.mp4'
    """
    return "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in name
    )


def _cell(value: float) -> str:
    return f"{value:.6f}" if np.isfinite(value) else ""
