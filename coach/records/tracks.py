"""Landmark tracks as Parquet: a piece a repetition, each complete on the disk or not there at all.

A row is a frame: t (float64, seconds), xy (33 x 2), visibility (33) and world (33 x 3) as float32 in the order of
coach.pose.landmarks, light; NaN is NaN.  The size of the picture stands in the file's metadata, and whether the
joints' centres were found (coach.pose.joints): not in files of before it was done.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from coach.errors import TrackError
from coach.pose import PoseTrack, seen_by
from coach.pose.landmarks import COUNT
from coach.records.problems import RecordsError, problem
from coach.records.shelves import to_disk
from coach.video import atomic_write

if TYPE_CHECKING:
    import pyarrow as pa

SHAPES: Final = {"xy": (COUNT, 2), "visibility": (COUNT,), "world": (COUNT, 3)}
SIZE: Final = b"size"
CENTRED: Final = b"centred"
MODEL: Final = b"model"
PIECE: Final = "[0-9]*.parquet"  # one that is being written begins with a dot


def add_piece(folder: Path, track: PoseTrack) -> None:
    """Write a piece after those there are; on the disk when it returns.  An empty one writes nothing."""
    if len(track) == 0:
        return
    last = max((int(path.stem) for path in folder.glob(PIECE)), default=0)
    write_track(folder / f"{last + 1:06d}.parquet", track)


def sets_with_pieces(folder: Path) -> frozenset[str]:
    """Of the folder of a person: the sets of which there are landmarks."""
    return frozenset(path.parent.name for path in folder.glob(f"*/{PIECE}"))


def read_pieces(folder: Path) -> PoseTrack | None:
    """All pieces as one track; None where there are none.  A frame that was written twice is taken once.

    Raises RecordsError where a piece cannot be read.
    """
    pieces = [read_track(path) for path in sorted(folder.glob(PIECE))]
    return _joined(pieces) if pieces else None


def read_whole_pieces(folder: Path) -> tuple[PoseTrack | None, tuple[str, ...]]:
    """The same of the pieces that can be read, and the names of those that cannot."""
    pieces, damaged = [], []
    for path in sorted(folder.glob(PIECE)):
        try:
            pieces.append(read_track(path))
        except RecordsError:
            damaged.append(path.name)
    return (_joined(pieces) if pieces else None), tuple(damaged)


def write_track(path: Path, track: PoseTrack) -> None:
    """One Parquet file.  Raises OutputError where it cannot be written."""
    import pyarrow.parquet as pq  # takes a while: only when it is needed

    with atomic_write(path) as temporary:
        pq.write_table(_table(track), temporary, compression="zstd")
        to_disk(temporary)
    to_disk(path.parent)


def read_track(path: Path) -> PoseTrack:
    """What `write_track` wrote.  Raises RecordsError with one sentence for anything else."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
        about = table.schema.metadata or {}
        size, centred = json.loads(about[SIZE]), bool(json.loads(about.get(CENTRED, b"false")))
        model = str(json.loads(about.get(MODEL, b'""')))
        columns = {name: _array(table, name, shape) for name, shape in SHAPES.items()}
        t, light = table["t"].to_numpy(), table["light"].to_numpy()
        return PoseTrack(t, **columns, size=tuple(size), light=light, centred=centred, model=model)
    except (pa.ArrowException, OSError, KeyError, ValueError, TrackError) as error:
        raise problem("track_broken") from error


def _table(track: PoseTrack) -> "pa.Table":
    import pyarrow as pa

    columns: dict[str, Any] = {"t": pa.array(np.asarray(track.t, np.float64))}
    for name, shape in SHAPES.items():
        flat = np.ascontiguousarray(getattr(track, name), np.float32).reshape(-1)
        columns[name] = pa.FixedSizeListArray.from_arrays(flat, type=list_of(int(np.prod(shape))))
    columns["light"] = pa.array(np.asarray(track.light))
    told = {SIZE: list(map(int, track.size)), CENTRED: track.centred, MODEL: track.model}
    about = {name: json.dumps(value) for name, value in told.items()}
    return pa.table(columns).replace_schema_metadata(about)


def list_of(n: int) -> "pa.DataType":
    """The type of a column with `n` numbers a frame."""
    import pyarrow as pa

    return pa.list_(pa.float32(), n)


def _array(table: "pa.Table", name: str, shape: tuple[int, ...]) -> Any:
    column = table[name].combine_chunks()
    if column.type != list_of(int(np.prod(shape))):
        raise ValueError(f"'{name}' is no list of float32")
    flat = column.flatten().to_numpy(zero_copy_only=False)
    return flat.reshape(len(table), *shape)


def _joined(pieces: list[PoseTrack]) -> PoseTrack:
    """One after the other; what a later piece tells again of an earlier time is left out."""
    ends = np.maximum.accumulate([-np.inf, *(piece.t[-1] for piece in pieces)])
    news = [piece.t > end for piece, end in zip(pieces, ends, strict=False)]

    def all_of(name: str) -> Any:
        return np.concatenate([getattr(piece, name)[new] for piece, new in zip(pieces, news, strict=True)])

    fields = {name: all_of(name) for name in ("t", *SHAPES, "light")}
    model = seen_by(piece.model for piece in pieces)
    return replace(pieces[-1], **fields, centred=all(piece.centred for piece in pieces), model=model)
