"""A picture that came as bytes: read, or refused in one sentence before it costs anything."""

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from coach.errors import CoachError
from coach.pose import decode_jpeg, decode_picture
from coach.pose.decode import LEAST_SIDE, MOST_PIXELS, PLANES, PictureError

quick = settings(deadline=None, max_examples=150, derandomize=True)


def jpeg(width: int = 64, height: int = 48, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    """Red at the left, blue at the right."""
    image = np.zeros((height, width, 3), np.uint8)
    image[:, : width // 2, 0] = 250
    image[:, width // 2 :, 2] = 250
    out = io.BytesIO()
    Pillow.fromarray(image).convert(mode).save(out, kind, quality=95)
    return out.getvalue()


def told_as(width: int, height: int) -> bytes:
    """A small picture whose header tells another size."""
    data = jpeg()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def test_a_picture_is_read_as_red_green_blue() -> None:
    image = decode_jpeg(jpeg())
    assert image.shape == (48, 64, 3) and image.dtype == np.uint8
    assert np.allclose(image[24, 8], (250, 0, 0), atol=8)
    assert np.allclose(image[24, 56], (0, 0, 250), atol=8)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_kinds_of_colour_are_read_too(mode: str) -> None:
    assert decode_jpeg(jpeg(mode=mode)).shape == (48, 64, 3)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (LEAST_SIDE, LEAST_SIDE)])
def test_pictures_up_to_the_limits_are_read(size: tuple[int, int]) -> None:
    assert decode_jpeg(jpeg(*size)).shape == (size[1], size[0], 3)


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"hello", b"\xff\xd8", b"\xff\xd8\xff\xd9", jpeg()[:20], jpeg()[:100]]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError, match="cannot be read"):
        decode_jpeg(data)


def test_another_format_is_refused() -> None:
    for kind in ("PNG", "GIF", "BMP", "WEBP"):
        with pytest.raises(PictureError, match="cannot be read"):
            decode_jpeg(jpeg(kind=kind))


@pytest.mark.parametrize("size", [(20000, 20000), (65500, 65500), (9500, 9500), (1921, 1080), (4000, 600)])
def test_a_huge_picture_is_refused_before_it_is_unpacked(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.pose.decode.cv2.imdecode", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(PictureError, match="1920x1080 is the most") as refused:
        decode_jpeg(told_as(*size))
    assert isinstance(refused.value, CoachError)


@pytest.mark.parametrize("size", [(1, 1), (31, 400), (400, 31)])
def test_a_tiny_picture_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError, match=f"{size[0]}x{size[1]}: too small"):
        decode_jpeg(jpeg(*size))


@quick
@given(st.integers(0, len(jpeg())))
def test_a_picture_that_was_cut_short_is_read_or_refused(at: int) -> None:
    try:
        image = decode_jpeg(jpeg()[:at])
    except PictureError:
        return
    assert image.shape == (48, 64, 3)


@quick
@given(st.integers(2, len(jpeg()) - 1), st.binary(min_size=1, max_size=4))
def test_a_spoiled_picture_is_read_or_refused(at: int, noise: bytes) -> None:
    data = jpeg()
    try:
        image = decode_jpeg(data[:at] + noise + data[at + len(noise) :])
    except PictureError:
        return
    assert image.shape[2] == 3 and image.dtype == np.uint8


# --- in planes --------------------------------------------------------------------------------------------


def planes(
    width: int = 64,
    height: int = 48,
    layout: bytes = b"I420",
    yuv: tuple[int, int, int] = (81, 90, 240),
    full: bool = False,
) -> bytes:
    """One colour all over; the default is the red of television."""
    y, u, v = (np.uint8(value) for value in yuv)
    quarter = width * height // 4
    colours = np.repeat([u, v], quarter) if layout == b"I420" else np.tile([u, v], quarter)
    return PLANES.pack(layout, width, height, full) + np.full(width * height, y).tobytes() + colours.tobytes()


@pytest.mark.parametrize("layout", [b"I420", b"NV12"])
def test_planes_are_read_as_red_green_blue(layout: bytes) -> None:
    image = decode_picture(planes(layout=layout))
    assert image.shape == (48, 64, 3) and image.dtype == np.uint8
    assert np.allclose(image, (255, 0, 0), atol=3)


@pytest.mark.parametrize(
    ("yuv", "full", "rgb"),
    [
        ((16, 128, 128), False, 0),
        ((235, 128, 128), False, 255),
        ((0, 128, 128), True, 0),
        ((255, 128, 128), True, 255),
        ((128, 128, 128), True, 128),
    ],
)
def test_black_and_white_are_where_they_are_said_to_be(
    yuv: tuple[int, int, int], full: bool, rgb: int
) -> None:
    assert np.allclose(decode_picture(planes(yuv=yuv, full=full)), rgb, atol=2)


def test_the_colours_of_the_full_range_are_read() -> None:
    assert np.allclose(decode_picture(planes(yuv=(76, 85, 255), full=True)), (254, 0, 0), atol=4)


def test_either_kind_is_told_by_its_first_bytes() -> None:
    assert np.allclose(decode_picture(jpeg())[24, 8], (250, 0, 0), atol=8)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"I420",
        planes()[: PLANES.size],
        planes()[:-1],
        planes() + b"\x00",
        planes(layout=b"I422"),
        PLANES.pack(b"I420", 65, 48, False) + bytes(65 * 48 * 3 // 2),
        PLANES.pack(b"I420", 64, 49, False) + bytes(64 * 49 * 3 // 2),
    ],
)
def test_planes_that_are_no_picture_are_refused(data: bytes) -> None:
    with pytest.raises(PictureError, match="cannot be read"):
        decode_picture(data)


@pytest.mark.parametrize("size", [(MOST_PIXELS // 32 + 2, 32), (60_000, 60_000), (30, 300), (0, 0)])
def test_planes_of_a_size_beyond_the_limits_are_refused_before_they_are_read(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError, match=r"is the most|too small"):
        decode_picture(PLANES.pack(b"I420", *size, False))


@quick
@given(st.binary(max_size=60), st.booleans())
def test_anything_is_a_picture_or_refused(data: bytes, like_planes: bool) -> None:
    with pytest.raises(PictureError):
        decode_picture(b"NV12" + data if like_planes else data)
