"""PoseFrame and PoseTrack: shapes, mirroring, saving and loading."""

import io
import os
import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coach.errors import TrackError
from coach.pose import PoseFrame, PoseTrack, at
from tests.skeletons import LEFT, RIGHT, film, squat

quick = settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
landmarks = arrays(np.float32, (33, 6), elements=st.floats(-2000, 2000, width=32) | st.just(np.nan))


def frame_of(table: Any, t: float = 0.0) -> PoseFrame:
    return PoseFrame(t, table[:, :2], table[:, 2], table[:, 3:], (640, 480))


@pytest.fixture
def track() -> PoseTrack:
    return film(lambda depth: squat(depth), np.linspace(0, 1, 40), fps=10)


# --- a frame ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["xy", "visibility", "world"])
def test_a_frame_refuses_another_number_of_landmarks(field: str) -> None:
    frame = squat()
    with pytest.raises(ValueError, match="33 landmarks"):
        replace(frame, **{field: getattr(frame, field)[:32]})


def test_a_frame_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        squat().t = 1.0  # type: ignore[misc]


def test_an_empty_frame_has_no_pose_but_its_time_size_and_light() -> None:
    frame = PoseFrame.empty(2.5, (640, 480), light=0.3)
    assert not frame.found
    assert np.isnan(frame.xy).all()
    assert np.isnan(frame.world).all()
    assert (frame.t, frame.size, frame.light) == (2.5, (640, 480), 0.3)


def test_a_pose_is_found_even_when_all_places_were_rejected() -> None:
    frame = squat()
    assert frame.found
    assert frame.with_xy(np.full((33, 2), np.nan)).found


def test_with_xy_keeps_everything_else() -> None:
    frame = replace(squat(t=1.5), light=0.5, others=1, cut=True, doubt="unsteady")
    moved = frame.with_xy(frame.xy + 10)
    assert moved.xy.dtype == np.float32
    np.testing.assert_array_equal(moved.xy, frame.xy + 10)
    assert (moved.t, moved.light, moved.others, moved.cut, moved.doubt) == (1.5, 0.5, 1, True, "unsteady")


def test_without_some_landmarks_the_others_stay() -> None:
    frame = squat()
    left = frame.without([25, 27])
    assert np.isnan(left.xy[[25, 27]]).all() and np.isfinite(frame.xy).all()
    rest = [i for i in range(33) if i not in (25, 27)]
    np.testing.assert_array_equal(left.xy[rest], frame.xy[rest])


def test_a_mirror_shows_the_other_side_at_the_other_rim() -> None:
    frame = squat(camera=RIGHT)
    mirrored = frame.mirrored()
    x, y = frame.xy[at("right", "knee")]
    np.testing.assert_allclose(mirrored.xy[at("left", "knee")], [640 - x, y])
    assert mirrored.visibility[at("left", "knee")] == frame.visibility[at("right", "knee")]


def test_somebody_facing_right_faces_left_in_the_mirror() -> None:
    mirrored, left = squat(camera=RIGHT).mirrored(), squat(camera=LEFT)
    np.testing.assert_allclose(mirrored.xy, left.xy, atol=1e-3)
    np.testing.assert_allclose(mirrored.world, left.world, atol=1e-6)
    np.testing.assert_array_equal(mirrored.visibility, left.visibility)


@quick
@given(landmarks)
def test_mirroring_twice_gives_the_same_frame(table: Any) -> None:
    frame = frame_of(table)
    twice = frame.mirrored().mirrored()
    np.testing.assert_allclose(twice.xy, frame.xy, atol=1e-3)
    np.testing.assert_array_equal(twice.world, frame.world)
    np.testing.assert_array_equal(twice.visibility, frame.visibility)


def test_a_picture_that_is_turned_anticlockwise() -> None:
    frame = squat(camera=RIGHT)
    turned = frame.turned(1)
    x, y = frame.xy[at("left", "knee")]
    across, down, away = frame.world[at("left", "knee")]
    np.testing.assert_allclose(turned.xy[at("left", "knee")], [y, frame.size[0] - x])
    np.testing.assert_allclose(turned.world[at("left", "knee")], [down, -across, away])
    assert turned.size == frame.size[::-1]


@quick
@given(landmarks)
def test_turned_and_turned_back_it_is_the_same_frame(table: Any) -> None:
    frame = frame_of(table)
    for back in (frame.turned(1).turned(3), frame.turned(3).turned(1)):
        np.testing.assert_allclose(back.xy, frame.xy, atol=1e-3)
        np.testing.assert_array_equal(back.world, frame.world)
        assert back.size == frame.size


# --- a track ----------------------------------------------------------------------------------------


def test_a_track_gives_its_frames_back(track: PoseTrack) -> None:
    frames = list(track)
    assert len(frames) == len(track) == 40
    again = PoseTrack.of(frames)
    for field in ("t", "xy", "visibility", "world"):
        np.testing.assert_array_equal(getattr(again, field), getattr(track, field))
    assert frames[3].t == pytest.approx(0.3)
    assert frames[3].size == track.size


def test_a_mirror_seen_in_a_mirror_is_the_track(track: PoseTrack) -> None:
    once, twice = track.mirrored(), track.mirrored().mirrored()
    np.testing.assert_array_equal(once[3].xy, track[3].mirrored().xy)
    np.testing.assert_array_equal(once.t, track.t)
    assert (once.size, once.centred) == (track.size, track.centred)
    np.testing.assert_allclose(twice.xy, track.xy, atol=1e-3)
    np.testing.assert_array_equal(twice.world, track.world)


def test_no_frames_make_an_empty_track() -> None:
    track = PoseTrack.of([])
    assert len(track) == 0
    assert list(track) == []


def test_a_repeated_time_is_allowed() -> None:
    assert len(PoseTrack.of([squat(t=1.0), squat(t=1.0)])) == 2


def test_falling_times_are_refused() -> None:
    with pytest.raises(TrackError, match="backwards"):
        PoseTrack.of([squat(t=1.0), squat(t=0.5)])


@pytest.mark.parametrize("t", [np.nan, np.inf])
def test_a_frame_without_a_time_is_refused(t: float) -> None:
    with pytest.raises(TrackError, match="without a time"):
        PoseTrack.of([squat(t=t)])


@pytest.mark.parametrize("field", ["xy", "visibility", "world"])
def test_a_track_names_the_array_of_the_wrong_shape(track: PoseTrack, field: str) -> None:
    with pytest.raises(TrackError, match=f"'{field}' has the shape"):
        replace(track, **{field: getattr(track, field)[:, :32]})


def test_a_track_knows_the_model_that_saw_all_of_it(tmp_path: Path) -> None:
    def seen(*models: str) -> PoseTrack:
        return PoseTrack.of([replace(squat(t=float(n)), model=model) for n, model in enumerate(models)])

    seen("lite", "lite").save(tmp_path / "set.npz")
    loaded = PoseTrack.load(tmp_path / "set.npz")
    assert {loaded.model, *(frame.model for frame in loaded)} == {"lite"}
    assert seen("lite", "full").model == "lite", "by whose errors it is judged"
    assert seen("heavy", "full").model == seen("").model == ""
    unseen = PoseFrame.empty(9.0, squat().size)
    assert PoseTrack.of([replace(squat(), model="lite"), unseen]).model == "lite"


@pytest.mark.parametrize("told", [np.zeros(3), np.array(["lite"]), np.array("x" * 1000)])
def test_what_is_no_name_of_a_model_is_left_out(track: PoseTrack, tmp_path: Path, told: Any) -> None:
    track.save(tmp_path / "set.npz")
    with np.load(tmp_path / "set.npz") as kept:
        np.savez(tmp_path / "odd.npz", **{**kept, "model": told})
    assert PoseTrack.load(tmp_path / "odd.npz").model == ""


# --- saving and loading -----------------------------------------------------------------------------


@quick
@given(st.lists(landmarks, min_size=1, max_size=3), st.floats(0, 0.5))
def test_a_saved_track_is_loaded_as_it_was(tmp_path: Path, tables: list[Any], step: float) -> None:
    track = PoseTrack.of([frame_of(table, i * step) for i, table in enumerate(tables)])
    track.save(tmp_path / "set.npz")
    loaded = PoseTrack.load(tmp_path / "set.npz")
    for field in ("t", "xy", "visibility", "world"):
        np.testing.assert_array_equal(getattr(loaded, field), getattr(track, field))
        assert getattr(loaded, field).dtype == getattr(track, field).dtype
    assert loaded.size == track.size


def test_a_track_is_saved_into_an_open_file(track: PoseTrack, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    track.save(buffer)
    (tmp_path / "set.npz").write_bytes(buffer.getvalue())
    assert len(PoseTrack.load(str(tmp_path / "set.npz"))) == len(track)


def one_sentence(error: pytest.ExceptionInfo[TrackError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    assert re.search(r"[^.]\.$", message), message
    return message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrackError) as error:
        PoseTrack.load(tmp_path / "nothing.npz")
    assert "nothing.npz" in one_sentence(error)


def as_npy(file: Path) -> None:
    with file.open("wb") as out:
        np.save(out, np.zeros(3))


def as_half_a_track(file: Path) -> None:
    buffer = io.BytesIO()
    PoseTrack.of([squat()]).save(buffer)
    file.write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])


def as_pickle(file: Path) -> None:
    np.savez(file, t=np.array([{"a": 1}], object), xy=0, visibility=0, world=0, size=0)


@pytest.mark.parametrize(
    "write",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"this is no track"),
        lambda file: file.write_bytes(b"PK\x03\x04 neither is this"),
        lambda file: file.mkdir(),
        as_npy,
        as_half_a_track,
        as_pickle,
    ],
    ids=["empty", "text", "zip head", "folder", "npy", "half", "pickle"],
)
def test_a_damaged_file_gives_one_sentence(write: Any, tmp_path: Path) -> None:
    file = tmp_path / "set.npz"
    write(file)
    with pytest.raises(TrackError) as error:
        PoseTrack.load(file)
    assert "set.npz" in one_sentence(error)


def with_fields(file: Path, **changed: Any) -> None:
    track = PoseTrack.of([squat(t=0.0), squat(t=0.1)])
    fields: dict[str, Any] = {
        "t": track.t,
        "xy": track.xy,
        "visibility": track.visibility,
        "world": track.world,
        "size": np.array(track.size),
    }
    fields |= changed
    np.savez(file, **{key: value for key, value in fields.items() if value is not None})


@pytest.mark.parametrize(
    "changed",
    [
        {"xy": None},
        {"size": None},
        {"size": np.array([640])},
        {"size": np.array([640, 0])},
        {"size": np.array(["640", "480"])},
        {"size": np.array([np.nan, 480.0])},
        {"t": np.array(1.0)},
        {"t": np.zeros((2, 1))},
        {"t": np.zeros(3)},
        {"t": np.array([1.0, 0.5])},
        {"t": np.array([0.0, np.nan])},
        {"t": np.array(["0", "1"])},
        {"xy": np.zeros((2, 33, 3))},
        {"xy": np.full((2, 33, 2), "x")},
        {"visibility": np.zeros((2, 33), complex)},
    ],
    ids=str,
)
def test_a_track_with_a_wrong_field_gives_one_sentence(changed: dict[str, Any], tmp_path: Path) -> None:
    with_fields(tmp_path / "set.npz", **changed)
    with pytest.raises(TrackError) as error:
        PoseTrack.load(tmp_path / "set.npz")
    one_sentence(error)


def test_a_refused_track_is_named(tmp_path: Path) -> None:
    with_fields(tmp_path / "set.npz", t=np.array([1.0, 0.5]))
    with pytest.raises(TrackError, match=r"^'set\.npz': the track's times go backwards"):
        PoseTrack.load(tmp_path / "set.npz")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "set.npz")
    with pytest.raises(TrackError, match=r"'set\.npz' is not a file"):
        PoseTrack.load(tmp_path / "set.npz")


@pytest.mark.parametrize("field", ["xy", "visibility", "world"])
@pytest.mark.parametrize("number", [np.inf, -np.inf])
def test_an_infinite_joint_was_not_seen(track: PoseTrack, field: str, number: float, tmp_path: Path) -> None:
    array = getattr(track, field).copy()
    array[0, 5, ...] = number
    if field == "xy":
        array[0, 5, 1] = 7.0  # the whole joint is lost with one of its numbers
    replace(track, **{field: array}, light=np.full(len(track), number)).save(tmp_path / "set.npz")
    loaded = PoseTrack.load(tmp_path / "set.npz")
    assert np.isnan(loaded.light).all()
    for name in ("xy", "visibility", "world"):
        expected = getattr(track, name).copy()
        expected[0, 5] = np.nan
        np.testing.assert_array_equal(getattr(loaded, name), expected)
        assert getattr(loaded, name).dtype == getattr(track, name).dtype


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.longdouble])
def test_numbers_too_large_to_compute_with_were_not_seen(track: PoseTrack, kind: Any, tmp_path: Path) -> None:
    xy = track.xy.astype(kind)
    xy[0, 5, 0] = 1e300 if np.finfo(kind).bits > 32 else np.inf
    with_fields(
        tmp_path / "set.npz", **{name: getattr(track, name) for name in ("t", "visibility", "world")}, xy=xy
    )
    loaded = PoseTrack.load(tmp_path / "set.npz")
    assert np.isnan(loaded.xy[0, 5]).all() and np.isfinite(loaded.xy[1:]).all()


@quick
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_one_wrong_byte_anywhere_gives_a_track_or_one_sentence(
    tmp_path: Path, where: float, change: int
) -> None:
    buffer = io.BytesIO()
    PoseTrack.of([squat()]).save(buffer)
    data = bytearray(buffer.getvalue())
    data[int(where * len(data))] ^= change
    (tmp_path / "set.npz").write_bytes(data)
    try:
        PoseTrack.load(tmp_path / "set.npz")
    except TrackError as error:
        assert str(error)  # noqa: PT017


def test_light_is_kept_in_a_file_and_unknown_where_it_was_left_out(tmp_path: Path) -> None:
    dim = [replace(PoseFrame.empty(t, (64, 48)), light=light) for t, light in ((0.0, 0.1), (0.1, 0.5))]
    PoseTrack.of(dim).save(tmp_path / "dim.npz")
    loaded = PoseTrack.load(tmp_path / "dim.npz")
    assert [frame.light for frame in loaded] == pytest.approx([0.1, 0.5])
    without = PoseTrack(loaded.t, loaded.xy, loaded.visibility, loaded.world, loaded.size)
    assert np.isnan(without.light).all() and len(without.light) == 2
