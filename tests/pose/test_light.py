"""Light: dim pictures are stretched, others pass untouched."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose.light import DARK, MAX_GAIN, MORE_LIGHT, brighten

quick = settings(deadline=None, max_examples=40, derandomize=True)


def ramp(brightest: int, height: int = 240, width: int = 320) -> Any:
    """Grey from black at the left to `brightest` at the right: neighbours hardly differ."""
    row = np.linspace(0, brightest, width).astype(np.uint8)
    return np.repeat(np.repeat(row[None, :, None], height, axis=0), 3, axis=2)


def test_a_bright_picture_passes_untouched() -> None:
    image = ramp(200)
    lit = brighten(image)
    assert lit.image is image
    assert lit.light == pytest.approx(200 / 255, abs=0.02)


def test_a_dim_picture_is_stretched_to_white() -> None:
    lit = brighten(ramp(60))
    assert lit.light == pytest.approx(60 / 255, abs=0.02)
    assert lit.image.dtype == np.uint8
    assert np.percentile(lit.image, 99) > 230


def test_the_light_is_told_as_it_was_before_the_stretch() -> None:
    assert brighten(ramp(40)).light < MORE_LIGHT < DARK


def test_a_nearly_black_picture_is_not_stretched_without_end() -> None:
    lit = brighten(ramp(10))
    assert lit.image.max() <= 10 * MAX_GAIN


def test_a_black_picture_stays_black() -> None:
    image = np.zeros((48, 64, 3), np.uint8)
    lit = brighten(image)
    assert lit.image is image
    assert lit.light == 0


def test_noise_that_the_stretch_brings_out_is_smoothed() -> None:
    noise = np.random.default_rng(0).integers(0, 50, (240, 320, 3), dtype=np.uint8)
    lit = brighten(noise)
    stretched = noise.astype(float) * 0.95 / lit.light
    assert lit.image.std() < 0.7 * np.clip(stretched, 0, 255).std()


def test_edges_of_a_clean_dim_picture_stay_sharp() -> None:
    image = np.zeros((240, 320, 3), np.uint8)
    image[:, 160:] = 50
    stretched = brighten(image).image
    assert set(np.unique(stretched)) <= {0, int(stretched.max())}
    assert stretched[0, 159].max() == 0
    assert stretched[0, 160].min() > 200


def test_thin_lines_in_a_clean_dim_picture_stay() -> None:
    image = np.zeros((240, 320, 3), np.uint8)
    image[:, ::8] = 50
    assert brighten(image).image[0, 8].min() > 200


def test_the_picture_given_is_not_changed() -> None:
    image = ramp(50)
    before = image.copy()
    brighten(image)
    np.testing.assert_array_equal(image, before)


@quick
@given(st.integers(0, 255), st.integers(2, 40), st.integers(2, 40))
def test_any_size_and_level_keeps_its_shape_and_is_never_darker(level: int, height: int, width: int) -> None:
    image = np.full((height, width, 3), level, np.uint8)
    lit = brighten(image)
    assert lit.image.shape == image.shape
    assert 0 <= lit.light <= 1
    assert (lit.image >= image).all()
