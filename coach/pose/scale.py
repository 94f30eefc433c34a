"""How large the body is in the picture: the unit in which all other distances are told."""

import numpy as np

from coach.pose.types import Floats

SHOULDERS_HIPS = [11, 12, 23, 24]
LEGS = [25, 26, 27, 28]


def body_scale(xy: Floats) -> float:
    """Pixels of half the body's extent: the trunk's length as it would be, whatever the view.

    The larger of the trunk's and the mean leg segments' length, since a trunk that points at the
    camera is short in the picture.  NaN where there is no pose.
    """
    z = xy[:, 0].astype(float) + 1j * xy[:, 1]
    trunk = abs(z[11] + z[12] - z[23] - z[24]) / 2
    thighs = (abs(z[23] - z[25]) + abs(z[24] - z[26])) / 2
    shanks = (abs(z[25] - z[27]) + abs(z[26] - z[28])) / 2
    lengths = [float(v) for v in (trunk, thighs, shanks) if not np.isnan(v)]
    return max(lengths, default=float("nan"))
