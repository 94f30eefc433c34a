"""The stock that made-up records are composed of: movements of rendered people, as tracks and as the engine saw them.

`python -m sample_videos.stock` makes the two files in `movements`; this module reads them, and makes a movement smaller
or larger.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.judge import HeldPose, Judgement, NotJudged, Rep
from coach.pose import PoseFrame, PoseTrack

SIZES: Final = (0.84, 0.88, 0.92, 0.96, 1.0, 1.04)  # of a movement, 1 as it was rendered
PIXEL: Final = 8  # of a pixel a landmark is kept to an eighth,
METRE: Final = 1000  # of a metre to a millimetre,
SURE: Final = 200  # and of certainty to half a hundredth
NOTHING: Final = -32768  # stands for NaN

Shorts = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Piece:
    """One repetition or hold as the engine saw it: in which clip, at which size, mirrored or not."""

    clip: str
    size: float
    mirrored: bool
    part: Rep | HeldPose

    @property
    def faults(self) -> tuple[str, ...]:
        """The checks with a fault."""
        return tuple(name for name, v in self.part.verdicts.items() if v.verdict is Judgement.FAULT)


@dataclass(frozen=True, slots=True)
class Stock:
    """The pieces by exercise, the tracks by clip, and by exercise what no part tells: the view and what it hides."""

    pieces: Mapping[str, tuple[Piece, ...]]
    tracks: Mapping[str, PoseTrack]
    views: Mapping[str, str]
    hidden: Mapping[str, tuple[NotJudged, ...]]


# --- a smaller movement ---------------------------------------------------------------------------------


def resized(track: PoseTrack, size: float, rest: slice) -> PoseTrack:
    """The same movement, its way from rest made `size` times as long; `rest` are the frames of rest.

    Joints go on straight lines, so bones shorten by a little: fit for made-up records, not for measuring.
    """
    if size == 1:
        return track
    xy, world = (np.nanmedian(a[rest], axis=0, keepdims=True) for a in (track.xy, track.world))
    return replace(
        track,
        xy=(xy + size * (track.xy - xy)).astype(np.float32),
        world=(world + size * (track.world - world)).astype(np.float32),
    )


def before(track: PoseTrack, start_s: float) -> slice:
    """The frames before the first movement, at least one."""
    return slice(0, max(1, int(np.searchsorted(track.t, start_s))))


def part_of(track: PoseTrack, start_s: float, end_s: float) -> list[PoseFrame]:
    """The frames from one moment to another."""
    first, last = np.searchsorted(track.t, (start_s, end_s))
    return [track[i] for i in range(int(first), int(last))]


# --- the files ------------------------------------------------------------------------------------------


def packed(track: PoseTrack) -> dict[str, NDArray[Any]]:
    """A track in small whole numbers, as differences from frame to frame: a fifth of its size once compressed."""
    return {
        "t": np.round(track.t * METRE).astype(np.int32),
        "xy": _steps(track.xy, PIXEL),
        "world": _steps(track.world, METRE),
        "visibility": _steps(track.visibility, SURE),
        "size": np.array(track.size, np.int32),
    }


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> PoseTrack:
    """What `packed` took, to the precision that was kept."""
    width, height = (int(n) for n in arrays["size"])
    return PoseTrack(
        arrays["t"] / METRE,
        _values(arrays["xy"], PIXEL),
        _values(arrays["visibility"], SURE),
        _values(arrays["world"], METRE),
        (width, height),
    )


def _steps(values: NDArray[Any], unit: int) -> Shorts:
    whole = np.where(np.isfinite(values), np.round(values * unit), NOTHING).astype(np.int16)
    return np.diff(whole, axis=0, prepend=np.zeros_like(whole[:1]))  # wraps round, and back


def _values(steps: Shorts, unit: int) -> NDArray[np.float32]:
    whole = np.cumsum(steps, axis=0, dtype=np.int16)
    return np.where(whole == NOTHING, np.nan, whole / unit).astype(np.float32)


def write(stock: Stock, folder: Path) -> None:
    """Write the two files."""
    told = {
        exercise: {
            "view": stock.views[exercise],
            "hidden": [one.model_dump() for one in stock.hidden[exercise]],
            "pieces": [
                [piece.clip, piece.size, piece.mirrored, _told(piece.part)]
                for piece in stock.pieces[exercise]
            ],
        }
        for exercise in sorted(stock.pieces)
    }
    text = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    (folder / "stock.json").write_text(text + "\n", "utf-8")
    arrays: dict[str, Any] = {
        f"{clip}.{name}": a for clip, track in stock.tracks.items() for name, a in packed(track).items()
    }
    np.savez_compressed(folder / "stock.npz", **arrays)


def _told(part: Rep | HeldPose) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_defaults=True)


@cache
def load_stock() -> Stock:
    """The stock that came with this version."""
    place = files("coach.records").joinpath("movements")
    told = json.loads(place.joinpath("stock.json").read_text("utf-8"))
    with as_file(place.joinpath("stock.npz")) as path, np.load(path, allow_pickle=False) as data:
        clips = sorted({key.rsplit(".", 1)[0] for key in data})
        names = ("t", "xy", "world", "visibility", "size")
        tracks = {clip: unpacked({name: data[f"{clip}.{name}"] for name in names}) for clip in clips}
    return Stock(
        {exercise: tuple(_piece(*row) for row in one["pieces"]) for exercise, one in told.items()},
        tracks,
        {exercise: one["view"] for exercise, one in told.items()},
        {exercise: tuple(NotJudged(**row) for row in one["hidden"]) for exercise, one in told.items()},
    )


def _piece(clip: str, size: float, turned: bool, part: dict[str, Any]) -> Piece:
    kind = Rep if "peak_s" in part else HeldPose
    return Piece(clip, size, turned, kind.model_validate(part))
