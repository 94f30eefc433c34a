"""What a camera saw of one person: a single frame, and the same with a leading time axis."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, Self

import numpy as np
from numpy.typing import NDArray

from coach.errors import TrackError
from coach.pose.landmarks import COUNT, MIRROR

Floats = NDArray[np.floating[Any]]
QUICKER: Final = "lite"  # the pose model that errs more than the others
LONGEST_NAME: Final = 20  # of a pose model, as it stands in a track

# What numpy and zipfile raise on bytes that are no archive of arrays: damaged, encrypted, or of another kind.
UNREADABLE: Final = (
    ValueError, TypeError, OSError, EOFError, MemoryError, RuntimeError,
    struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PoseFrame:
    """One person in one frame.

    t           seconds on the video's own clock
    xy          (33, 2) float32, pixels of the upright picture, x right, y down; NaN: not seen, or rejected
    visibility  (33,) float32, 0 to 1, the model's own belief; NaN where there is no pose
    world       (33, 3) float32, metres, origin between the hips, y down; NaN where there is no pose, and it may be of
                a joint without a place in the picture
    size        width and height of the picture in pixels
    light       brightness of the picture as it was taken (99th percentile, 0 to 1); NaN: unknown
    others      how many further people were seen when somebody last looked
    cut         the picture jumped: nothing before this frame continues in it
    doubt       why this body cannot be a real one ("" where nothing speaks against it)
    centred     hips, knees and ankles are the joints' centres, not what a model marks (coach.pose.joints)
    model       the pose model that saw it, by its name; "": not known
    """

    t: float
    xy: Floats
    visibility: Floats
    world: Floats
    size: tuple[int, int]
    light: float = float("nan")
    others: int = 0
    cut: bool = False
    doubt: str = ""
    centred: bool = False
    model: str = ""

    def __post_init__(self) -> None:
        if self.xy.shape != (COUNT, 2) or self.visibility.shape != (COUNT,) or self.world.shape != (COUNT, 3):
            raise ValueError(
                f"a pose has {COUNT} landmarks: xy {self.xy.shape}, "
                f"visibility {self.visibility.shape}, world {self.world.shape}"
            )

    @classmethod
    def empty(cls, t: float, size: tuple[int, int], light: float = float("nan")) -> Self:
        """A frame without a pose: everything NaN."""
        nan = np.full((COUNT, 6), np.nan, np.float32)
        return cls(t, nan[:, :2], nan[:, 2], nan[:, 3:], size, light)

    @property
    def found(self) -> bool:
        """Whether there is a pose at all."""
        first = self.visibility[0]  # asked often, and the first mostly tells
        return bool(first == first or np.isfinite(self.visibility).any())

    def with_xy(self, xy: Floats) -> "PoseFrame":
        """The same frame with other pixel positions."""
        return replace(self, xy=np.asarray(xy, np.float32))

    def without(self, landmarks: Sequence[int]) -> "PoseFrame":
        """The same without these landmarks: nobody knows where they are."""
        xy = self.xy.copy()
        xy[list(landmarks)] = np.nan
        return self.with_xy(xy)

    def mirrored(self) -> "PoseFrame":
        """The frame as a mirror shows it: x turned round, left and right swapped."""
        order = list(MIRROR)
        xy = self.xy[order].copy()
        xy[:, 0] = self.size[0] - xy[:, 0]
        return replace(
            self,
            xy=xy,
            visibility=self.visibility[order],
            world=self.world[order] * np.array([-1, 1, 1], np.float32),
        )

    def turned(self, quarters: Literal[1, 3]) -> "PoseFrame":
        """The frame as it is when the picture is turned anticlockwise by so many quarters."""
        width, height = self.size
        (x, y), (across, down, away) = self.xy.T, self.world.T
        if quarters == 1:
            xy, world = (y, width - x), (down, -across, away)
        else:
            xy, world = (height - y, x), (-down, across, away)
        return replace(self, xy=np.stack(xy, 1), world=np.stack(world, 1), size=(height, width))


@dataclass(frozen=True, slots=True)
class PoseTrack:
    """The poses of one person over time: as PoseFrame, with a leading axis T.

    t (T,), xy (T, 33, 2), visibility (T, 33), world (T, 33, 3), size (w, h), light (T,).  `t` never falls.
    centred: whether all frames with a pose are; model: the pose model by whose errors it is judged (`seen_by`).
    """

    t: Floats
    xy: Floats
    visibility: Floats
    world: Floats
    size: tuple[int, int]
    light: Floats = field(default_factory=lambda: np.zeros(0))  # left out: unknown, NaN for each frame
    centred: bool = False
    model: str = ""

    def __post_init__(self) -> None:
        if self.t.ndim != 1:
            raise TrackError("The track's times are not one number for each frame.")
        n = len(self.t)
        if len(self.light) == 0:
            object.__setattr__(self, "light", np.full(n, np.nan))
        shapes = {
            "light": (self.light, (n,)),
            "xy": (self.xy, (n, COUNT, 2)),
            "visibility": (self.visibility, (n, COUNT)),
            "world": (self.world, (n, COUNT, 3)),
        }
        for name, (array, shape) in shapes.items():
            if array.shape != shape:
                raise TrackError(f"The track's '{name}' has the shape {array.shape}; {shape} was expected.")
        if n and not np.isfinite(self.t).all():
            raise TrackError("The track has a frame without a time.")
        if n > 1 and (np.diff(self.t) < 0).any():
            raise TrackError("The track's times go backwards; they must rise from frame to frame.")

    def __len__(self) -> int:
        return len(self.t)

    def __iter__(self) -> Iterator[PoseFrame]:
        for i in range(len(self)):
            yield self[i]

    def __getitem__(self, i: int) -> PoseFrame:
        return PoseFrame(
            float(self.t[i]),
            self.xy[i],
            self.visibility[i],
            self.world[i],
            self.size,
            float(self.light[i]),
            centred=self.centred,
            model=self.model,
        )

    def between(self, start_s: float, end_s: float) -> "PoseTrack":
        """The frames from one time to another, both included."""
        kept = (self.t >= start_s) & (self.t <= end_s)
        return replace(
            self,
            t=self.t[kept],
            xy=self.xy[kept],
            visibility=self.visibility[kept],
            world=self.world[kept],
            light=self.light[kept],
        )

    def mirrored(self) -> "PoseTrack":
        """The track as a mirror shows it: of somebody who does the same with the other side."""
        return PoseTrack.of([frame.mirrored() for frame in self])

    @classmethod
    def of(cls, frames: list[PoseFrame]) -> Self:
        """Gather frames; an empty list gives an empty track of size (0, 0)."""
        if not frames:
            none = np.zeros((0, COUNT, 6), np.float32)
            return cls(np.zeros(0), none[..., :2], none[..., 2], none[..., 3:], (0, 0))
        return cls(
            np.array([f.t for f in frames], np.float64),
            np.stack([f.xy for f in frames]).astype(np.float32),
            np.stack([f.visibility for f in frames]).astype(np.float32),
            np.stack([f.world for f in frames]).astype(np.float32),
            frames[-1].size,
            np.array([f.light for f in frames]),
            all(f.centred for f in frames if f.found),
            seen_by({f.model for f in frames if f.found}),
        )

    def save(self, file: str | Path | BinaryIO) -> None:
        """Write as a compressed .npz with the fields' names as keys."""
        np.savez_compressed(
            file,
            t=self.t,
            xy=self.xy,
            visibility=self.visibility,
            world=self.world,
            size=np.array(self.size, np.int32),
            light=self.light.astype(np.float32),
            centred=np.array(self.centred),
            model=np.array(self.model),
        )

    @classmethod
    def load(cls, file: str | Path) -> Self:
        """Read what `save` wrote.  Raises TrackError with one clear sentence.

        Of a joint that lies infinitely far away, or is believed in without end, nothing was seen: all of it is NaN.
        What has the joints' places in the room (`xyz`) is a rendered film's truth, and so of the joints' centres.
        """
        path = Path(file)
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise TrackError(f"'{path.name}' is not a file; give a landmark track, saved as .npz.")
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as data:
                names = ["t", "xy", "visibility", "world", "size"]
                fields = {key: data[key] for key in names + ["light"] * ("light" in data)}
                centred = bool(data["centred"]) if "centred" in data else "xyz" in data
                model = _name(data["model"]) if "model" in data else ""
        except FileNotFoundError:
            raise TrackError(f"There is no file '{path}'.") from None
        except KeyError:
            raise TrackError(f"'{path.name}' is not a landmark track, as --track saves one.") from None
        except UNREADABLE:
            raise TrackError(f"'{path.name}' cannot be read as a landmark track.") from None
        size = fields.pop("size")
        if any(array.dtype.kind != "f" for array in fields.values()):
            raise TrackError(f"'{path.name}' is not a landmark track: not all of it is numbers.")
        if size.shape != (2,) or size.dtype.kind not in "iu" or min(size) <= 0:
            raise TrackError(f"'{path.name}' does not say how large its picture is.")
        try:
            track = cls(**fields, size=(int(size[0]), int(size[1])), centred=centred, model=model)
        except TrackError as error:
            said = str(error)
            raise TrackError(f"'{path.name}': {said[:1].lower()}{said[1:]}") from None
        return track._without_infinite()

    def _without_infinite(self) -> Self:
        """The same where every number is finite or NaN: a joint with an infinite one is not seen as a whole."""
        lost = _endless(self.xy).any(axis=-1) | _endless(self.visibility) | _endless(self.world).any(axis=-1)
        light = np.where(_endless(self.light), np.nan, self.light)
        if not lost.any():
            return replace(self, light=light)
        xy, visibility, world = self.xy.copy(), self.visibility.copy(), self.world.copy()
        xy[lost] = visibility[lost] = world[lost] = np.nan
        return replace(self, xy=xy, visibility=visibility, world=world, light=light)


def seen_by(models: Iterable[str]) -> str:
    """The model by whose errors a track is judged, of those that saw its frames; "": not known, or several alike.

    >>> seen_by(["full"]), seen_by(["full", "lite"]), seen_by(["full", "heavy"])
    ('full', 'lite', '')
    """
    known = set(models)
    if QUICKER in known:
        return QUICKER
    return known.pop() if len(known) == 1 else ""


def _name(told: NDArray[Any]) -> str:
    """A name that stands in a track; what is none is left out."""
    return str(told) if told.ndim == 0 and told.dtype.kind == "U" and len(str(told)) <= LONGEST_NAME else ""


def _endless(numbers: Floats) -> NDArray[np.bool_]:
    """Which of them are infinite, or would be among the 32-bit numbers with which landmarks are computed."""
    endless: NDArray[np.bool_] = np.abs(numbers) > np.finfo(np.float32).max
    return endless
