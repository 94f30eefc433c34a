"""From pictures to the file."""

from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sample_videos.studio.errors import StudioError
from sample_videos.studio.film import Film, Image, PictureSettings, develop

SIZE = (64, 48)
PLAIN = PictureSettings()


def gradient(number: int = 0) -> Image:
    """A picture that changes from frame to frame."""
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    return np.stack([x * 4, y * 5, (x + 7 * number) % 256], axis=2).astype(np.uint8)


def shoot(path: Path, settings: PictureSettings = PLAIN, count: int = 25) -> bytes:
    with Film(path, SIZE, settings) as film:
        for number in range(count):
            film.add(develop(gradient(number), settings, number))
    return path.read_bytes()


def test_two_films_are_equal(tmp_path: Path) -> None:
    noisy = PictureSettings(noise=6, light=0.5)
    assert shoot(tmp_path / "a.mp4", noisy) == shoot(tmp_path / "b.mp4", noisy)


@pytest.mark.parametrize("fps", [1, 20, 24, 25, 30, 60])
def test_frames_have_their_exact_times(tmp_path: Path, fps: int) -> None:
    path = tmp_path / "a.mp4"
    shoot(path, PictureSettings(fps=fps))
    with av.open(path) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        assert (stream.codec_context.name, frames[0].format.name) == ("h264", "yuv420p")
        assert stream.average_rate == fps
    assert [frame.pts * frame.time_base * fps for frame in frames] == list(range(25))


def test_the_picture_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    shoot(path, PictureSettings(crf=10), count=1)
    with av.open(path) as container:
        frame = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert np.abs(frame[..., :2].astype(int) - gradient()[..., :2]).mean() < 6


def test_nothing_is_left_behind_on_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_text("before")
    with pytest.raises(RuntimeError), Film(path, SIZE, PLAIN) as film:
        film.add(gradient())
        raise RuntimeError("the light went out")
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]
    assert path.read_text() == "before"


def test_a_film_without_pictures(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="no picture"), Film(tmp_path / "a.mp4", SIZE, PLAIN):
        pass
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="written"), Film(tmp_path / "no" / "a.mp4", SIZE, PLAIN):
        pass


def test_a_target_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").mkdir()
    with pytest.raises(StudioError, match="written"):
        shoot(tmp_path / "a.mp4", count=1)
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_an_odd_size(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="even"):
        Film(tmp_path / "a.mp4", (63, 48), PLAIN)


def test_a_picture_of_another_size(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pixels"), Film(tmp_path / "a.mp4", SIZE, PLAIN) as film:
        film.add(np.zeros((10, 10, 3), np.uint8))


def test_plain_settings_change_nothing() -> None:
    assert np.array_equal(develop(gradient(), PLAIN, 3), gradient())


def test_half_the_light_is_half_the_linear_light() -> None:
    grey = np.full((2, 2, 3), 188, np.uint8)  # half of white in linear light
    assert develop(grey, PictureSettings(light=2), 0).min() >= 254
    assert develop(np.full((2, 2, 3), 255, np.uint8), PictureSettings(light=0.5), 0).max() == 188


@given(st.floats(0.02, 8), st.floats(0.02, 8))
def test_more_light_is_never_darker(one: float, other: float) -> None:
    low, high = sorted((one, other))
    dark, bright = (develop(gradient(), PictureSettings(light=light), 0) for light in (low, high))
    assert (dark <= bright).all()


def test_noise_has_its_strength_and_is_the_frames_own() -> None:
    grey = np.full((120, 160, 3), 128, np.uint8)
    settings = PictureSettings(noise=8)
    first, again, next_one = (develop(grey, settings, number).astype(int) for number in (4, 4, 5))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, next_one)
    assert (first - 128).std() == pytest.approx(8, rel=0.03)
    assert (first - 128).mean() == pytest.approx(0, abs=0.1)


def test_noise_is_new_in_every_frame() -> None:
    grey = np.full((60, 80, 3), 128, np.uint8)
    frames = [develop(grey, PictureSettings(noise=8), n).astype(float) - 128 for n in range(12)]
    alike = np.corrcoef([frame.ravel() for frame in frames]) - np.eye(12)
    assert abs(alike).max() < 0.05


def test_mirrored_is_left_for_right() -> None:
    assert np.array_equal(develop(gradient(), PictureSettings(mirrored=True), 0), gradient()[:, ::-1])


@pytest.mark.parametrize(
    "wrong", [{"light": 0}, {"noise": -1}, {"crf": 60}, {"fps": 0}, {"fps": 61}, {"blur": 1}]
)
def test_settings_out_of_bounds(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        PictureSettings.model_validate(wrong)
