"""Landmark tracks as Parquet: lossless, piece by piece."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from coach.care.types import Consent
from coach.errors import OutputError
from coach.pose import PoseTrack
from coach.records import OWNER, Records, RecordsError
from coach.records.tracks import add_piece, read_pieces, read_track, write_track
from tests.records.made import START, kept_set, track


def assert_same(one: PoseTrack | None, other: PoseTrack) -> None:
    assert one is not None and one.size == other.size
    for name in ("t", "xy", "visibility", "world", "light"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert one.xy.dtype == one.visibility.dtype == one.world.dtype == np.float32


def floats(*shape: int) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(np.float32, shape, elements=st.floats(width=32))


@settings(max_examples=20)
@given(st.data(), st.integers(1, 3), st.tuples(st.integers(1, 8000), st.integers(1, 8000)))
def test_what_is_written_is_read(
    tmp_path_factory, data: st.DataObject, n: int, size: tuple[int, int]
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.getbasetemp() / "drawn.parquet"
    t = np.sort(data.draw(hnp.arrays(np.float64, n, elements=st.floats(0, 1e6))))
    xy, world = data.draw(floats(n, 33, 2)), data.draw(floats(n, 33, 3))
    made = PoseTrack(t, xy, data.draw(floats(n, 33)), world, size, data.draw(floats(n)))
    write_track(path, made)
    assert_same(read_track(path), made)


def test_any_reader_of_parquet_can_read_it(tmp_path: Path) -> None:
    made = track(12)
    write_track(tmp_path / "track.parquet", made)
    table = pq.read_table(tmp_path / "track.parquet")
    assert table.column_names == ["t", "xy", "visibility", "world", "light"]
    assert [len(row) for row in (table["xy"][0], table["visibility"][0], table["world"][0])] == [66, 33, 99]
    np.testing.assert_array_equal(np.array(table["world"][3].as_py(), np.float32), made.world[3].ravel())


def test_pieces_make_one_track(tmp_path: Path) -> None:
    pieces = [track(10, 0.0, 1), track(10, 1.0, 2), track(0), track(10, 2.0, 3)]
    for piece in pieces:
        add_piece(tmp_path, piece)
    found = read_pieces(tmp_path)
    assert found is not None and len(found) == 30
    for n, piece in enumerate([pieces[0], pieces[1], pieces[3]]):
        np.testing.assert_array_equal(found.xy[10 * n : 10 * n + 10], piece.xy)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"00000{n}.parquet" for n in (1, 2, 3)]


def test_the_model_that_saw_them_stays_known(tmp_path: Path) -> None:
    add_piece(tmp_path, replace(track(10, 0.0, 1), model="full"))
    add_piece(tmp_path, replace(track(10, 1.0, 2), model="lite"))
    assert read_track(tmp_path / "000001.parquet").model == "full"
    found = read_pieces(tmp_path)
    assert found is not None and found.model == "lite"


def test_what_is_told_twice_is_taken_once(tmp_path: Path) -> None:
    first, again = track(30, 0.0, 1), track(30, 0.5, 2)
    add_piece(tmp_path, first)
    add_piece(tmp_path, again)
    add_piece(tmp_path, first)
    found = read_pieces(tmp_path)
    assert found is not None and len(found) == 45 and (np.diff(found.t) > 0).all()
    np.testing.assert_array_equal(found.xy[:30], first.xy)


def test_no_track_is_none(tmp_path: Path) -> None:
    assert read_pieces(tmp_path) is None
    assert read_pieces(tmp_path / "no such") is None


def test_what_is_half_written_is_not_seen(tmp_path: Path) -> None:
    add_piece(tmp_path, track(5))
    (tmp_path / ".0123456789abcdef.parquet").write_bytes(b"PAR1 and no more")
    found = read_pieces(tmp_path)
    assert found is not None and len(found) == 5


@pytest.mark.parametrize("bytes_", [b"", b"PAR1", b"no parquet at all" * 100])
def test_a_damaged_piece_is_told(tmp_path: Path, bytes_: bytes) -> None:
    (tmp_path / "000001.parquet").write_bytes(bytes_)
    with pytest.raises(RecordsError, match="damaged"):
        read_pieces(tmp_path)


def test_a_table_of_something_else_is_told(tmp_path: Path) -> None:
    for table in (
        pa.table({"t": [1.0]}),
        pa.table({"t": ["a"], "xy": [1]}).replace_schema_metadata({"size": "[1]"}),
    ):
        pq.write_table(table, tmp_path / "000001.parquet")
        with pytest.raises(RecordsError, match="damaged"):
            read_pieces(tmp_path)


def test_a_set_keeps_its_track(records: Records) -> None:
    desk = records.desk(OWNER)
    set_id = kept_set(desk, desk.me())
    assert desk.track(set_id) is None
    desk.keep_track(set_id, track(10))
    desk.keep_track(set_id, track(10, 1.0))
    found = desk.track(set_id)
    assert found is not None and len(found) == 20


def test_who_refuses_has_no_tracks_kept(records: Records) -> None:
    desk = records.desk(OWNER)
    me = desk.me()
    set_id = kept_set(desk, me)
    desk.save_consent(Consent(me.id, "tracks", False, START))
    desk.keep_track(set_id, track(10))
    assert desk.track(set_id) is None
    desk.save_consent(Consent(me.id, "tracks", True, START))
    desk.keep_track(set_id, track(10))
    assert desk.track(set_id) is not None


def test_a_folder_that_cannot_be_written_is_told(records: Records) -> None:
    desk = records.desk(OWNER)
    set_id = kept_set(desk, desk.me())
    records.folder.mkdir(parents=True)
    (records.folder / "people").write_text("in the way")
    with pytest.raises((OutputError, RecordsError)):
        desk.keep_track(set_id, track(3))
