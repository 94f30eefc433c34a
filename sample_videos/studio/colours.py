"""Colours: written as "#rrggbb" (sRGB) in scene files, reckoned with in linear light."""

from typing import Annotated, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

Floats = NDArray[np.float64]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description='a colour as "#rrggbb"')]

# The sRGB transfer curve, IEC 61966-2-1.
TOE_SRGB: Final = 0.04045
TOE_LINEAR: Final = 0.0031308


def decoded(srgb: Floats) -> Floats:
    """sRGB values, 0 to 1, as linear light."""
    return np.where(srgb <= TOE_SRGB, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def encoded(linear: Floats) -> Floats:
    """Linear light, 0 to 1, as sRGB values."""
    return np.where(linear <= TOE_LINEAR, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def linear(colour: Colour) -> Floats:
    """(3,) linear light of "#rrggbb".

    >>> linear("#ffffff").tolist()
    [1.0, 1.0, 1.0]
    """
    return decoded(np.array(list(bytes.fromhex(colour[1:]))) / 255)
