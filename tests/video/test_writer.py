"""Written videos have the true times, even sizes, and are whole or not there."""

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from coach.errors import OutputError
from coach.video.reader import VideoReader
from coach.video.writer import VideoWriter

UNEVEN = [0.0, 0.1, 0.15, 0.5, 0.51, 2.0]


def noise(width: int = 64, height: int = 48, i: int = 0) -> Any:
    return np.random.default_rng(i).integers(0, 255, (height, width, 3), dtype=np.uint8)


def write(path: Path, times: list[float], width: int = 64, height: int = 48) -> Path:
    with VideoWriter(path) as writer:
        for i, t in enumerate(times):
            writer.write(noise(width, height, i), t)
    return path


def read_times(path: Path) -> list[float]:
    with VideoReader(path) as reader:
        times = [round(frame.t, 4) for frame in reader.frames()]
        assert not reader.damaged
    return times


def test_every_frame_keeps_its_time(tmp_path: Path) -> None:
    assert read_times(write(tmp_path / "out.mp4", UNEVEN)) == UNEVEN


def test_the_clock_starts_with_the_first_frame(tmp_path: Path) -> None:
    assert read_times(write(tmp_path / "out.mp4", [10.0, 10.25, 11.0])) == [0.0, 0.25, 1.0]


def test_times_that_do_not_rise_are_still_written_in_order(tmp_path: Path) -> None:
    times = read_times(write(tmp_path / "out.mp4", [0.0, 0.1, 0.1, 0.05, 0.2]))
    assert times == pytest.approx([0.0, 0.1, 0.1, 0.1, 0.2], abs=1e-3)


def test_the_duration_covers_the_last_frame(tmp_path: Path) -> None:
    with VideoReader(write(tmp_path / "out.mp4", UNEVEN)) as reader:
        assert 2.0 < reader.info.duration_s < 2.1


def test_browsers_can_play_it_while_it_loads(tmp_path: Path) -> None:
    path = write(tmp_path / "out.mp4", UNEVEN)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")


@pytest.mark.parametrize("size", [(65, 47), (64, 47), (65, 48), (1, 1)])
def test_odd_sizes_become_even(tmp_path: Path, size: tuple[int, int]) -> None:
    with VideoReader(write(tmp_path / "out.mp4", [0.0, 0.1], *size)) as reader:
        assert reader.size == (size[0] + size[0] % 2, size[1] + size[1] % 2)


def test_the_picture_is_the_picture(tmp_path: Path) -> None:
    image = np.zeros((48, 64, 3), np.uint8)
    image[:, :32] = (200, 30, 30)
    with VideoWriter(tmp_path / "out.mp4") as writer:
        writer.write(image, 0.0)
        writer.write(image, 0.1)
    with VideoReader(tmp_path / "out.mp4") as reader:
        got = next(reader.frames()).image
    assert np.abs(got[8:40, 8:24].astype(int) - (200, 30, 30)).max() < 15
    assert got[8:40, 40:56].max() < 15


def test_a_name_with_a_colon_is_no_address(tmp_path: Path) -> None:
    assert read_times(write(tmp_path / "http: a.mp4", [0.0, 0.1])) == [0.0, 0.1]


def test_nothing_is_left_behind_when_something_goes_wrong(tmp_path: Path) -> None:
    with pytest.raises(KeyError), VideoWriter(tmp_path / "out.mp4") as writer:
        for i in range(60):
            writer.write(noise(i=i), i / 20)
        raise KeyError("x")
    assert list(tmp_path.iterdir()) == []


def test_no_picture_at_all(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no picture to write"), VideoWriter(tmp_path / "out.mp4"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"), VideoWriter(tmp_path / "no" / "out.mp4"):
        pytest.fail("refused before any work is done")


@pytest.mark.parametrize("share", [0.0, 0.4, 0.99])
def test_a_disk_that_takes_no_more(tmp_path: Path, share: float) -> None:
    """The system's limit on the size of a file stands for the full disk: the same writes fail."""
    resource = pytest.importorskip("resource")
    target = tmp_path / "out.mp4"
    whole = write(target, UNEVEN, 640, 480).stat().st_size
    target.write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(whole * share), before[1]))
        with pytest.raises(OutputError, match=r"out\.mp4"):
            write(target, UNEVEN, 640, 480)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]
    assert target.read_text() == "old"


@pytest.mark.parametrize(
    "image",
    [np.zeros((48, 64), np.uint8), np.zeros((48, 64, 4), np.uint8), np.zeros((48, 64, 3), np.float32)],
)
def test_only_rgb_of_bytes_is_taken(tmp_path: Path, image: Any) -> None:
    with pytest.raises(ValueError, match="RGB"), VideoWriter(tmp_path / "out.mp4") as writer:
        writer.write(image, 0.0)


def test_all_pictures_have_one_size(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pixels"), VideoWriter(tmp_path / "out.mp4") as writer:
        writer.write(noise(), 0.0)
        writer.write(noise(32, 32), 0.1)
