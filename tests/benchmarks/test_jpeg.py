"""How the benchmark of the camera page's pictures makes them, and what it concludes."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.jpeg import (
    AT_HOME,
    FAR,
    HEADER,
    LIGHTS,
    PLAIN,
    SIGMA,
    Found,
    Packing,
    changed,
    conclusion,
    dim,
    good_enough,
    noisy,
    row,
    shrunk,
    smallest,
)
from coach.pose import decode_jpeg, decode_picture
from coach.video import VideoFrame
from coach.web.stage import PICTURE_PX, QUALITY

RNG = np.random.default_rng(1)
GREY = np.full((120, 160, 3), 100, np.uint8)


def found(angle: float, judged: int = 100) -> Found:
    return Found([15_000], [1.5], {"deg": [angle], "ratio": [0.02]}, {"deg": [0.1]}, judged, 100)


def table(**angles: float) -> dict[tuple[str, Packing], Found]:
    """The plain picture at 3 degrees, and packings by name: `p640_8=3.1` is 640 at 0.8."""
    packings = {Packing(int(n[1:4]), int(n[5:]) / 10): off for n, off in angles.items()}
    return {("clean", PLAIN): found(3.0), ("clean", AT_HOME): found(3.1)} | {
        ("clean", p): found(off) for p, off in packings.items()
    }


def test_dim_and_noisy() -> None:
    assert dim(GREY, RNG).max() == 30
    assert noisy(GREY, RNG).std() == pytest.approx(SIGMA, rel=0.05)


def test_every_light_leaves_the_shape() -> None:
    for changes in LIGHTS.values():
        (frame,) = changed([VideoFrame(0.5, GREY)], changes)
        assert frame.t == 0.5
        assert frame.image.shape == GREY.shape
        assert frame.image.dtype == np.uint8


def test_the_noise_is_the_same_each_time_but_not_in_each_frame() -> None:
    first, second = (changed([VideoFrame(0.0, GREY)] * 2, (noisy,)) for _ in range(2))
    np.testing.assert_array_equal(first[1].image, second[1].image)
    assert (first[0].image != first[1].image).any()


def test_far_shrinks_what_is_in_the_picture() -> None:
    image = np.zeros((200, 200, 3), np.uint8)
    image[50:150, 50:150] = 255
    (far,) = LIGHTS["far"]
    assert (far(image, RNG) == 255).sum() == pytest.approx(FAR**2 * (image == 255).sum(), rel=0.05)


def test_only_larger_pictures_are_shrunk() -> None:
    assert shrunk(GREY, 80).shape == (60, 80, 3)
    assert shrunk(GREY, 640).shape == GREY.shape


def test_what_is_packed_can_be_unpacked() -> None:
    image = decode_jpeg(Packing(80, 0.8).pack(GREY))
    assert image.shape == (60, 80, 3)
    assert np.abs(image.astype(int) - 100).max() <= 2


def test_planes_are_packed_without_loss_but_for_their_colours() -> None:
    colourful = np.zeros((120, 160, 3), np.uint8)
    colourful[:, :80] = (200, 40, 40)
    colourful[:, 80:] = (40, 60, 180)
    image = decode_picture(replace(AT_HOME, size=160).pack(colourful))
    assert image.shape == colourful.shape
    assert np.abs(image.astype(int) - colourful).max() <= 3


def test_a_row_tells_every_column() -> None:
    cells = dict(zip(HEADER, row("dim", Packing(480, 0.7), found(2.345)), strict=False))
    assert (cells["light"], cells["picture"], cells["kB"]) == ("dim", "480 at 0.7", "15")
    assert cells["angles off the truth, deg"] == "2.35"
    assert row("dim", PLAIN, Found())[2:4] == ("-", "-")
    assert row("dim", AT_HOME, Found())[1] == "640, planes"


def test_the_smallest_that_is_good_enough() -> None:
    assert smallest(table(p640_9=3.0, p480_8=3.2, p480_5=3.2, p320_9=3.4)) == Packing(480, 0.5)
    assert smallest(table(p640_9=4.0)) is None


def test_it_has_to_be_good_in_every_light() -> None:
    both = table(p480_8=3.0) | {("dim", PLAIN): found(5.0), ("dim", Packing(480, 0.8)): found(6.0)}
    assert not good_enough(Packing(480, 0.8), both)


def test_fewer_frames_judged_is_not_good_enough() -> None:
    fewer = {("clean", PLAIN): found(3.0), ("clean", Packing(320, 0.8)): found(3.0, judged=90)}
    assert smallest(fewer) is None


def test_the_conclusion_tells_what_the_page_sends() -> None:
    text = conclusion(table(**{f"p{PICTURE_PX}_{round(10 * QUALITY)}": 3.1}))
    assert f"sends {PICTURE_PX} at {QUALITY}" in text
    assert "is good enough" in text
    assert f"On its own machine it sends {AT_HOME}, which is good enough" in text
    assert "no JPEG measured here is good enough" in conclusion(table(p640_9=9.0))
