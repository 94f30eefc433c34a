"""What the benchmark of the live path makes of its figures; the browser is not asked here."""

import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks.fake_camera import BITS, STAMP_PX, read_stamp, stamped, write_camera, write_mjpeg
from benchmarks.live_figures import (
    HEADER,
    NOT_INSTALLED,
    Case,
    Watched,
    growth_rows,
    middle_and_high,
    missing_row,
    ratios,
    row,
)
from benchmarks.processes import PAGE_MB, TICKS_A_SECOND, Stat, Usage, family, usage_of
from coach.pose import decode_jpeg
from coach.video import VideoWriter

LINE = "{pid} (py (a) b) S {parent} 1 1 0 -1 4194304 9 0 0 0 {user} {system} 0 0 25 5 {threads} 0 99 1000 {pages} 7"


def line(pid: int, parent: int, user: int = 0, system: int = 0, threads: int = 1, pages: int = 0) -> str:
    return LINE.format(**locals())


def told(
    ages: list[float], frames: int, grabbed: int, notice: str = "", now_ms: float = 0.0
) -> dict[str, object]:
    return {
        "lags": ages,
        "ages": ages,
        "frames": frames,
        "grabbed": grabbed,
        "notice": notice,
        "now_ms": now_ms,
    }


# --- figures ----------------------------------------------------------------------------------------


def test_median_and_95th_percentile() -> None:
    assert middle_and_high(list(range(101))) == (50.0, 95.0)
    assert np.isnan(middle_and_high([])).all()


def test_what_the_pages_note_is_added_up() -> None:
    watched = Watched(users=2)
    watched.take(told([], 10, 100, now_ms=500.0), told([30.0, 40.0], 12, 105, now_ms=2500.0))
    watched.take(told([], 90, 105, now_ms=600.0), told([50.0], 91, 107, now_ms=2600.0))
    assert watched.ages == [30.0, 40.0, 50.0]
    assert (watched.answered, watched.grabbed, watched.rate) == (3, 7, 0.75)


def test_a_row_tells_every_column() -> None:
    case = Case("coach", "full", 1)
    watched = Watched(2.0, 1, [30.0] * 50, [40.0] * 50, 50, 60, False, 0.81, 0.5, 1.26)
    cells = dict(zip(HEADER, row(case, watched, 7.25), strict=True))
    assert cells["frames a second"] == "25.0"
    assert cells["grab to overlay, ms: median / 95th"] == "30 / 30"
    assert cells["dropped"] == "17%"
    assert cells["server CPU"] == "81%"
    assert cells["grown, MB"] == "+1.3"
    assert "nan" not in " ".join(cells.values())


def test_a_row_says_that_the_coach_changed_to_the_quicker_model() -> None:
    watched = Watched()
    watched.take(told([], 0, 0), told([30.0], 1, 1, notice="The quicker model does it now.", now_ms=1000.0))
    assert row(Case("coach", "full", 1), watched, 1.0)[1] == "full, then lite"


def test_a_row_of_nothing_breaks_nothing() -> None:
    assert len(row(Case("webrtc", "lite", 2), Watched(), 0.0)) == len(HEADER)


def test_an_app_that_is_not_installed_is_told_so() -> None:
    cells = missing_row(Case("webrtc", "full", 2))
    assert len(cells) == len(HEADER)
    assert NOT_INSTALLED in cells


def test_ratios_are_of_the_same_model_and_users() -> None:
    ours, theirs = Watched(1.0, ages=[40.0] * 9, answered=30), Watched(1.0, ages=[160.0] * 9, answered=15)
    found = {
        Case("coach", "full", 1): ours,
        Case("webrtc", "full", 1): theirs,
        Case("coach", "full", 2): ours,
        Case("webrtc", "lite", 1): theirs,
    }
    assert ratios(found) == [("full", "1", "4.0", "4.0", "0.50")]


def test_growth() -> None:
    assert growth_rows([(0.0, Usage(1, 400.4, 16)), (0.5, Usage(2, 401.6, 17))]) == [
        ("0", "400", "16"),
        ("0.5", "402", "17"),
    ]


# --- processes --------------------------------------------------------------------------------------


def test_a_line_of_proc_is_read_past_any_name() -> None:
    stat = Stat.parse(line(77, 5, user=3 * TICKS_A_SECOND, system=TICKS_A_SECOND, threads=12, pages=256))
    assert (stat.pid, stat.parent) == (77, 5)
    assert stat.usage == Usage(4.0, 256 * PAGE_MB, 12)


def test_a_family_is_everybody_that_was_started() -> None:
    lines = [line(1, 0), line(2, 1), line(3, 2), line(4, 1), line(9, 8)]
    found = family(2, [Stat.parse(one) for one in lines])
    assert [stat.pid for stat in found] == [2, 3]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")
def test_this_process_uses_something() -> None:
    usage = usage_of(os.getpid())
    assert usage.cpu_s > 0
    assert usage.resident_mb > 10
    assert usage.threads >= 1


# --- the camera -------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 341, (1 << BITS) - 1])
@pytest.mark.parametrize("width", [640, 320])
def test_a_stamp_can_be_read(number: int, width: int) -> None:
    image = np.full((240, width, 3), 90, np.uint8)
    marked = stamped(image, number)
    assert read_stamp(marked) == number
    np.testing.assert_array_equal(marked[STAMP_PX:], image[STAMP_PX:])
    assert (image == 90).all()


def test_a_picture_without_a_stamp_has_none() -> None:
    assert read_stamp(np.full((240, 320, 3), 90, np.uint8)) is None


def test_a_clip_becomes_pictures_at_the_cameras_rate(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "clip.mp4") as writer:
        for i in range(10):
            writer.write(np.full((240, 320, 3), 20 * i, np.uint8), i / 10)
    film = write_camera(tmp_path / "clip.mp4", tmp_path / "camera.mjpeg")
    pictures = [b"\xff\xd8" + part for part in film.read_bytes().split(b"\xff\xd8")[1:]]
    assert [read_stamp(decode_jpeg(picture)) for picture in pictures] == list(range(len(pictures)))
    assert 27 <= len(pictures) <= 31


def test_motion_jpeg_keeps_the_picture(tmp_path: Path) -> None:
    image = np.full((64, 96, 3), (200, 120, 40), np.uint8)
    write_mjpeg([image], (96, 64), tmp_path / "one.mjpeg")
    shown = decode_jpeg((tmp_path / "one.mjpeg").read_bytes())
    assert np.abs(shown.astype(int) - image).max() < 6
