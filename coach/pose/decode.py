"""A picture that came as bytes, from a camera page."""

from io import BytesIO
from typing import Final

import cv2
import numpy as np
from PIL.JpegImagePlugin import JpegImageFile

from coach.errors import CoachError
from coach.pose.light import Image

MOST_PIXELS: Final = 1920 * 1080
LEAST_SIDE: Final = 32


class PictureError(CoachError):
    """The bytes are no picture, or one beyond the limits."""


def decode_jpeg(data: bytes) -> Image:
    """An RGB picture (h, w, 3) uint8.  Raises PictureError; the size is looked at before anything is unpacked."""
    try:
        # Not Pillow's `open`: it warns of a large picture or fails, each in its own way, before the size is known.
        with JpegImageFile(BytesIO(data)) as header:
            width, height = header.size
    except (SyntaxError, OSError, ValueError):
        raise PictureError("The camera's picture cannot be read.") from None
    if width * height > MOST_PIXELS:
        raise PictureError(f"The camera's picture is {width}x{height}; 1920x1080 is the most.")
    if min(width, height) < LEAST_SIDE:
        raise PictureError(f"The camera's picture is {width}x{height}: too small to see anybody.")
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if image is None:
        raise PictureError("The camera's picture cannot be read.")
    return np.asarray(image, np.uint8)
