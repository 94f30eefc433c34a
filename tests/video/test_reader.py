"""Good videos are read as they are shown; of bad ones what is wrong is told in one sentence."""

import gc
import io
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from coach.errors import VideoError
from coach.video import opening
from coach.video.opening import Limits
from coach.video.picture import Converter
from coach.video.reader import VideoFrame, VideoReader
from tests.video.conftest import bare_stream

Clip = Callable[..., Path]
FASTSTART = {"movflags": "faststart"}


def read(source: Any, **options: Any) -> list[VideoFrame]:
    with VideoReader(source, **options) as reader:
        return list(reader.frames())


def refused(source: Any, says: str, **options: Any) -> None:
    with pytest.raises(VideoError, match=says) as caught:
        read(source, **options)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert message.count(". ") == 0, "one sentence"


def red_corner(image: Any) -> str:
    """Where the red quarter of the picture is."""
    h, w = image.shape[:2]
    places = {
        "top left": (6, 6),
        "top right": (6, w - 6),
        "low left": (h - 6, 6),
        "low right": (h - 6, w - 6),
    }
    (red,) = [name for name, (y, x) in places.items() if image[y, x, 0] > 180 and image[y, x, 1] < 80]
    return red


# Good videos


def test_frames_and_info(clip: Clip) -> None:
    with VideoReader(clip()) as reader:
        frames = list(reader.frames())
        info = reader.info
    assert (info.width, info.height, info.frames, info.rotation) == (64, 48, 6, 0)
    assert info.fps == pytest.approx(20, rel=0.01)
    assert info.duration_s == pytest.approx(0.3, abs=0.01)
    assert [round(f.t, 3) for f in frames] == [0.0, 0.05, 0.1, 0.15, 0.2, 0.25]
    assert {(f.image.shape, f.image.dtype.name) for f in frames} == {((48, 64, 3), "uint8")}
    assert red_corner(frames[0].image) == "top left"
    assert not reader.damaged


def test_uneven_times_are_kept_and_start_at_nothing(clip: Clip) -> None:
    frames = read(clip("clip.mkv", times=[3.0, 3.04, 3.5, 3.51]))
    assert [round(f.t, 3) for f in frames] == [0.0, 0.04, 0.5, 0.51]


@pytest.mark.parametrize("begins_s", [40.0, 3000.0])
def test_a_clock_that_begins_late_makes_no_video_longer(clip: Clip, begins_s: float) -> None:
    """Matroska tells when a video ends on its own clock, and not how long it lasts."""
    times = [begins_s + n / 20 for n in range(40)]
    with VideoReader(clip("clip.mkv", times=times)) as reader:
        assert len(list(reader.frames())) == 40 and not reader.damaged
        assert reader.info.duration_s == pytest.approx(2.0, abs=0.1)


def test_an_upload_is_read_and_left_open(clip: Clip) -> None:
    upload = io.BytesIO(clip().read_bytes())
    upload.seek(100)
    assert len(read(upload)) == 6
    assert not upload.closed


@pytest.mark.parametrize(("name", "codec"), [("odd.webm", "libvpx"), ("odd.avi", "mjpeg")])
@pytest.mark.parametrize("size", [(65, 47), (33, 48), (64, 21)])
def test_odd_sizes(clip: Clip, name: str, codec: str, size: tuple[int, int]) -> None:
    frames = read(clip(name, size=size, codec=codec))
    assert frames[0].image.shape == (size[1], size[0], 3)
    assert red_corner(frames[0].image) == "top left"


@pytest.mark.parametrize(
    ("turn", "rotation", "corner"),
    [
        ({"degrees": 0}, 0, "top left"),
        ({"degrees": 90}, 90, "low left"),
        ({"degrees": 180}, 180, "low right"),
        ({"degrees": -90}, 270, "top right"),
        ({"degrees": 0, "hflip": True}, 0, "top right"),
        ({"degrees": 0, "vflip": True}, 180, "low left"),
        ({"degrees": 90, "hflip": True}, 90, "low right"),
    ],
)
def test_pictures_are_upright(clip: Clip, turn: dict[str, Any], rotation: int, corner: str) -> None:
    with VideoReader(clip(turn=turn)) as reader:
        image = next(reader.frames()).image
    size = (48, 64) if rotation in (90, 270) else (64, 48)
    assert (reader.info.rotation, (reader.info.width, reader.info.height)) == (rotation, size)
    assert image.shape[1::-1] == reader.size == size
    assert image.flags.c_contiguous
    assert red_corner(image) == corner


def test_a_phone_held_upright(clip: Clip) -> None:
    """The matrix that phones write (x to y, y to -x) turns the picture clockwise (ISO 14496-12, 8.5.2)."""
    path = clip(turn={"degrees": 90})
    data = bytearray(path.read_bytes())
    unit = 1 << 16
    place = data.index(struct.pack(">4i", 0, -unit, 0, unit))
    data[place : place + 16] = struct.pack(">4i", 0, unit, 0, -unit)
    assert red_corner(read(io.BytesIO(bytes(data)))[0].image) == "top right"


def test_pixels_that_are_not_square_are_made_square(clip: Clip) -> None:
    with VideoReader(clip(pixel=Fraction(4, 3))) as reader:
        assert (reader.info.width, reader.info.height) == (85, 48)
        assert next(reader.frames()).image.shape == (48, 85, 3)


def test_large_pictures_are_made_smaller(clip: Clip) -> None:
    with VideoReader(clip(size=(200, 100), turn={"degrees": 90}), max_side=64) as reader:
        image = next(reader.frames()).image
    assert (reader.info.width, reader.info.height) == (100, 200)
    assert image.shape[1::-1] == reader.size == (32, 64)
    assert red_corner(image) == "low left"


def test_white_stays_white_when_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "white.avi"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("mjpeg", rate=5)
        stream.width, stream.height, stream.pix_fmt = 200, 100, "yuvj420p"
        white = av.VideoFrame.from_ndarray(np.full((100, 200, 3), 255, np.uint8), format="rgb24")
        for frame in (white, white):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    for side in (None, 50):
        assert read(path, max_side=side)[0].image.min() > 250


def test_sound_beside_the_picture_is_no_matter(clip: Clip) -> None:
    with VideoReader(clip("clip.mkv", times=[n / 20 for n in range(40)], sound_s=30.0)) as reader:
        assert len(list(reader.frames())) == 40
        assert not reader.damaged, "sound that outlasts the picture is no loss"


def test_a_packet_of_no_bytes_is_no_damage(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    """Theora says so that the picture before stays; what decodes it refuses such a packet."""

    class Waiting:
        def __init__(self, container: Any) -> None:
            self._container = container

        def __getattr__(self, name: str) -> Any:
            return getattr(self._container, name)

        def demux(self, stream: Any) -> Iterator[Any]:
            for packet in self._container.demux(stream):
                yield from (packet, av.Packet(b""))

    @contextmanager
    def waiting(*given: Any) -> Iterator[Any]:
        with open_container(*given) as container:
            yield Waiting(container)

    open_container = opening.open_container
    monkeypatch.setattr(opening, "open_container", waiting)
    with VideoReader(clip()) as reader:
        assert len(list(reader.frames())) == 6
        assert not reader.damaged


def test_the_pictures_that_players_show_are_read(clip: Clip, tmp_path: Path) -> None:
    """Those that are marked, wherever they stand; the first where none is, or where several are."""
    small, large = clip("small.mp4"), clip("large.mp4", size=(96, 64))
    for marks, shown in (("01", 1), ("10", 0), ("00", 0), ("11", 0)):
        both = tmp_path / f"both{marks}.mkv"
        joined(both, [(path, mark == "1") for path, mark in zip((small, large), marks, strict=True)])
        with VideoReader(both) as reader:
            assert (reader.info.width, len(list(reader.frames()))) == ((64, 96)[shown], 6), marks


def joined(target: Path, sources: list[tuple[Path, bool]]) -> None:
    """The streams of several videos in one file, each marked as what is shown, or not."""
    with av.open(str(target), "w", options={"default_mode": "passthrough"}) as container:
        for source, shown in sources:
            with av.open(str(source)) as given:
                stream: Any = container.add_stream_from_template(given.streams.video[0])
                stream.disposition = av.stream.Disposition.default if shown else 0
        for i, (source, _) in enumerate(sources):
            with av.open(str(source)) as given:
                for packet in given.demux(video=0):
                    if packet.dts is not None:
                        packet.stream = container.streams[i]
                        container.mux(packet)


@pytest.mark.parametrize(
    ("name", "codec", "kind"), [("a.m4v", "mpeg4", "m4v"), ("a.m2v", "mpeg2video", "mpeg2video")]
)
def test_bare_streams_that_tell_their_times_are_read(
    tmp_path: Path, name: str, codec: str, kind: str
) -> None:
    bare_stream(tmp_path / name, codec, kind, 50)
    assert read(tmp_path / name)[-1].t == pytest.approx(29 / 50, abs=1.5 / 50)


def test_a_second_call_goes_on_where_the_first_one_stopped(clip: Clip) -> None:
    with VideoReader(clip()) as reader:
        first = [next(reader.frames()).t]
        assert len(first + [f.t for f in reader.frames()]) == 6


def test_a_closed_reader_has_no_more_frames(clip: Clip) -> None:
    with VideoReader(clip()) as reader:
        frames = reader.frames()
        next(frames)
    assert list(frames) == []
    assert not reader.damaged


def test_no_frame_stays_behind(clip: Clip) -> None:
    path = clip(turn={"degrees": 90}, size=(640, 480))
    gc.collect()
    gc.disable()
    try:
        read(path)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        kept = [o for o in gc.garbage if isinstance(o, av.VideoFrame) and o.width > 16]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert kept == []


def test_pictures_of_a_kind_that_cannot_be_converted(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any) -> Any:
        raise av.error.InvalidDataError(22, "Invalid argument")

    path = clip()
    monkeypatch.setattr(Converter, "picture", unknown)
    refused(path, "of a kind that is not known here")


# Files that are no videos


def test_a_missing_file(tmp_path: Path) -> None:
    refused(tmp_path / "no.mp4", "There is no file '.*no.mp4'")
    refused(str(tmp_path / "no" / "no.mp4"), "There is no file")
    refused(tmp_path / "no\0.mp4", "There is no file")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "no").touch()
    refused(tmp_path / "no" / "no.mp4", "There is no file")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    refused(tmp_path / ("n" * 300), "cannot be opened")


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    refused(tmp_path / "pipe.mp4", "is not a file")


def test_a_stream_that_cannot_be_rewound() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    refused(Pipe(b"x"), "save it to a file first")


def test_no_permission(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    path = clip()

    def forbidden(self: Path, *args: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)  # root, who runs this in a container, may read anything
    refused(path, "no permission to read 'clip.mp4'")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    refused(tmp_path / "empty.mp4", "'empty.mp4' is empty")


@pytest.mark.parametrize(
    "content",
    [
        b"Dear diary,\n" * 200,
        b"\x89PNG\r\n\x1a\n" + bytes(300),
        bytes(5000),
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/passwd\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile clip.mp4\n",
    ],
)
def test_something_else_named_like_a_video(clip: Clip, tmp_path: Path, content: bytes) -> None:
    clip()  # what a playlist would open
    (tmp_path / "text.mp4").write_bytes(content)
    refused(tmp_path / "text.mp4", "'text.mp4' is not a video")


def test_one_picture_is_no_film(clip: Clip) -> None:
    refused(clip(times=[0.0]), "'clip.mp4' has only one picture")
    assert len(read(clip(times=[0.0, 0.05]))) == 2


@pytest.mark.parametrize(
    ("name", "codec", "kind"), [("a.h264", "libx264", "h264"), ("a.mp4", "libx265", "hevc")]
)
def test_pictures_without_times_are_refused(tmp_path: Path, name: str, codec: str, kind: str) -> None:
    """FFmpeg takes them for 25 a second, whatever they are: all that is told of time would be made up."""
    refused(bare_stream(tmp_path / name, codec, kind, 60), f"'{name}' is a bare stream without times")


def test_the_folder_where_one_is() -> None:
    refused("", "'.' is a folder")


def test_an_upload_without_a_name() -> None:
    refused(io.BytesIO(b"Dear diary"), "The uploaded file is not a video")


def test_only_sound(sound_file: Path) -> None:
    refused(sound_file, "has only sound")


def test_only_sound_and_a_cover(sound_with_cover: Path) -> None:
    refused(sound_with_cover, "has only sound")


def test_no_frames(clip: Clip) -> None:
    refused(clip("none.mp4", times=[]), "no moving pictures|no picture")


# Videos that are damaged


def test_the_end_of_the_file_with_its_index_is_missing(clip: Clip, tmp_path: Path) -> None:
    data = clip().read_bytes()
    (tmp_path / "cut.mp4").write_bytes(data[: len(data) // 2])
    refused(tmp_path / "cut.mp4", "'cut.mp4' is incomplete")


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "libx264"), ("a.avi", "mjpeg"), ("a.webm", "libvpx")])
def test_what_is_there_of_a_cut_video_is_read(clip: Clip, name: str, codec: str) -> None:
    options = FASTSTART if name.endswith("mp4") else {}
    path = clip(name, times=[i / 20 for i in range(80)], codec=codec, **options)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with VideoReader(path) as reader:
        count = len(list(reader.frames()))
    assert 20 < count < 70
    assert reader.damaged


def test_a_hole_in_the_middle_is_left_out(clip: Clip) -> None:
    path = clip(times=[i / 20 for i in range(60)])
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = b"\xff" * 2000
    with VideoReader(io.BytesIO(bytes(data))) as reader:
        times = [f.t for f in reader.frames()]
    assert reader.damaged
    assert 30 < len(times) < 60
    assert times[-1] == pytest.approx(2.95)


def test_nothing_but_damage(clip: Clip) -> None:
    path = clip(**FASTSTART)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"mdat") + 8])
    refused(path, "has no picture that can be read")


def test_a_disk_that_fails_midway(clip: Clip) -> None:
    class Failing(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1) -> bytes:
            self.reads += 1
            if self.reads > 8:
                raise OSError(5, "Input/output error")
            return super().read(size)

    data = clip(times=[i / 20 for i in range(60)], size=(640, 480), **FASTSTART).read_bytes()
    with VideoReader(Failing(data)) as reader:
        assert 0 < len(list(reader.frames())) < 60
    assert reader.damaged


# Videos beyond the limits


def test_8k(tmp_path: Path) -> None:
    path = tmp_path / "8k.avi"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 7680, 4320, "yuv420p"
        container.mux(stream.encode(av.VideoFrame(7680, 4320, "yuv420p")))
        container.mux(stream.encode(None))
    refused(path, "'8k.avi' has pictures of 7680 x 4320")


def test_4k_is_within_the_limit() -> None:
    assert 3840 * 2160 <= 4096 * 2304 <= Limits().max_pixels < 7680 * 4320


def test_an_hour(clip: Clip) -> None:
    refused(clip(times=[0.0, 3600.0]), "'clip.mp4' is longer than 45 minutes")


def test_too_many_bytes(clip: Clip) -> None:
    refused(clip(), "at most 0.0 GB", limits=Limits(max_bytes=1000))


def test_nothing_is_decoded_of_what_is_refused(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    path = clip()
    monkeypatch.setattr(VideoReader, "_decode", lambda *_: pytest.fail("decoded"))
    for limits in (Limits(max_bytes=1000), Limits(max_pixels=1000), Limits(max_duration_s=0.1)):
        with pytest.raises(VideoError):
            VideoReader(path, limits)


def test_a_duration_that_is_not_told(tmp_path: Path) -> None:
    path = bare_stream(tmp_path / "clip.m4v", "mpeg4", "m4v", 20)
    with VideoReader(path) as reader:
        assert np.isnan(reader.info.duration_s)
    refused(path, "is longer than", limits=Limits(max_duration_s=1.0))


def test_a_duration_that_is_a_lie(clip: Clip) -> None:
    """The header of a Matroska file says 0.1 s where there are 3 s: the clock finds out."""
    path = clip("lie.mkv", times=[i / 20 for i in range(60)])
    data = bytearray(path.read_bytes())
    place = data.index(b"\x44\x89\x88") + 3  # the element Duration, 8 bytes, in milliseconds
    assert struct.unpack_from(">d", data, place)[0] == pytest.approx(3000, abs=100)
    struct.pack_into(">d", data, place, 100.0)
    path.write_bytes(data)
    with VideoReader(path, Limits(max_duration_s=1.0)) as reader:
        times = []
        with pytest.raises(VideoError, match="is longer than"):
            for frame in reader.frames():
                times.append(frame.t)
    assert max(times) <= 1.0


def test_pictures_that_change_their_size_are_all_delivered_alike(clip: Clip) -> None:
    both = clip("a.ts").read_bytes() + clip("b.ts", size=(128, 96)).read_bytes()
    frames = read(io.BytesIO(both))
    assert [f.image.shape for f in frames] == [(48, 64, 3)] * 12
    assert red_corner(frames[-1].image) == "top left"


@pytest.mark.parametrize(("size", "round_px"), [((480, 640), 0.75), ((320, 240), 2.0), ((641, 479), 1.0)])
def test_what_is_round_stays_round_when_the_pictures_change_their_shape(
    tmp_path: Path, size: tuple[int, int], round_px: float
) -> None:
    both = tmp_path / "both.ts"
    both.write_bytes(disc(tmp_path / "a.ts", (640, 480), 0) + disc(tmp_path / "b.ts", size, 25))
    first, *_, last = read(both)
    assert first.image.shape == last.image.shape == (480, 640, 3)
    for frame, diameter in ((first, 200), (last, 200 * round_px)):
        lit = frame.image[..., 0] > 128
        assert lit.any(axis=0).sum() == pytest.approx(diameter, abs=4)
        assert lit.any(axis=1).sum() == pytest.approx(diameter, abs=4)


def disc(path: Path, size: tuple[int, int], first: int) -> bytes:
    """A second of video with a disc of 200 pixels in the middle."""
    width, height = size
    y, x = np.mgrid[:height, :width]
    lit = ((x - width / 2) ** 2 + (y - height / 2) ** 2 < 100**2)[..., None]
    with av.open(str(path), "w", format="mpegts") as file:
        stream = file.add_stream("mpeg2video", rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for i in range(25):
            frame = av.VideoFrame.from_ndarray(
                np.broadcast_to(lit * np.uint8(255), (height, width, 3)).copy()
            )
            frame.pts, frame.time_base = first + i, Fraction(1, 25)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path.read_bytes()


def test_pictures_that_grow_beyond_the_limit_are_left_out(clip: Clip) -> None:
    small = clip("a.ts", times=[i / 25 for i in range(60)]).read_bytes()
    large = clip("b.ts", size=(128, 96)).read_bytes()
    with VideoReader(io.BytesIO(small + large), Limits(max_pixels=64 * 48)) as reader:
        assert 50 < len(list(reader.frames())) <= 60
    assert reader.damaged
