"""A picture that came as bytes, from a camera page: as JPEG, or in planes, as the browser has it from the camera."""

import struct
from io import BytesIO
from typing import Final

import cv2
import numpy as np
from PIL.JpegImagePlugin import JpegImageFile

from coach.errors import CoachError
from coach.pose.light import Image

MOST_PIXELS: Final = 1920 * 1080
LEAST_SIDE: Final = 32
JPEG: Final = b"\xff\xd8"
# Before the planes: how they lie, width and height in pixels, whether black is 0 and white 255.
PLANES: Final = struct.Struct("<4sHH?")
# Where 4 pixels share a colour: one plane each of U and V after Y, or one of both.
LAYOUTS: Final = {b"I420": cv2.COLOR_YUV2RGB_I420, b"NV12": cv2.COLOR_YUV2RGB_NV12}
# What is between 0 and 255 as OpenCV wants it: brightness between 16 and 235, colours between 16 and 240.
BRIGHT: Final = np.round(16 + np.arange(256) * (219 / 255)).astype(np.uint8)
COLOURED: Final = np.round(128 + (np.arange(256) - 128) * (224 / 255)).astype(np.uint8)


class PictureError(CoachError):
    """The bytes are no picture, or one beyond the limits."""


def decode_picture(data: bytes) -> Image:
    """An RGB picture (h, w, 3) uint8 of either kind.  Raises PictureError."""
    return decode_jpeg(data) if data.startswith(JPEG) else decode_planes(data)


def decode_jpeg(data: bytes) -> Image:
    """An RGB picture (h, w, 3) uint8.  Raises PictureError; the size is looked at before anything is unpacked."""
    try:
        # Not Pillow's `open`: it warns of a large picture or fails, each in its own way, before the size is known.
        with JpegImageFile(BytesIO(data)) as header:
            width, height = header.size
    except (SyntaxError, OSError, ValueError):
        raise PictureError("The camera's picture cannot be read.") from None
    _check(width, height)
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if image is None:
        raise PictureError("The camera's picture cannot be read.")
    return np.asarray(image, np.uint8)


def decode_planes(data: bytes) -> Image:
    """An RGB picture (h, w, 3) uint8 of one plane of brightness and those of colour.  Raises PictureError."""
    if len(data) < PLANES.size:
        raise PictureError("The camera's picture cannot be read.")
    layout, width, height, full_range = PLANES.unpack_from(data)
    if layout not in LAYOUTS or width % 2 or height % 2:
        raise PictureError("The camera's picture cannot be read.")
    _check(width, height)
    if len(data) != PLANES.size + width * height * 3 // 2:
        raise PictureError("The camera's picture cannot be read.")
    planes = np.frombuffer(data, np.uint8, offset=PLANES.size).reshape(height * 3 // 2, width)
    if full_range:
        planes = np.vstack([cv2.LUT(planes[:height], BRIGHT), cv2.LUT(planes[height:], COLOURED)])
    return np.asarray(cv2.cvtColor(planes, LAYOUTS[layout]), np.uint8)


def _check(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureError(f"The camera's picture is {width}x{height}; 1920x1080 is the most.")
    if min(width, height) < LEAST_SIDE:
        raise PictureError(f"The camera's picture is {width}x{height}: too small to see anybody.")
